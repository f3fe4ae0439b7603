import type { TrendWindow } from '../model/metrics.ts';

/** Two distributions as one. Equals having recorded the values of both in one histogram. */
export function mergeTrends(a: TrendWindow, b: TrendWindow): TrendWindow {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  return {
    count: a.count + b.count,
    sumMs: Math.round((a.sumMs + b.sumMs) * 1000) / 1000,
    minMs: Math.min(a.minMs, b.minMs),
    maxMs: Math.max(a.maxMs, b.maxMs),
    ...mergeBuckets(a, b),
  };
}

function mergeBuckets(a: TrendWindow, b: TrendWindow): Pick<TrendWindow, 'buckets' | 'counts'> {
  const buckets = new Uint32Array(a.buckets.length + b.buckets.length);
  const counts = new Uint32Array(buckets.length);
  let used = 0;
  for (let i = 0, j = 0; i < a.buckets.length || j < b.buckets.length; used++) {
    const fromA = a.buckets[i] ?? Infinity;
    const fromB = b.buckets[j] ?? Infinity;
    buckets[used] = Math.min(fromA, fromB);
    let count = 0;
    if (fromA <= fromB) count += a.counts[i++] ?? 0;
    if (fromB <= fromA) count += b.counts[j++] ?? 0;
    counts[used] = count;
  }
  return { buckets: buckets.slice(0, used), counts: counts.slice(0, used) };
}
