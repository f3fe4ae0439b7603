import { describe, expect, it } from 'vitest';
import type { CompiledSweep } from '../model/sweep.ts';
import { summariseSweeps } from './sweep-summary.ts';
import { sampleOf, totalsOf } from './test-support/samples.ts';

const cell = (size: string, technique: string) => ({
  cell: { size, technique },
  steps: [
    { step: 'Q', label: `Q [${size} ${technique}]`, kind: 'sample' as const },
    { step: 'never', label: `never [${size} ${technique}]`, kind: 'sample' as const },
  ],
});

const sweep: CompiledSweep = {
  name: 'size × technique',
  axes: [
    {
      name: 'size',
      values: [
        { name: 'large', magnitude: 1000 },
        { name: 'small', magnitude: 10 },
      ],
    },
    {
      name: 'technique',
      values: [
        { name: 'old', magnitude: null },
        { name: 'new', magnitude: null },
      ],
    },
  ],
  cells: [cell('large', 'old'), cell('large', 'new'), cell('small', 'old'), cell('small', 'new')],
};

const took = (size: string, technique: string, elapsedMs: number, ok = true) =>
  sampleOf({ label: `Q [${size} ${technique}]`, tags: { size, technique, other: 'x' }, elapsedMs, ok });

const samples = [
  took('large', 'old', 800),
  took('large', 'new', 200),
  took('small', 'old', 10),
  took('small', 'old', 10, false),
  took('small', 'new', 5),
  sampleOf({ label: 'Q [small new]', tags: { size: 'small' }, elapsedMs: 9999 }),
];

describe('the summary of a matrix', () => {
  it('has a row for each step in each cell that was measured', () => {
    const [found] = summariseSweeps([sweep], totalsOf(samples));
    expect(
      found?.rows.map(({ label, count, errors, medianMs, perSecond }) => [
        label,
        count,
        errors,
        medianMs,
        perSecond,
      ]),
    ).toEqual([
      ['Q [large old]', 1, 0, 800, 1.25],
      ['Q [large new]', 1, 0, 200, 5],
      ['Q [small old]', 2, 1, 10, 200],
      ['Q [small new]', 1, 0, 5, 200],
    ]);
  });

  it('compares sizes with the next smaller, and other values with the first', () => {
    const [found] = summariseSweeps([sweep], totalsOf(samples));
    expect(found?.ratios).toEqual([
      {
        step: 'Q',
        axis: 'size',
        cell: { size: 'large', technique: 'old' },
        to: 'small',
        medianRatio: 80,
        sizeRatio: 100,
        perUnitRatio: 0.8,
      },
      {
        step: 'Q',
        axis: 'size',
        cell: { size: 'large', technique: 'new' },
        to: 'small',
        medianRatio: 40,
        sizeRatio: 100,
        perUnitRatio: 0.4,
      },
      {
        step: 'Q',
        axis: 'technique',
        cell: { size: 'large', technique: 'new' },
        to: 'old',
        medianRatio: 0.25,
      },
      {
        step: 'Q',
        axis: 'technique',
        cell: { size: 'small', technique: 'new' },
        to: 'old',
        medianRatio: 0.5,
      },
    ]);
  });

  it('has nothing to say of one that was not measured', () => {
    expect(summariseSweeps([sweep], totalsOf([]))).toEqual([]);
  });
});
