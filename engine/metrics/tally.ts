import type { SeriesKey, SeriesWindow } from '../model/metrics.ts';
import { trendNames, type TrendName } from '../model/threshold.ts';
import { FailureCounts } from './failures.ts';
import { Histogram } from './histogram.ts';

const distinctFailures = 1000;

/** The sum of any number of series windows. */
export class Tally {
  count = 0;
  errors = 0;
  /** When the first sample started and the last one ended, in whole milliseconds. */
  startEpochMs = Infinity;
  endEpochMs = 0;
  /** The thread groups that took part. */
  readonly groups = new Set<string>();
  bytesReceived = 0;
  bytesSent = 0;
  readonly #trends = new Map<TrendName, Histogram>();
  readonly #failures = new FailureCounts(distinctFailures);

  add(window: SeriesWindow): void {
    this.count += window.count;
    this.errors += window.errors;
    this.startEpochMs = Math.min(this.startEpochMs, window.startEpochMs);
    this.endEpochMs = Math.max(this.endEpochMs, window.endEpochMs);
    for (const group of window.groups) this.groups.add(group);
    this.bytesReceived += window.bytesReceived;
    this.bytesSent += window.bytesSent;
    for (const name of trendNames) {
      const trend = window.trends[name];
      if (trend) this.#histogram(name).add(trend);
    }
    for (const [text, count] of Object.entries(window.failures)) this.#failures.add(text, count);
  }

  /** Empty when the trend was not recorded. */
  trend(name: TrendName): Histogram {
    return this.#trends.get(name) ?? new Histogram();
  }

  failures(): Readonly<Record<string, number>> {
    return this.#failures.toRecord();
  }

  toWindow(key: SeriesKey): SeriesWindow {
    return {
      label: key.label,
      tags: key.tags,
      kind: key.kind,
      count: this.count,
      errors: this.errors,
      startEpochMs: this.startEpochMs,
      endEpochMs: this.endEpochMs,
      groups: [...this.groups],
      bytesReceived: this.bytesReceived,
      bytesSent: this.bytesSent,
      trends: Object.fromEntries([...this.#trends].map(([name, histogram]) => [name, histogram.toWindow()])),
      failures: this.failures(),
    };
  }

  #histogram(name: TrendName): Histogram {
    let histogram = this.#trends.get(name);
    if (!histogram) {
      histogram = new Histogram();
      this.#trends.set(name, histogram);
    }
    return histogram;
  }
}
