import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dataSet } from '../../engine/generate/data-set.ts';
import { Warehouse } from '../warehouse/warehouse.ts';
import { ingestFile } from './ingest-file.ts';

const warehouse = new Warehouse();
const folder = mkdtempSync(join(tmpdir(), 'ingest-test-'));
let files = 0;

afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true });
});

type Options = Pick<Parameters<typeof dataSet>[0], 'schema' | 'format' | 'bad'>;

async function ingest(options: Options) {
  const data = dataSet({ rows: 2000, seed: 5, ...options });
  const path = join(folder, `${++files}.${data.extension}`);
  await writeFile(path, data);
  const format = options.format === 'jsonl' ? 'json' : options.format;
  const target = { dataset: 'pipeline', table: `t${files}` };
  return { data, ...(await ingestFile(warehouse, { path, format, target, key: `k${files}` })) };
}

describe('a generated file', () => {
  it.each([
    ['small', 'csv'],
    ['medium', 'jsonl'],
    ['large', 'parquet'],
    ['facts', 'json'],
    ['facts-wide', 'csv'],
    ['facts-wide', 'parquet'],
    ['large', 'avro'],
  ] as const)('%s as %s has no bad rows where none were made', async (schema, format) => {
    const { findings, recordsTotal } = await ingest({ schema, format });
    expect({ findings, recordsTotal }).toEqual({ findings: [], recordsTotal: 2000 });
  });

  it.each([
    ['facts', 'csv', 'missing_values', 'missing_values'],
    ['facts', 'parquet', 'outliers', 'outliers'],
    ['facts', 'csv', 'wrong_types', 'wrong_types'],
    ['facts', 'jsonl', 'wrong_types', 'wrong_types'],
    ['facts', 'parquet', 'duplicates', 'duplicates'],
    ['facts', 'avro', 'outliers', 'outliers'],
  ] as const)('%s as %s with %s has those bad rows', async (schema, format, kind, problem) => {
    const { data, badRows, recordsRejected, recordsTotal, findings } = await ingest({
      schema,
      format,
      bad: { share: 0.1, kinds: [kind] },
    });
    expect(recordsTotal).toBe(2000);
    expect(data.badRows).toBe(200);
    // Of a wrong time in a CSV file DuckDB makes a missing one.
    expect(
      findings.map((one) => one.problem),
      JSON.stringify(findings),
    ).toContain(problem);
    expect(badRows + recordsRejected).toBeGreaterThan(150);
    expect(badRows + recordsRejected).toBeLessThanOrEqual(200);
  });
});
