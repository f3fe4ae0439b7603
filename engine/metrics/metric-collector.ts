import { metricValue, type Metric } from '../model/metric.ts';
import type { MetricWindow } from '../model/metrics.ts';
import { MetricTally, type Recorded } from './metric-tally.ts';
import { metricKeyText } from './series-key.ts';

type Tags = MetricWindow['tags'];

const besideTheLoad: Recorded = { group: '' };

interface MetricSeries {
  readonly key: { readonly metric: string; readonly tags: Tags };
  readonly tally: MetricTally;
}

/**
 * Counts what is recorded into custom metrics, by metric and tags; one per worker.
 *
 * All values of a place share one tags object, so that `record` builds no text. The places of a plan are known
 * before the run, and so is the number of series.
 */
export class MetricCollector {
  readonly #metrics: ReadonlyMap<
    string,
    { readonly metric: Metric; readonly byTags: WeakMap<Tags, MetricTally> }
  >;
  readonly #series = new Map<string, MetricSeries>();

  constructor(metrics: readonly Metric[]) {
    this.#metrics = new Map(metrics.map((metric) => [metric.name, { metric, byTags: new WeakMap() }]));
  }

  /** Null given: there is a value, and nobody knows it. Gives null, or what is wrong with the value: it is then not recorded. */
  record(
    name: string,
    given: string | number | boolean | null,
    tags: Tags,
    atEpochMs: number,
    recorded: Recorded = besideTheLoad,
  ): string | null {
    const known = this.#metrics.get(name);
    if (!known) return 'no such metric is declared';
    const value = given === null ? null : metricValue(known.metric, given);
    if (typeof value === 'string') return value;
    const tally = known.byTags.get(tags) ?? this.#find(known, tags);
    if (value === null) tally.recordUnknown(recorded);
    else tally.record(value, atEpochMs, recorded);
    return null;
  }

  /** What was recorded since the last call. */
  window(): MetricWindow[] {
    return [...this.#series.values()].flatMap(({ key, tally }) => tally.take(key) ?? []);
  }

  #find(
    { metric, byTags }: { readonly metric: Metric; readonly byTags: WeakMap<Tags, MetricTally> },
    tags: Tags,
  ): MetricTally {
    const key = { metric: metric.name, tags };
    const text = metricKeyText(key);
    let series = this.#series.get(text);
    if (!series) this.#series.set(text, (series = { key, tally: new MetricTally(metric.type) }));
    byTags.set(tags, series.tally);
    return series.tally;
  }
}
