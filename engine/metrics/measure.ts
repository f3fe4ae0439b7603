import type { Metric, MetricType } from '../model/metric.ts';
import {
  trendNames,
  type Aggregation,
  type Threshold,
  type ThresholdVerdict,
  type TrendName,
} from '../model/threshold.ts';

export type Unit = ThresholdVerdict['unit'];

/** What a threshold measures: samples, one of their times, or a custom metric. */
export interface Measure {
  readonly aggregation: Aggregation;
  readonly trend: TrendName | null;
  readonly metric?: MeasuredMetric;
}

export type MeasuredMetric = Pick<Metric, 'name' | 'type' | 'unit' | 'needs'>;

/** The aggregations of each type of metric, `p95` for any percentile. `count` of a counter is its `sum`. */
export const aggregationsOf: Readonly<Record<MetricType, readonly string[]>> = {
  trend: ['avg', 'min', 'max', 'med', 'p95', 'sum'],
  counter: ['count', 'sum', 'rate'],
  gauge: ['value', 'min', 'max'],
  rate: ['ratio'],
};

/** How the aggregation is called in `aggregationsOf`. */
export function aggregationWord({ kind }: Aggregation): string {
  return kind === 'percentile' ? 'p95' : kind;
}

/** The times of samples, as metrics. */
export const timesOfSamples: readonly MeasuredMetric[] = trendNames.map((name) => ({
  name,
  type: 'trend',
  unit: 'ms',
}));

/** The unit in which a measure's value and limit are compared. */
export function unitOf({ relation, ...measure }: MeasuredThing): Unit {
  if (relation) return relation.kind === 'scalability' ? 'factor' : 'ratio';
  return unitOfMeasure(measure);
}

type MeasuredThing = Pick<Measure, 'aggregation' | 'metric'> & Pick<Threshold, 'relation'>;

/** The unit of the measure itself. */
export function unitOfMeasure({
  aggregation: { kind },
  metric,
}: Pick<Measure, 'aggregation' | 'metric'>): Exclude<Unit, 'factor'> {
  if (kind === 'rate') return 'per second';
  if (kind === 'error_rate' || kind === 'ratio') return 'ratio';
  if (kind === 'count') return metric ? 'number' : 'count';
  if (metric?.unit === 'ratio') return 'ratio';
  return metric === undefined || metric.unit === 'ms' ? 'ms' : 'number';
}
