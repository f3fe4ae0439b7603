import type { SeriesKey, SeriesWindow } from '../model/metrics.ts';
import type { Sample } from '../model/sample.ts';
import { readTransactionMessage } from '../model/transaction-message.ts';
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
  #startEpochMs = Infinity;
  #endEpochMs = 0;
  readonly #groups = new Set<string>();
  /** The group that took the last one: most series know no other. */
  #group = '';
  #bytesReceived = 0;
  #bytesSent = 0;

  constructor(key: SeriesKey, trends: readonly TrendName[]) {
    this.#key = key;
    this.#trends = trends;
    this.#histograms = trends.map(() => new Histogram());
  }

  record(sample: Sample, group: string): void {
    this.#count++;
    if (group !== this.#group) this.#groups.add((this.#group = group));
    const startEpochMs = Math.floor(sample.startEpochMs);
    const endEpochMs = startEpochMs + Math.round(sample.elapsedMs + sample.idleMs);
    if (startEpochMs < this.#startEpochMs) this.#startEpochMs = startEpochMs;
    if (endEpochMs > this.#endEpochMs) this.#endEpochMs = endEpochMs;
    this.#bytesReceived += sample.bytesReceived;
    this.#bytesSent += sample.bytesSent;
    if (!sample.ok) {
      this.#errors++;
      // Of transactions only what is not told by a sample in them, such as a wait that was given up.
      if (sample.failure !== '' || !isTransaction(sample)) this.#failures.add(failureText(sample), 1);
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
      startEpochMs: this.#startEpochMs,
      endEpochMs: this.#endEpochMs,
      groups: [...this.#groups],
      bytesReceived: this.#bytesReceived,
      bytesSent: this.#bytesSent,
      trends: Object.fromEntries(this.#trends.map((name, i) => [name, this.#histograms[i]?.take()])),
      failures: this.#failures.toRecord(),
    };
    this.#failures.clear();
    this.#groups.clear();
    this.#group = '';
    this.#count = 0;
    this.#errors = 0;
    this.#startEpochMs = Infinity;
    this.#endEpochMs = 0;
    this.#bytesReceived = 0;
    this.#bytesSent = 0;
    return window;
  }
}

function isTransaction({ kind, message }: Sample): boolean {
  return kind !== 'sample' && readTransactionMessage(message) !== null;
}
