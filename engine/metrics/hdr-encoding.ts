import type { TrendWindow } from '../model/metrics.ts';
import { highestUs, lowestUs } from './histogram.ts';

/**
 * Distributions in HdrHistogram's V2 compressed encoding (base64, microseconds), which every HdrHistogram
 * tool reads. Of a trend in another unit than milliseconds it holds thousandths. The library is loaded on first use: workers, which never encode, do not pay for it.
 */
const dayUs = 24 * 3_600_000_000;
const significantDigits = 3;

/** Empty text for an empty distribution. */
export async function encodeHdr(window: TrendWindow): Promise<string> {
  if (window.count === 0) return '';
  const { build, encodeIntoCompressedBase64 } = await import('hdr-histogram-js');
  const histogram = build({
    bitBucketSize: 64,
    lowestDiscernibleValue: 1,
    highestTrackableValue: Math.max(dayUs, Math.ceil(window.maxMs * 1000)),
    numberOfSignificantValueDigits: significantDigits,
  });
  window.buckets.forEach((bucket, i) => {
    histogram.recordValueWithCount(lowestUs(bucket), window.counts[i] ?? 0);
  });
  return encodeIntoCompressedBase64(histogram);
}

/**
 * The inverse of `encodeHdr`. The encoding holds buckets only, so that sum, least and greatest are known
 * to 0.1 % here, where they were exact.
 */
export async function decodeHdr(text: string): Promise<TrendWindow> {
  const buckets: number[] = [];
  const counts: number[] = [];
  let sumUs = 0;
  if (text !== '') {
    const { decodeFromCompressedBase64, JsHistogram } = await import('hdr-histogram-js');
    const histogram = decodeFromCompressedBase64(text, 64);
    if (
      !(histogram instanceof JsHistogram) ||
      histogram.numberOfSignificantValueDigits !== significantDigits
    ) {
      throw new Error(`expected a histogram of ${significantDigits} significant digits`);
    }
    const end = histogram.countsArrayIndex(histogram.maxValue);
    for (let bucket = 0; bucket <= end; bucket++) {
      const count = histogram.getCountAtIndex(bucket);
      if (count === 0) continue;
      buckets.push(bucket);
      counts.push(count);
      sumUs += (count * (lowestUs(bucket) + highestUs(bucket))) / 2;
    }
  }
  return {
    count: counts.reduce((sum, count) => sum + count, 0),
    sumMs: Math.round(sumUs) / 1000,
    minMs: lowestUs(buckets[0] ?? 0) / 1000,
    maxMs: buckets.length === 0 ? 0 : highestUs(buckets.at(-1) ?? 0) / 1000,
    buckets: Uint32Array.from(buckets),
    counts: Uint32Array.from(counts),
  };
}
