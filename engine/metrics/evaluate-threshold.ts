import type { Threshold, ThresholdVerdict } from '../model/threshold.ts';
import { unitOf } from './measure.ts';
import type { MetricTally } from './metric-tally.ts';
import type { MetricKey } from './metric-totals.ts';
import { selects } from './selector.ts';
import type { Tally } from './tally.ts';
import type { Totals } from './totals.ts';

/**
 * Judges a threshold over the whole run. Without data it fails: silence is no proof.
 *
 * `durationMs` is the measured time of the run, from its start to its end, by which `rate` divides.
 */
export function evaluateThreshold(
  threshold: Threshold,
  totals: Totals,
  durationMs: number,
): ThresholdVerdict {
  const value = threshold.metric
    ? measureMetric(
        threshold,
        totals.metrics.sum(threshold.metric.type, selectsMetric(threshold)),
        durationMs,
      )
    : measure(
        threshold,
        totals.sum((key) => selects(threshold.selector, key)),
        durationMs,
      );
  return {
    text: threshold.text,
    passed: value !== null && compare(value, threshold),
    value,
    limit: threshold.limit,
    unit: unitOf(threshold),
    ...(threshold.metric?.unit ? { of: threshold.metric.unit } : {}),
    margin: value === null || threshold.limit === 0 ? null : room(value, threshold) / threshold.limit,
  };
}

function measure({ aggregation, trend }: Threshold, tally: Tally, durationMs: number): number | null {
  if (tally.count === 0) return null;
  if (trend !== null) return measureTrend(aggregation, tally.trend(trend));
  if (aggregation.kind === 'rate') return perSecond(tally.count, durationMs);
  return aggregation.kind === 'count' ? tally.count : tally.errors / tally.count;
}

function perSecond(amount: number, durationMs: number): number | null {
  return durationMs > 0 ? amount / (durationMs / 1000) : null;
}

function selectsMetric({ metric, selector }: Threshold): (key: MetricKey) => boolean {
  const wanted = Object.entries(selector);
  return (key) => key.metric === metric?.name && wanted.every(([tag, value]) => key.tags[tag] === value);
}

function measureMetric({ aggregation }: Threshold, tally: MetricTally, durationMs: number): number | null {
  if (tally.count === 0) return null;
  const { sum, count, last, min, max, distribution } = tally;
  if (aggregation.kind === 'rate') return perSecond(sum, durationMs);
  if (aggregation.kind === 'percentile') return distribution?.percentile(aggregation.percent) ?? null;
  if (aggregation.kind === 'med') return distribution?.percentile(50) ?? null;
  const mean = sum / count;
  return { count: sum, value: last, min, max, avg: mean, ratio: mean, error_rate: null }[aggregation.kind];
}

function measureTrend(
  aggregation: Threshold['aggregation'],
  values: ReturnType<Tally['trend']>,
): number | null {
  if (values.count === 0) return null;
  if (aggregation.kind === 'percentile') return values.percentile(aggregation.percent);
  if (aggregation.kind === 'min') return values.minMs;
  if (aggregation.kind === 'max') return values.maxMs;
  return aggregation.kind === 'med' ? values.percentile(50) : values.sumMs / values.count;
}

function compare(value: number, { operator, limit }: Threshold): boolean {
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '==':
      return value === limit;
    case '!=':
      return value !== limit;
  }
}

/** How far the value may still move; negative when it went too far. */
function room(value: number, { operator, limit }: Threshold): number {
  if (operator.startsWith('<')) return limit - value;
  if (operator.startsWith('>')) return value - limit;
  const distance = Math.abs(value - limit);
  return operator === '==' && distance > 0 ? -distance : distance;
}
