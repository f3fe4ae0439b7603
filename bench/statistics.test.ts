import { describe, expect, it } from 'vitest';
import { median, medianAndRange, slope } from './statistics.ts';

describe('median', () => {
  it.each([
    [[3], 3],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('of nothing is not a number', () => {
    expect(median([])).toBeNaN();
  });
});

describe('medianAndRange', () => {
  it('shows the median, the least and the greatest', () => {
    expect(medianAndRange([1.2, 1.104, 1.15], 2)).toBe('1.15 (1.10 to 1.20)');
  });
});

describe('slope', () => {
  it('of points on a line is that of the line', () => {
    expect(slope([0, 1, 2, 5].map((x) => ({ x, y: 7 - 3 * x })))).toBeCloseTo(-3);
  });

  it('of noise around a level is that of the best fitting line', () => {
    expect(slope([1, 3, 3, 1].map((y, x) => ({ x, y })))).toBeCloseTo(0);
    expect(slope([0, 2, 1].map((y, x) => ({ x, y })))).toBeCloseTo(0.5);
  });

  it('is 0 when all points have the same x', () => {
    expect(slope([5, 5].map((x) => ({ x, y: Math.PI * x })))).toBe(0);
    expect(slope([{ x: 5, y: 1 }])).toBe(0);
  });
});
