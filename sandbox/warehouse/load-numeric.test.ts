import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LoadOptions } from './load-file.ts';
import { textLiteral } from './names.ts';
import { Warehouse } from './warehouse.ts';

const warehouse = new Warehouse();
const folder = mkdtempSync(join(tmpdir(), 'load-numeric-'));
const path = join(folder, 'rows');
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true });
});

const columns = [
  { name: 'a', type: 'DECIMAL(38,9)' },
  { name: 'b', type: 'DECIMAL(5,2)' },
];

async function loaded(options: Pick<LoadOptions, 'format' | 'columns' | 'maxBadRows'>): Promise<unknown> {
  await warehouse.loadFile({
    dataset: 'pipeline',
    table: 'loaded',
    path,
    mode: 'truncate',
    detects: true,
    ...options,
  });
  const result = await warehouse.run(
    'SELECT a, b, typeof(a) FROM "sandbox-project.pipeline".loaded ORDER BY a',
  );
  return result.getRowsJson();
}

const wanted = [
  ['-0.000000001', '1.01', 'DECIMAL(38,9)'],
  ['12345678901234567890123456789.123456789', null, 'DECIMAL(38,9)'],
];

describe('loads with NUMERIC', () => {
  it.each([
    ['csv', 'a,b\n-0.000000001,1.005\n12345678901234567890123456789.123456789,\nx,1\n1,1000\n'],
    [
      'json',
      '{"a":"-0.000000001","b":1.005}\n{"a":"12345678901234567890123456789.123456789"}\n{"a":"x"}\n{"a":1,"b":1000}\n',
    ],
  ] as const)('from %s', async (format, content) => {
    writeFileSync(path, content);
    expect(await loaded({ format, columns, maxBadRows: 2 })).toEqual(wanted);
    await expect(loaded({ format, columns, maxBadRows: 1 })).rejects.toThrow('2 rows are bad');
  });

  it('from Parquet, whose DECIMAL is NUMERIC if it fits', async () => {
    const rows = `SELECT CAST(-0.000000001 AS DECIMAL(38,9)) AS a, CAST(1.01 AS DECIMAL(5,2)) AS b`;
    await warehouse.run(`COPY (${rows}) TO ${textLiteral(path)} (FORMAT parquet)`);
    expect(await loaded({ format: 'parquet' })).toEqual([['-0.000000001', '1.010000000', 'DECIMAL(38,9)']]);
    await warehouse.run(
      `COPY (SELECT CAST(1 AS DECIMAL(38,10)) AS a) TO ${textLiteral(path)} (FORMAT parquet)`,
    );
    await expect(loaded({ format: 'parquet' })).rejects.toThrow('which NUMERIC does not hold');
  });
});
