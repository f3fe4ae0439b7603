import type { MetricType } from '../model/metric.ts';
import type { MetricWindow } from '../model/metrics.ts';
import { FailureCounts, shortFailure } from './failures.ts';
import { Histogram } from './histogram.ts';

const distinctFailures = 50;

/** Values of a trend may be bytes as well as milliseconds: 2^53 thousandths, nearly. */
const trendMost = 9e12;

/** What is known of a value besides. */
export interface Recorded {
  readonly group: string;
  readonly failure?: string | undefined;
}

/** The values of one custom metric. Adding what others took equals having recorded all of it here. */
export class MetricTally {
  count = 0;
  /** Values that are there and were not told. */
  unknown = 0;
  sum = 0;
  /** 0 without values, as are `max` and `last`. */
  min = 0;
  max = 0;
  last = 0;
  lastEpochMs = 0;
  /** The thread groups that took part. */
  readonly groups = new Set<string>();
  /** Trends only. */
  readonly distribution: Histogram | null;
  readonly #failures = new FailureCounts(distinctFailures);

  constructor(type: MetricType) {
    this.distribution = type === 'trend' ? new Histogram(trendMost) : null;
  }

  recordUnknown({ group }: Recorded): void {
    if (group !== '') this.groups.add(group);
    this.unknown += 1;
  }

  /** `group` is the thread group whose user recorded it, empty beside the load; `failure` says why a check failed. */
  record(value: number, atEpochMs: number, { group, failure }: Recorded): void {
    if (group !== '') this.groups.add(group);
    this.#merge({ count: 1, sum: value, min: value, max: value, last: value, lastEpochMs: atEpochMs });
    this.distribution?.record(value);
    if (failure !== undefined) this.#failures.add(shortFailure(failure), 1);
  }

  add(window: Omit<MetricWindow, 'metric' | 'tags'>): void {
    const { count, unknown = 0 } = window;
    if (count + unknown === 0) return;
    this.unknown += unknown;
    if (count > 0) this.#merge(window);
    for (const group of window.groups) this.groups.add(group);
    if (window.distribution) this.distribution?.add(window.distribution);
    for (const [text, count] of Object.entries(window.failures)) this.#failures.add(text, count);
  }

  toWindow(key: Pick<MetricWindow, 'metric' | 'tags'>): MetricWindow {
    const { count, unknown, sum, min, max, last, lastEpochMs } = this;
    const { metric, tags } = key;
    const distribution = this.distribution?.toWindow() ?? null;
    const failures = this.#failures.toRecord();
    const groups = [...this.groups];
    const values = { count, ...(unknown > 0 ? { unknown } : {}), sum, min, max, last, lastEpochMs };
    return { metric, tags, ...values, groups, distribution, failures };
  }

  /** What was recorded since the last `take`; null when nothing was. */
  take(key: Pick<MetricWindow, 'metric' | 'tags'>): MetricWindow | null {
    if (this.count + this.unknown === 0) return null;
    const window = this.toWindow(key);
    this.distribution?.take();
    this.#failures.clear();
    this.groups.clear();
    this.count = 0;
    this.unknown = 0;
    this.sum = 0;
    this.lastEpochMs = 0;
    return window;
  }

  /** Of a trend; null without values. To a thousandth of the unit, and never beyond the least and the greatest value. */
  percentile(percent: number): number | null {
    if (this.count === 0 || this.distribution === null) return null;
    return Math.min(this.max, Math.max(this.min, this.distribution.percentile(percent)));
  }

  failures(): Readonly<Record<string, number>> {
    return this.#failures.toRecord();
  }

  #merge(more: Pick<MetricWindow, 'count' | 'sum' | 'min' | 'max' | 'last' | 'lastEpochMs'>): void {
    const isFirst = this.count === 0;
    this.min = isFirst ? more.min : Math.min(this.min, more.min);
    this.max = isFirst ? more.max : Math.max(this.max, more.max);
    this.count += more.count;
    this.sum += more.sum;
    if (isFirst || more.lastEpochMs >= this.lastEpochMs) {
      this.last = more.last;
      this.lastEpochMs = more.lastEpochMs;
    }
  }
}
