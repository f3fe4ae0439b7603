import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integer, ratioOf, seededRandom, uuid } from './random.ts';

describe('seeded chance', () => {
  it('repeats itself for the same seed only', () => {
    const first = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
    expect(first(42)).toEqual(first(42));
    expect(first(42)).not.toEqual(first(43));
  });

  it('spreads evenly over 0 to 1', () => {
    const random = seededRandom(0);
    const tenths = new Array<number>(10).fill(0);
    for (let n = 0; n < 100_000; n++) tenths[Math.floor(random() * 10)]! += 1;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('gives whole numbers of which both ends come up', () => {
    const random = seededRandom(5);
    expect(new Set(Array.from({ length: 200 }, () => integer(random, 2, 4)))).toEqual(new Set([2, 3, 4]));
  });

  it('gives well-formed version 4 UUIDs, none twice', () => {
    const random = seededRandom(9);
    const ids = Array.from({ length: 10_000 }, () => uuid(random));
    const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(ids.filter((id) => !form.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('measures the same text alike, from 0 to below 1', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(ratioOf(text)).toBe(ratioOf(text));
        expect(ratioOf(text)).toBeGreaterThanOrEqual(0);
        expect(ratioOf(text)).toBeLessThan(1);
      }),
    );
    expect(ratioOf('a')).not.toBe(ratioOf('b'));
  });
});
