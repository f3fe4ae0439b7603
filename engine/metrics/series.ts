import type { SeriesKey, SeriesWindow } from '../model/metrics.ts';
import type { Sample } from '../model/sample.ts';
import type { TrendName } from '../model/threshold.ts';
import { FailureCounts, failureText } from './failures.ts';
import { Histogram } from './histogram.ts';
import { trendMs } from './trend-ms.ts';

const distinctFailures = 50;

/** What samples of one key did since the last window. */
export class Series {
  readonly #key: SeriesKey;
  readonly #trends: readonly TrendName[];
  readonly #histograms: readonly Histogram[];
  readonly #failures = new FailureCounts(distinctFailures);
  #count = 0;
  #errors = 0;
  #bytesReceived = 0;
  #bytesSent = 0;

  constructor(key: SeriesKey, trends: readonly TrendName[]) {
    this.#key = key;
    this.#trends = trends;
    this.#histograms = trends.map(() => new Histogram());
  }

  record(sample: Sample): void {
    this.#count++;
    this.#bytesReceived += sample.bytesReceived;
    this.#bytesSent += sample.bytesSent;
    if (!sample.ok) {
      this.#errors++;
      // Of transactions only what is not told by a sample in them, such as a wait that was given up.
      if (sample.kind !== 'transaction' || sample.failure !== '') this.#failures.add(failureText(sample), 1);
    }
    for (let i = 0; i < this.#trends.length; i++) {
      this.#histograms[i]?.record(trendMs(this.#trends[i] ?? 'elapsed', sample));
    }
  }

  /** Null when nothing was recorded. Starts the next window. */
  take(): SeriesWindow | null {
    if (this.#count === 0) return null;
    const window: SeriesWindow = {
      ...this.#key,
      count: this.#count,
      errors: this.#errors,
      bytesReceived: this.#bytesReceived,
      bytesSent: this.#bytesSent,
      trends: Object.fromEntries(this.#trends.map((name, i) => [name, this.#histograms[i]?.take()])),
      failures: this.#failures.toRecord(),
    };
    this.#failures.clear();
    this.#count = 0;
    this.#errors = 0;
    this.#bytesReceived = 0;
    this.#bytesSent = 0;
    return window;
  }
}
