import type { Threshold, ThresholdVerdict } from '../model/threshold.ts';
import { compare } from './compare.ts';
import type { PairSum } from './pair-sums.ts';
import { studentT975 } from './student-t.ts';

interface PairedRatio {
  readonly value: number | null;
  /** The end of the interval that is nearer to breaking the limit; null: there is no interval. */
  readonly judged: number | null;
  readonly more: Pick<ThresholdVerdict, 'detail' | 'interval' | 'notProven'>;
}

/**
 * The geometric mean of the ratios of pairs, and where it lies with 95 % confidence: exp(mean ± t·s/√n) of their
 * logarithms, with Student's t (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2).
 *
 * The limit is kept when the whole interval keeps it, and broken when none of it does; in between nothing is proven.
 */
export function pairedRatio(
  { count, sum, sumOfSquares, leftOut }: PairSum,
  limit: Pick<Threshold, 'operator' | 'limit'>,
): PairedRatio {
  const others = leftOut > 0 ? `; ${leftOut} left out (a sample failed or is missing)` : '';
  if (count === 0)
    return { value: null, judged: null, more: leftOut > 0 ? { detail: `no pair${others}` } : {} };
  const mean = sum / count;
  const value = Math.exp(mean);
  if (count === 1) {
    return {
      value,
      judged: null,
      more: { detail: `1 pair has no interval${others}`, notProven: true },
    };
  }
  const variance = Math.max(0, (sumOfSquares - count * mean ** 2) / (count - 1));
  const half = studentT975(count - 1) * Math.sqrt(variance / count);
  const [low, high] = [Math.exp(mean - half), Math.exp(mean + half)];
  const [worse, better] = limit.operator.startsWith('<') ? [high, low] : [low, high];
  const isOpen = !compare(worse, limit) && compare(better, limit);
  const between = `${percent(low)} to ${percent(high)} with 95 % confidence, ${count} pairs${others}`;
  return {
    value,
    judged: worse,
    more: {
      detail: between,
      interval: [low, high],
      ...(isOpen ? { notProven: true } : {}),
    },
  };
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)}%`;
}
