import type { AxisValue } from './axis.ts';
import type { Position } from './errors.ts';
import type { Metric } from './metric.ts';

/** A rule on a metric, parsed: `p95(elapsed){endpoint=issues} < 500ms`. Plain data. */
export interface Threshold {
  /** As the author wrote it. */
  readonly text: string;
  readonly at: Position;
  readonly aggregation: Aggregation;
  /** The trend; null for `rate`, `count` and `error_rate`, which speak of samples, and for custom metrics. */
  readonly trend: TrendName | null;
  /** The custom metric that it speaks of. */
  readonly metric?: Pick<Metric, 'name' | 'type' | 'unit' | 'needs'>;
  readonly selector: Selector;
  /** What is made of the measure before it is compared; absent: nothing. */
  readonly relation?: Relation;
  readonly operator: '<' | '<=' | '>' | '>=' | '==' | '!=';
  /** In the unit of the measure: milliseconds, a ratio from 0 to 1, samples per second, the metric's unit, or a number. */
  readonly limit: number;
}

export type Relation =
  /** The measure, divided by that of other samples. */
  | { readonly kind: 'ratio'; readonly to: Selector }
  /** The ratio to other samples in the same round of a matrix, cells otherwise equal: its geometric mean. */
  | { readonly kind: 'paired'; readonly to: Selector }
  /** How the measure per unit grows along an axis: the greatest ratio of a larger value's to a smaller one's. */
  | { readonly kind: 'scalability'; readonly axis: string; readonly values: readonly AxisValue[] };

export type Aggregation =
  | {
      readonly kind:
        'avg' | 'min' | 'max' | 'med' | 'sum' | 'count' | 'rate' | 'error_rate' | 'value' | 'ratio';
    }
  | { readonly kind: 'percentile'; readonly percent: number };

/** `name` is the label; any other key is a tag. All must match exactly. */
export type Selector = Readonly<Record<string, string>>;

/** Durations measured of a sample. `response` runs from due, `elapsed` from start; `lateness` is their difference. */
export const trendNames = ['elapsed', 'latency', 'connect', 'response', 'lateness'] as const;
export type TrendName = (typeof trendNames)[number];

/** What the samples of a step will be known by: what a selector may match. */
export interface SeriesCarrier {
  /** Null: made at run time, may be anything. */
  readonly label: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Left out: a sample. Transactions answer only to selectors with `name`. */
  readonly kind?: 'sample' | 'transaction';
  /** The transaction with `parent` whose part it is: its own samples are not counted. Null: one named at run time. */
  readonly partOf?: string | null;
  /** Stands in a matrix whose rounds go through all cells: what is in one round can be paired. */
  readonly inRounds?: true;
  /** True where nothing is measured: in clean-up, in the plan's set-up and tear-down, and in those of users. */
  readonly aside?: true;
}

/** A place that records into a metric, and the tags its values have. */
export interface MetricCarrier {
  readonly metric: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Of what samplers measure, the label of their samples, which selectors call `name`. Null: made at run time. */
  readonly label?: string | null;
  /** True where nothing is measured: in clean-up, and in what users do before and after the load. */
  readonly aside?: boolean;
}

export interface ThresholdVerdict {
  readonly text: string;
  readonly passed: boolean;
  /** Null: no data. */
  readonly value: number | null;
  readonly limit: number;
  readonly unit: 'ms' | 'ratio' | 'factor' | 'per second' | 'count' | 'number';
  /** What a custom metric counts, such as `records`. */
  readonly of?: string;
  /** Distance to the limit as a ratio of it; positive is room, negative is excess. Null without data or with a limit of 0. */
  readonly margin: number | null;
  /** What the value was made of, for people: `small 12 ms, large 1.4 s, …`. Left out where the value says all. */
  readonly detail?: string;
  /** Pairs: where the ratio lies with 95 % confidence. */
  readonly interval?: readonly [low: number, high: number];
  /** Pairs: neither kept nor broken with that confidence. It counts as failed. */
  readonly notProven?: true;
}
