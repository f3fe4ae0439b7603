import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badPlaces } from './bad-places.ts';

const share = fc.oneof(
  fc.constantFrom(0.5, 1, 0.1, 1 / 3, 0.9),
  fc.double({ min: 0.001, max: 1, noNaN: true }),
);
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('bad places', () => {
  it.each([
    [0.1, 100_000, 10_000],
    [0.25, 8, 2],
    [1, 7, 7],
    [0, 7, 0],
    [0.5, 0, 0],
    [0.001, 1_000_000_000, 1_000_000],
  ])('a share of %d among %d rows is %d', (ratio, rows, expected) => {
    expect(badPlaces(ratio, 1).among(rows)).toBe(expected);
  });

  it('are as many as is said, numbered in their order', () => {
    fc.assert(
      fc.property(share, seed, fc.integer({ min: 0, max: 3000 }), (ratio, chosen, rows) => {
        const places = badPlaces(ratio, chosen);
        const numbers = Array.from({ length: rows }, (_, index) => places.at(index)).filter((n) => n >= 0);
        expect(numbers).toEqual(numbers.map((_, n) => n));
        expect(numbers).toHaveLength(places.among(rows));
        expect(Math.abs(numbers.length - rows * ratio)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are other ones for another seed', () => {
    const of = (chosen: number) =>
      Array.from({ length: 100 }, (_, index) => badPlaces(0.1, chosen).at(index));
    expect(of(1)).not.toEqual(of(2));
  });
});
