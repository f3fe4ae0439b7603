import fc from 'fast-check';
import { build } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { Histogram, highestUs, lowestUs } from './histogram.ts';
import { mergeTrends } from './merge-trends.ts';
import { histogramOf } from './test-support/samples.ts';

const dayMs = 24 * 3_600_000;
const microseconds = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: dayMs * 1000 }));
const times = fc.array(
  microseconds.map((us) => us / 1000),
  { minLength: 1, maxLength: 200 },
);

describe('Histogram', () => {
  it.each([
    { percent: 0, values: [1, 2, 3, 4], expected: 1 },
    { percent: 25, values: [1, 2, 3, 4], expected: 1 },
    { percent: 25.1, values: [1, 2, 3, 4], expected: 2 },
    { percent: 50, values: [1, 2, 3, 4], expected: 2 },
    { percent: 75, values: [1, 2, 3, 4], expected: 3 },
    { percent: 100, values: [1, 2, 3, 4], expected: 4 },
    { percent: 99, values: [7], expected: 7 },
    { percent: 50, values: [], expected: 0 },
    { percent: 99, values: [123_456.789], expected: 123_456.789 },
  ])('$percent % of $values do not exceed $expected', ({ percent, values, expected }) => {
    expect(histogramOf(values).percentile(percent)).toBeCloseTo(expected, 2);
  });

  it('rounds no rank up for 99.9 % of 1000 values', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i < 999 ? 1 : 2));
    expect(histogramOf(values).percentile(99.9)).toBe(1);
  });

  it.each([
    { ms: -0.5, count: 1, clamped: 1, minMs: 0 },
    { ms: dayMs + 1, count: 1, clamped: 1, minMs: dayMs },
    { ms: Infinity, count: 1, clamped: 1, minMs: dayMs },
    { ms: NaN, count: 0, clamped: 1, minMs: 0 },
    { ms: 0, count: 1, clamped: 0, minMs: 0 },
    { ms: dayMs, count: 1, clamped: 0, minMs: dayMs },
  ])('counts $ms as $count value, $clamped of them clamped', ({ ms, count, clamped, minMs }) => {
    const histogram = histogramOf([ms]);
    expect(histogram).toMatchObject({ count, clamped, minMs, maxMs: minMs });
  });

  it('has buckets that follow each other without gap, none wider than 0.1 % of its values', () => {
    for (let bucket = 0; bucket < 27 * 1024; bucket++) {
      expect(lowestUs(bucket + 1)).toBe(highestUs(bucket) + 1);
      expect(highestUs(bucket) - lowestUs(bucket)).toBeLessThanOrEqual(lowestUs(bucket) / 1000);
    }
  });

  it('puts every value into the bucket that holds it', () => {
    fc.assert(
      fc.property(microseconds, (us) => {
        const bucket = histogramOf([us / 1000]).toWindow().buckets[0]!;
        expect(lowestUs(bucket)).toBeLessThanOrEqual(us);
        expect(highestUs(bucket)).toBeGreaterThanOrEqual(us);
      }),
    );
  });

  it('agrees with hdr-histogram-js about every percentile, and knows the ends exactly', () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0.01, max: 100, noNaN: true }), (values, percent) => {
        const oracle = build({
          bitBucketSize: 32,
          highestTrackableValue: dayMs * 1000,
          numberOfSignificantValueDigits: 3,
        });
        for (const ms of values) oracle.recordValue(Math.round(ms * 1000));
        const ours = histogramOf(values);
        const least = Math.min(...values);
        const greatest = Math.max(...values);
        const theirs = oracle.getValueAtPercentile(percent) / 1000;
        expect(ours.percentile(percent)).toBe(Math.min(Math.max(theirs, least), greatest));
        expect(ours).toMatchObject({ count: values.length, minMs: least, maxMs: greatest });
        expect(ours.sumMs).toBeCloseTo(
          values.reduce((sum, ms) => sum + ms, 0),
          2,
        );
      }),
    );
  });

  it('taken in parts and added up equals the whole, by either way of merging', () => {
    fc.assert(
      fc.property(times, times, (first, second) => {
        const whole = histogramOf([...first, ...second]).toWindow();
        const parts = new Histogram();
        const live = new Histogram();
        const windows = [first, second].map((values) => {
          for (const ms of values) live.record(ms);
          return live.take();
        });
        for (const window of windows) parts.add(window);
        expect(parts.toWindow()).toEqual(whole);
        expect(mergeTrends(windows[0]!, windows[1]!)).toEqual(whole);
      }),
    );
  });

  it('is empty after take', () => {
    const histogram = histogramOf([1, 500, 90_000]);
    expect(histogram.take().count).toBe(3);
    expect(histogram.take()).toEqual(new Histogram().toWindow());
    histogram.record(5);
    expect(histogram.take()).toMatchObject({ count: 1, minMs: 5, maxMs: 5, sumMs: 5 });
  });

  it('merges an empty distribution without a trace', () => {
    const some = histogramOf([3]).toWindow();
    const none = histogramOf([]).toWindow();
    expect(mergeTrends(some, none)).toEqual(some);
    expect(mergeTrends(none, some)).toEqual(some);
  });
});
