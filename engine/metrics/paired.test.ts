import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../model/sample.ts';
import type { PairSpec } from '../model/sweep.ts';
import { PairSums } from './pair-sums.ts';
import { pairedRatio } from './paired-ratio.ts';
import { PairedRound } from './paired-round.ts';
import { sampleOf } from './test-support/samples.ts';

const spec: PairSpec = {
  text: 'new against old',
  trend: 'elapsed',
  of: { technique: 'new' },
  to: { technique: 'old' },
};

const at = (technique: string, size: string, elapsedMs: number, changes: Partial<Sample> = {}) => ({
  cell: { technique, size },
  sample: sampleOf({ tags: { technique, size }, elapsedMs, ...changes }),
});

/** The ratios of the pairs of one round, null for those left out. */
function ratios(steps: readonly ReturnType<typeof at>[], among = [spec]): (number | null)[] {
  const found: (number | null)[] = [];
  const round = new PairedRound(among, (_, d) => found.push(d === null ? null : Math.exp(d)));
  for (const { cell, sample } of steps) {
    round.enter(cell);
    round.note(sample);
  }
  round.end();
  return found;
}

describe('a round', () => {
  it.each([
    ['a pair of cells', [at('new', 's', 10), at('old', 's', 40)], [0.25]],
    ['the other way round', [at('old', 's', 40), at('new', 's', 10)], [0.25]],
    [
      'a pair for each size',
      [at('new', 's', 1), at('old', 's', 2), at('old', 'l', 4), at('new', 'l', 1)],
      [0.5, 0.25],
    ],
    ['all samples of a cell', [at('new', 's', 10), at('new', 's', 20), at('old', 's', 60)], [0.5]],
    ['a failed sample', [at('new', 's', 10, { ok: false }), at('old', 's', 40)], [null]],
    ['a missing side', [at('new', 's', 10)], [null]],
    ['no time', [at('new', 's', 0), at('old', 's', 40)], [null]],
    ['other cells', [at('other', 's', 10)], []],
    [
      'parts, and what is beside the load',
      [at('new', 's', 1, { kind: 'sub' }), at('old', 's', 1, { phase: 'warm-up' })],
      [],
    ],
    ['transactions without a name', [at('new', 's', 1, { kind: 'transaction' })], []],
  ])('makes of %s', (_, steps, expected) => {
    const found = ratios(steps);
    expect(found).toHaveLength(expected.length);
    expected.forEach((ratio, index) =>
      ratio === null ? expect(found[index]).toBeNull() : expect(found[index]).toBeCloseTo(ratio, 12),
    );
  });

  it('pairs steps of one cell by name, and transactions', () => {
    const named = { ...spec, of: { name: 'a' }, to: { name: 'b' } };
    const steps = [
      at('x', 's', 10, { label: 'a', kind: 'transaction' }),
      at('x', 's', 20, { label: 'b' }),
      at('x', 'l', 10, { label: 'a' }),
      at('x', 'l', 40, { label: 'b' }),
    ];
    expect(ratios(steps, [named])).toEqual([0.5, 0.25].map((ratio) => Math.exp(Math.log(ratio))));
  });

  it('starts the next one with nothing', () => {
    const found: (number | null)[] = [];
    const round = new PairedRound([spec], (_, d) => found.push(d));
    round.note(at('new', 's', 10).sample);
    round.end();
    round.end();
    expect(found).toEqual([null]);
  });
});

describe('sums of pairs', () => {
  it('are the same however the pairs are cut into windows', () => {
    const pairs = fc.array(fc.option(fc.double({ min: -3, max: 3, noNaN: true })), { minLength: 1 });
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 5 }), (all, windows) => {
        const whole = new PairSums();
        const parts = Array.from({ length: windows }, () => new PairSums());
        all.forEach((d, index) => {
          whole.record('t', d);
          parts[index % windows]?.record('t', d);
        });
        const merged = new PairSums();
        for (const part of parts) merged.add(part.take());
        const [a, b] = [whole.of('t'), merged.of('t')];
        expect([b.count, b.leftOut]).toEqual([a.count, a.leftOut]);
        expect(b.sum).toBeCloseTo(a.sum, 9);
        expect(b.sumOfSquares).toBeCloseTo(a.sumOfSquares, 9);
      }),
    );
  });

  it('are gone once taken', () => {
    const sums = new PairSums();
    sums.record('t', 1);
    expect(sums.take()).toEqual([{ text: 't', count: 1, sum: 1, sumOfSquares: 1, leftOut: 0 }]);
    expect([sums.take(), sums.of('t').count]).toEqual([[], 0]);
  });
});

describe('the ratio of pairs', () => {
  const sumsOf = (ratios: readonly (number | null)[]) => {
    const sums = new PairSums();
    for (const ratio of ratios) sums.record('t', ratio === null ? null : Math.log(ratio));
    return sums.of('t');
  };
  const most = (limit: number) => ({ operator: '<=', limit }) as const;

  it('is their geometric mean, with Student’s interval of the logarithms', () => {
    // t of 3 degrees of freedom is 3.182.
    const { value, more } = pairedRatio(sumsOf([0.5, 0.6, 0.75, 0.9]), most(1));
    expect(value).toBeCloseTo(0.5 ** 0.25 * 0.6 ** 0.25 * 0.75 ** 0.25 * 0.9 ** 0.25, 12);
    const logs = [0.5, 0.6, 0.75, 0.9].map(Math.log);
    const mean = logs.reduce((a, b) => a + b) / 4;
    const s = Math.sqrt(logs.reduce((sum, d) => sum + (d - mean) ** 2, 0) / 3);
    const half = (3.182 * s) / 2;
    expect(more.interval?.[0]).toBeCloseTo(Math.exp(mean - half), 2);
    expect(more.interval?.[1]).toBeCloseTo(Math.exp(mean + half), 2);
  });

  it.each([
    ['kept by all of it', most(1.1), false, true],
    ['broken by all of it', most(0.3), false, false],
    ['in the middle of it', most(0.7), true, false],
    ['a floor that is kept', { operator: '>', limit: 0.3 } as const, false, true],
    ['a floor in the middle', { operator: '>', limit: 0.7 } as const, true, false],
  ])('with a limit %s', (_, limit, open, kept) => {
    const { judged, more } = pairedRatio(sumsOf([0.5, 0.6, 0.75, 0.9]), limit);
    expect(more.notProven === true).toBe(open);
    const worse = limit.operator === '>' ? more.interval?.[0] : more.interval?.[1];
    expect(judged).toBe(worse);
    expect(limit.operator === '>' ? (judged ?? 0) > limit.limit : (judged ?? 9) <= limit.limit).toBe(kept);
  });

  it.each([
    [[], null, undefined, undefined],
    [[null], null, undefined, 'no pair; 1 left out (a sample failed or is missing)'],
    [[0.5, null], 0.5, true, '1 pair has no interval; 1 left out (a sample failed or is missing)'],
  ])('of %j proves nothing', (given, value, notProven, detail) => {
    const found = pairedRatio(sumsOf(given), most(1));
    expect(found.value === null ? null : Number(found.value.toFixed(9))).toBe(value);
    expect(found.judged).toBeNull();
    expect([found.more.notProven, found.more.detail]).toEqual([notProven, detail]);
  });

  it('of equal pairs has an interval of no width', () => {
    const { more } = pairedRatio(sumsOf([0.5, 0.5, 0.5]), most(0.6));
    expect(more.interval?.[0]).toBeCloseTo(0.5, 6);
    expect(more.interval?.[1]).toBeCloseTo(0.5, 6);
  });
});
