import fc from 'fast-check';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { decodeHdr, encodeHdr } from './hdr-encoding.ts';
import { Histogram } from './histogram.ts';
import { histogramOf } from './test-support/samples.ts';

describe('encodeHdr', () => {
  it('is read by hdr-histogram-js as the same distribution in microseconds', async () => {
    const ours = histogramOf([0.5, 1, 2, 20, 200, 2000, 20_000, 86_400_000]);
    const theirs = decodeFromCompressedBase64(await encodeHdr(ours.toWindow()));
    expect(theirs.totalCount).toBe(8);
    expect(theirs.numberOfSignificantValueDigits).toBe(3);
    expect(theirs.getValueAtPercentile(50) / 1000).toBe(ours.percentile(50));
  });

  it('holds what is greater than a day, such as bytes', async () => {
    const bytes = new Histogram(9e12);
    for (const value of [1, 5e9, 9e12]) bytes.record(value);
    const after = await decodeHdr(await encodeHdr(bytes.toWindow()));
    expect(after.buckets).toEqual(bytes.toWindow().buckets);
    expect(Math.abs(after.maxMs - 9e12)).toBeLessThanOrEqual(9e9);
  });

  it('starts like every V2 compressed histogram, and is empty for nothing', async () => {
    expect(await encodeHdr(histogramOf([1]).toWindow())).toMatch(/^HISTF/);
    expect(await encodeHdr(histogramOf([]).toWindow())).toBe('');
  });

  it('is undone by decodeHdr, bucket for bucket', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 86_400_000_000 }), { maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(times, async (microseconds) => {
        const before = histogramOf(microseconds.map((us) => us / 1000)).toWindow();
        const after = await decodeHdr(await encodeHdr(before));
        expect(after.buckets).toEqual(before.buckets);
        expect(after.counts).toEqual(before.counts);
        expect(after.count).toBe(before.count);
        expect(Math.abs(after.sumMs - before.sumMs)).toBeLessThanOrEqual(before.sumMs * 0.001 + 0.001);
      }),
      { numRuns: 30 },
    );
  });
});
