import type { Selector, Threshold, ThresholdVerdict } from '../model/threshold.ts';
import { compare, room } from './compare.ts';
import { unitOf, unitOfMeasure } from './measure.ts';
import { loadMs, type LoadSpans } from './load-spans.ts';
import type { MetricTally } from './metric-tally.ts';
import type { MetricKey } from './metric-totals.ts';
import { pairedRatio } from './paired-ratio.ts';
import { ratioOf, scalability } from './scalability.ts';
import { selects } from './selector.ts';
import type { Tally } from './tally.ts';
import type { Totals } from './totals.ts';

/**
 * Judges a threshold over the whole run. Without data it fails: silence is no proof. A sum has data where nothing happened: it is 0.
 *
 * `rate` without a selector divides by the time of the whole load; of what is selected, and of a metric, by the time of the
 * thread groups that took part.
 */
export function evaluateThreshold(threshold: Threshold, totals: Totals, spans: LoadSpans): ThresholdVerdict {
  const { value, ...found } = evaluated(threshold, totals, spans);
  const { text, limit, metric, relation } = threshold;
  // Of an interval, the end that comes nearer to the limit is what must keep it.
  const judged = found.judged === undefined ? value : found.judged;
  return {
    text,
    passed: judged !== null && compare(judged, threshold),
    value,
    limit,
    unit: unitOf(threshold),
    ...(metric?.unit && !relation ? { of: metric.unit } : {}),
    margin: judged === null || limit === 0 ? null : room(judged, threshold) / limit,
    ...found.more,
  };
}

interface Evaluated {
  readonly value: number | null;
  /** What is compared in place of the value. */
  readonly judged?: number | null;
  readonly more?: Pick<ThresholdVerdict, 'detail' | 'interval' | 'notProven'>;
}

function evaluated(threshold: Threshold, totals: Totals, spans: LoadSpans): Evaluated {
  const { relation, selector, text } = threshold;
  const measureOf = (chosen: Selector) => measureSelected(threshold, chosen, totals, spans);
  switch (relation?.kind) {
    case undefined:
      return complete({ value: measureOf(selector) }, threshold, totals);
    case 'ratio':
      return complete(ratioOf(measureOf(selector), measureOf(relation.to)), threshold, totals);
    case 'paired':
      return pairedRatio(totals.pairs.of(text), threshold);
    case 'scalability': {
      const unit = unitOfMeasure(threshold) === 'ms' ? ' ms' : ` ${threshold.metric?.unit ?? ''}`.trimEnd();
      const measured = relation.values.map((value) => ({
        ...value,
        measured: measureOf({ ...selector, [relation.axis]: value.name }),
      }));
      return scalability(measured, unit);
    }
  }
}

/** What unknown values can only raise. */
const rising: ReadonlySet<string> = new Set(['sum', 'max']);

/**
 * A sum, and the greatest value, are the least that they can be when values are unknown: with them they may only rise. A limit
 * that is broken already is broken, one that is kept is not proven to be kept. What is made of two of them is not proven
 * either way. Of other aggregations it is said that they are of the known values.
 */
function complete(found: Evaluated, threshold: Threshold, totals: Totals): Evaluated {
  const unknown = unknownValues(threshold, totals);
  if (unknown === 0) return found;
  const notKnown = `${unknown === 1 ? '1 value is' : `${unknown} values are`} not known`;
  if (!rising.has(threshold.aggregation.kind))
    return { ...found, more: { ...found.more, detail: `of the known values: ${notKnown}` } };
  const isSettled =
    threshold.relation === undefined &&
    found.value !== null &&
    (threshold.operator.startsWith('<')
      ? !compare(found.value, threshold)
      : threshold.operator.startsWith('>') && compare(found.value, threshold));
  const detail = `the least that it can be: ${notKnown}`;
  if (isSettled) return { ...found, more: { detail } };
  return { ...found, judged: null, more: { detail, notProven: true } };
}

/** Values of a metric that nobody knows. */
function unknownValues({ metric, selector, relation }: Threshold, totals: Totals): number {
  if (metric === undefined) return 0;
  const sides = [selector, ...(relation?.kind === 'ratio' ? [relation.to] : [])];
  const isMeant = (key: MetricKey) =>
    key.metric === metric.name && sides.some((side) => hasTags(key.tags, side));
  return totals.metrics.sum(metric.type, isMeant).unknown;
}

function measureSelected(
  { aggregation, trend, metric }: Threshold,
  selector: Selector,
  totals: Totals,
  spans: LoadSpans,
): number | null {
  if (metric) {
    const isMeant = (key: MetricKey) => key.metric === metric.name && hasTags(key.tags, selector);
    const tally = totals.metrics.sum(metric.type, isMeant);
    return measureMetric(aggregation, tally, loadMs(spans, tally.groups));
  }
  const tally = totals.sum((key) => selects(selector, key));
  const isWhole = Object.keys(selector).length === 0;
  return measure({ aggregation, trend }, tally, loadMs(spans, isWhole ? [] : tally.groups));
}

function measure(
  { aggregation, trend }: Pick<Threshold, 'aggregation' | 'trend'>,
  tally: Tally,
  durationMs: number,
): number | null {
  if (trend !== null) return measureTrend(aggregation, tally.trend(trend));
  if (aggregation.kind === 'rate') return perSecond(tally.count, durationMs);
  if (aggregation.kind === 'count') return tally.count;
  return tally.count === 0 ? null : tally.errors / tally.count;
}

function perSecond(amount: number, durationMs: number): number | null {
  return durationMs > 0 ? amount / (durationMs / 1000) : null;
}

function hasTags(tags: Selector, wanted: Selector): boolean {
  return Object.entries(wanted).every(([tag, value]) => tags[tag] === value);
}

function measureMetric(
  aggregation: Threshold['aggregation'],
  tally: MetricTally,
  durationMs: number,
): number | null {
  const { sum, count, last, min, max } = tally;
  if (aggregation.kind === 'rate') return perSecond(sum, durationMs);
  if (aggregation.kind === 'count' || aggregation.kind === 'sum') return sum;
  if (count === 0) return null;
  if (aggregation.kind === 'percentile') return tally.percentile(aggregation.percent);
  if (aggregation.kind === 'med') return tally.percentile(50);
  const mean = sum / count;
  return { value: last, min, max, avg: mean, ratio: mean, error_rate: null }[aggregation.kind];
}

function measureTrend(
  aggregation: Threshold['aggregation'],
  values: ReturnType<Tally['trend']>,
): number | null {
  if (aggregation.kind === 'sum') return values.sumMs;
  if (values.count === 0) return null;
  if (aggregation.kind === 'percentile') return values.percentile(aggregation.percent);
  if (aggregation.kind === 'min') return values.minMs;
  if (aggregation.kind === 'max') return values.maxMs;
  return aggregation.kind === 'med' ? values.percentile(50) : values.sumMs / values.count;
}
