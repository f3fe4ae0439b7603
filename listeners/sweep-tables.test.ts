import { describe, expect, it } from 'vitest';
import type { SweepResult, SweepRow } from '../engine/model/run-result.ts';
import { sweepTables } from './sweep-tables.ts';
import { sweepsCsv } from './sweeps-csv.ts';

const row = (size: string, format: string, changes: Partial<SweepRow> = {}): SweepRow => ({
  step: 'Upload',
  label: `Upload [${size} ${format}]`,
  kind: 'sample',
  cell: { size, format },
  count: 10,
  errors: 0,
  averageMs: 12.3456,
  medianMs: 8.24,
  p95Ms: 20.6,
  perSecond: 1.5,
  ...changes,
});

const sweep: SweepResult = {
  name: 'size × format',
  axes: [
    {
      name: 'size',
      values: [
        { name: 'small', magnitude: 10 },
        { name: 'large', magnitude: 1000 },
      ],
    },
    {
      name: 'format',
      values: [
        { name: 'csv', magnitude: null },
        { name: 'a,b', magnitude: null },
      ],
    },
  ],
  rows: [
    row('small', 'csv'),
    row('large', 'csv', { medianMs: 800, p95Ms: 1200, errors: 2 }),
    row('small', 'a,b'),
  ],
  ratios: [],
};

describe('the table of a matrix', () => {
  it('has sizes across, steps and other axes down', () => {
    expect(sweepTables({ sweeps: [sweep] }, 100)).toEqual([
      'size × format: med/p95 in ms   small                      large',
      'Upload csv                    8.2/21  800/1200 (2 of 10 failed)',
      'Upload a,b                    8.2/21                          -',
    ]);
  });

  it('has the last axis across when none has sizes', () => {
    const plain = {
      ...sweep,
      axes: [{ name: 'size', values: [{ name: 'small', magnitude: null }] }, ...sweep.axes.slice(1)],
    };
    expect(sweepTables({ sweeps: [plain] }, 100).slice(1)).toEqual([
      'Upload small                                     8.2/21  8.2/21',
      'Upload large                  800/1200 (2 of 10 failed)       -',
    ]);
  });

  it('names a row by the cell alone where the step is named by its axes; two such steps have a row each', () => {
    const rows = ['${size} ${format}', '${format}'].map((step) => row('small', 'csv', { step }));
    expect(sweepTables({ sweeps: [{ ...sweep, rows }] }, 80).slice(1)).toEqual([
      expect.stringMatching(/^csv +8.2/),
      expect.stringMatching(/^csv +8.2/),
    ]);
  });

  it('is not there without a matrix', () => {
    expect(sweepTables({}, 100)).toEqual([]);
  });
});

describe('sweeps.csv', () => {
  it('has a row for each step in each cell', () => {
    expect(sweepsCsv([sweep]))
      .toBe(`matrix,step,size,format,size.magnitude,count,errors,averageMs,medianMs,p95Ms,perSecond
size × format,Upload,small,csv,10,10,0,12.346,8.24,20.6,1.5
size × format,Upload,large,csv,1000,10,2,12.346,800,1200,1.5
size × format,Upload,small,"a,b",10,10,0,12.346,8.24,20.6,1.5
`);
  });
});
