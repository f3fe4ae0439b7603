import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PointSeries } from './point-series.ts';

function seriesOf(values: readonly (number | null)[]): PointSeries {
  const series = new PointSeries();
  values.forEach((value, i) => series.add(1000 * i, value));
  return series;
}

describe('PointSeries', () => {
  it('keeps every reading of a short run, gaps as gaps', () => {
    expect(seriesOf([1, null, 0, 2.5]).points()).toEqual([
      [0, 1],
      [1000, null],
      [2000, 0],
      [3000, 2.5],
    ]);
  });

  it('puts readings together two by two when there are too many', () => {
    const points = seriesOf(Array.from({ length: 601 }, (_, i) => i)).points();
    expect(points).toHaveLength(301);
    expect(points.slice(0, 2)).toEqual([
      [1000, 0.5],
      [3000, 2.5],
    ]);
    expect(points.at(-1)).toEqual([600_000, 600]);
  });

  it('leaves gaps out of the mean, and a stretch of gaps is a gap', () => {
    const values = Array.from({ length: 1200 }, (_, i) => (i < 4 ? null : i % 2 === 0 ? 8 : null));
    expect(
      seriesOf(values)
        .points()
        .slice(0, 4)
        .map(([, value]) => value),
    ).toEqual([null, null, 8, 8]);
  });

  it('is empty as long as nothing was read', () => {
    expect([seriesOf([]).isEmpty, seriesOf([null]).isEmpty, seriesOf([null, 0]).isEmpty]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('stays bounded, in order and true to the mean, however long the run', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (length) => {
        const points = seriesOf(Array.from({ length }, (_, i) => i)).points();
        expect(points.length).toBeLessThanOrEqual(600);
        expect(points.length).toBeGreaterThanOrEqual(Math.min(length, 300));
        expect(points.map(([epochMs]) => epochMs)).toEqual(
          points.map(([epochMs]) => epochMs).sort((a, b) => a - b),
        );
        expect(points.at(-1)?.[0]).toBe(1000 * (length - 1));
      }),
      { numRuns: 30 },
    );
  });

  it('says values to six figures', () => {
    expect(
      seriesOf([1 / 3, 123_456_789])
        .points()
        .map(([, value]) => value),
    ).toEqual([0.333333, 123_457_000]);
  });
});
