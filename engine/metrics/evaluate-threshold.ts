import type { Threshold, ThresholdVerdict } from '../model/threshold.ts';
import { selects } from './selector.ts';
import type { Tally } from './tally.ts';
import { unitOf } from './threshold-limit.ts';
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
  const value = measure(
    threshold,
    totals.sum((key) => selects(threshold.selector, key)),
    durationMs,
  );
  return {
    text: threshold.text,
    passed: value !== null && compare(value, threshold),
    value,
    limit: threshold.limit,
    unit: unitOf(threshold.aggregation),
    margin: value === null || threshold.limit === 0 ? null : room(value, threshold) / threshold.limit,
  };
}

function measure({ aggregation, trend }: Threshold, tally: Tally, durationMs: number): number | null {
  if (tally.count === 0) return null;
  switch (aggregation.kind) {
    case 'count':
      return tally.count;
    case 'rate':
      return durationMs > 0 ? tally.count / (durationMs / 1000) : null;
    case 'error_rate':
      return tally.errors / tally.count;
    case 'avg':
    case 'min':
    case 'max':
    case 'med':
    case 'percentile':
      return trend === null ? null : measureTrend(aggregation, tally.trend(trend));
  }
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
