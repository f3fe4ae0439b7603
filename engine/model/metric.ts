/**
 * What a plan measures besides samples: declared before the run, with a type and a unit.
 *
 * `counter`: values add up. `gauge`: the last value counts, the least and the greatest are kept. `rate`: the share
 * of values that are true. `trend`: a distribution of values.
 */
export interface Metric {
  readonly name: string;
  readonly type: MetricType;
  /** `ms`, `bytes`, `records`; empty without one. */
  readonly unit: string;
  readonly description: string;
  /** Its sums stand in a table of their own, by label and in total, under this heading. */
  readonly summed?: string;
  /** What to write to know the values that nobody knows because they were not asked for. */
  readonly toKnow?: string;
  /** Of a sampler: only steps with this option measure it. */
  readonly needs?: string;
}

/**
 * Adds a value to a metric, under the tags of its place; null: there is one, and nobody knows it. `failure` is why a check failed. Gives null, or what is
 * wrong with the value: it is then not recorded.
 */
export type RecordMetric = (
  name: string,
  value: string | number | boolean | null,
  tags: Readonly<Record<string, string>>,
  failure?: string,
) => string | null;

export const metricTypes = ['counter', 'gauge', 'rate', 'trend'] as const;
export type MetricType = (typeof metricTypes)[number];

/** Every result of a check is a value of this metric, with the tag `check`. */
export const checksMetric: Metric = {
  name: 'checks',
  type: 'rate',
  unit: '',
  description: 'Share of the checks that held.',
};

/** The greatest value of a trend: as many thousandths as a number can count. */
const trendMost = 9e12;

const numberPattern = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The value that is recorded for what a plan or a sampler gives; or, as a sentence, what is wrong with it. */
export function metricValue({ type }: Metric, given: string | number | boolean): number | string {
  const found = typeof given === 'string' ? JSON.stringify(given.slice(0, 60)) : String(given);
  if (type === 'rate') return rateValue(given) ?? `a rate takes 0, 1, true or false, found ${found}`;
  const value = numberOf(given);
  if (value === null) return `a ${type} takes a number, found ${found}`;
  if (type === 'gauge' || (value >= 0 && value <= trendMost)) return value;
  if (type === 'trend') return `a trend takes numbers from 0 to ${trendMost}, found ${found}`;
  return value < 0 ? `a counter only rises: it takes numbers from 0, found ${found}` : value;
}

function rateValue(given: string | number | boolean): 0 | 1 | null {
  const text = String(given).trim();
  if (text === 'true' || text === '1') return 1;
  return text === 'false' || text === '0' ? 0 : null;
}

function numberOf(given: string | number | boolean): number | null {
  if (typeof given === 'boolean') return null;
  const value =
    typeof given === 'number' ? given : numberPattern.test(given.trim()) ? Number(given) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}
