import { mkdtemp, open, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import avsc from 'avsc';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataSetOptions } from './check-data-set.ts';
import { dataSet } from './data-set.ts';
import type { Compression, Format } from './formats.ts';
import type { Schema } from './rows/column.ts';
import { rows } from './rows/rows.ts';
import { schemaNamed, schemaNames } from './rows/schemas.ts';

let folder: string;
let database: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-set-'));
  database = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await database.run("SET TimeZone = 'UTC'");
});

afterAll(async () => {
  database.closeSync();
  await rm(folder, { recursive: true });
});

async function bytesOf(options: DataSetOptions): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of dataSet(options)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

let files = 0;
async function written(options: DataSetOptions): Promise<string> {
  const path = join(folder, `${++files}.${dataSet(options).extension}`);
  const file = await open(path, 'w');
  for await (const piece of dataSet(options)) await file.write(piece);
  await file.close();
  return path;
}

/** How DuckDB is told to read it, everything as it finds it. */
function reader(path: string, format: Format): string {
  if (format === 'csv')
    return `read_csv('${path}', header = true, quote = '"', escape = '"', allow_quoted_nulls = false, sample_size = -1)`;
  if (format === 'parquet') return `read_parquet('${path}')`;
  return `read_json('${path}', format = '${format === 'json' ? 'array' : 'newline_delimited'}', sample_size = -1)`;
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const result = await database.runAndReadAll(sql);
  return result.getRowObjectsJson();
}

async function readAvro(bytes: Uint8Array): Promise<Record<string, unknown>[]> {
  const decoder = new avsc.streams.BlockDecoder({
    parseHook: (schema) => avsc.Type.forSchema(schema, { wrapUnions: 'never' }),
  });
  decoder.end(bytes);
  const found: Record<string, unknown>[] = [];
  for await (const row of decoder) found.push({ ...(row as object) });
  return found;
}

const everything: Schema = {
  name: 'everything',
  columns: {
    id: { type: 'sequence', start: -5 },
    whole: { type: 'integer', min: -1_000_000_000_000, max: 1_000_000_000_000, nulls: 0.1 },
    part: { type: 'number', min: -1, max: 1, decimals: 6, nulls: '10%' },
    said: { type: 'choice', of: ['', 'größer', '漢字 😀', 'a "quoted", text', 'two\nlines', 'back\\slash'] },
    words: { type: 'text', length: 60, minLength: 1, nulls: 0.2 },
    who: { type: 'name' },
    mail: { type: 'email' },
    key: { type: 'uuid' },
    yes: { type: 'boolean', share: 0.25, nulls: 0.1 },
    moment: { type: 'timestamp', from: '1900-01-01', to: '2198-12-31T12:00:00Z', nulls: 0.1 },
    day: { type: 'date', from: '1969-12-01', to: '1970-02-01', nulls: 0.1 },
  },
};

const forms: [Format, Compression][] = [
  ['csv', 'none'],
  ['csv', 'gzip'],
  ['json', 'none'],
  ['json', 'gzip'],
  ['jsonl', 'none'],
  ['jsonl', 'gzip'],
  ['parquet', 'none'],
  ['parquet', 'snappy'],
  ['parquet', 'gzip'],
];

describe('what is written can be read', () => {
  it.each(forms)('%s (%s) by DuckDB, every value of every type', async (format, compression) => {
    const options = { schema: everything, rows: 3000, seed: 3, format, compression };
    const path = await written(options);
    const types =
      format === 'parquet'
        ? '*'
        : '* REPLACE (moment::TIMESTAMPTZ AS moment, day::DATE AS day, key::VARCHAR AS key)';
    const found = await query(
      `SELECT * REPLACE (epoch_ms(moment) AS moment, day - DATE '1970-01-01' AS day, part::DOUBLE AS part)
       FROM (SELECT ${types} FROM ${reader(path, format)}) ORDER BY id`,
    );
    const expected = [...rows(everything, { seed: 3, count: 3000 })].map((row) => ({
      ...row,
      // DuckDB gives 64 bits as texts.
      id: String(row['id']),
      whole: row['whole'] === null ? null : String(row['whole']),
      moment: row['moment'] === null ? null : String(Date.parse(String(row['moment']))),
      day: row['day'] === null ? null : String(Date.parse(String(row['day'])) / 86_400_000),
    }));
    expect(found).toEqual(expected);
  });

  it.each(schemaNames)('%s as parquet in row groups of a sensible size', async (schema) => {
    const path = await written({ schema, rows: 11_000, seed: 3, format: 'parquet' });
    const groups = await query(
      `SELECT row_group_id, any_value(row_group_num_rows)::INT AS count FROM parquet_metadata('${path}')
       GROUP BY ALL ORDER BY 1`,
    );
    const counts = groups.map(({ count }) => Number(count));
    expect(counts.slice(0, -1).every((count) => count >= 5000)).toBe(true);
    expect(counts.length).toBeLessThanOrEqual(3);
    const found = await query(`SELECT id::INT AS id, name, active FROM read_parquet('${path}') ORDER BY id`);
    const expected = [...rows(schemaNamed(schema), { seed: 3, count: 11_000 })];
    expect(found).toEqual(expected.map(({ id, name, active }) => ({ id, name, active })));
  });

  it.each(['none', 'deflate'] as const)(
    'avro (%s) by avsc, every value of every type',
    async (compression) => {
      const options = { schema: everything, rows: 3000, seed: 3, format: 'avro', compression } as const;
      const expected = [...rows(everything, { seed: 3, count: 3000 })].map((row) => ({
        ...row,
        moment: row['moment'] === null ? null : Date.parse(String(row['moment'])) * 1000,
        day: row['day'] === null ? null : Date.parse(String(row['day'])) / 86_400_000,
      }));
      expect(await readAvro(await bytesOf(options))).toEqual(expected);
    },
  );

  it.each(
    schemaNames.flatMap((schema) =>
      (['csv', 'json', 'jsonl', 'parquet'] as const).map((format) => [schema, format] as const),
    ),
  )(
    '%s as %s: counts, sums and nulls with a tenth of bad rows are those of its rows',
    async (schema, format) => {
      const bad = { share: 0.1, kinds: ['missing_values', 'outliers', 'duplicates'] as const };
      const options = { schema, rows: 2000, seed: 9, format, bad };
      const [found] = await query(
        `SELECT count(*)::INT AS n, sum(id)::DOUBLE AS ids, sum(value)::DOUBLE AS sum, count(value)::INT AS filled,
           count(DISTINCT id)::INT AS different FROM ${reader(await written(options), format)}`,
      );
      const all = [...rows(schema, { seed: 9, count: 2000, bad })];
      const numbers = (key: string) =>
        all.map((row) => row[key]).filter((value) => typeof value === 'number');
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      expect(dataSet(options).badRows).toBe(200);
      expect(found).toEqual({
        n: 2000,
        ids: sum(numbers('id')),
        sum: expect.closeTo(sum(numbers('value')), 2) as number,
        filled: numbers('value').length,
        different: new Set(numbers('id')).size,
      });
    },
  );

  it.each(['csv', 'json', 'jsonl', 'parquet', 'avro'] as const)(
    '%s without rows is a whole file',
    async (format) => {
      const options = { schema: 'small', rows: 0, seed: 1, format } as const;
      if (format === 'avro') expect(await readAvro(await bytesOf(options))).toEqual([]);
      else
        expect(
          await query(`SELECT count(*)::INT AS n FROM ${reader(await written(options), format)}`),
        ).toEqual([{ n: 0 }]);
    },
  );

  it('csv without a header begins with the first row', async () => {
    const options = { schema: 'facts', rows: 1, seed: 1, format: 'csv', header: false } as const;
    expect((await bytesOf(options)).toString()).toMatch(/^1,/);
  });
});

describe('bad rows', () => {
  it('malformed lines are those that readers of csv refuse, and no others', async () => {
    const bad = { share: 0.1, kinds: ['malformed'] as const };
    const path = await written({ schema: 'facts', rows: 1000, seed: 2, format: 'csv', bad });
    const sql = `SELECT count(*)::INT AS n FROM read_csv('${path}', header = true, ignore_errors = true, null_padding = false,
      columns = {id: 'BIGINT', name: 'VARCHAR', category: 'VARCHAR', value: 'DOUBLE', created_at: 'TIMESTAMPTZ', active: 'BOOLEAN'})`;
    expect(await query(sql)).toEqual([{ n: 900 }]);
  });

  it('malformed lines of jsonl are not JSON', async () => {
    const bad = { share: 0.1, kinds: ['malformed'] as const };
    const text = (await bytesOf({ schema: 'facts', rows: 1000, seed: 2, format: 'jsonl', bad })).toString();
    const broken = text
      .trimEnd()
      .split('\n')
      .filter((line) => {
        try {
          JSON.parse(line);
          return false;
        } catch {
          return true;
        }
      });
    expect(broken).toHaveLength(100);
  });

  it.each(['csv', 'parquet', 'avro'] as const)(
    '%s has the same number of them, whatever it can hold',
    async (format) => {
      const options = { schema: 'facts-wide', rows: 1234, seed: 5, format, bad: { share: 0.25 } } as const;
      expect(dataSet(options).badRows).toBe(309);
      expect((await bytesOf(options)).length).toBeGreaterThan(0);
    },
  );
});

describe('the same seed gives the same bytes', () => {
  // Also on other versions of Node: what zlib makes of them is left out.
  it.each<[string, Format, Compression, string]>([
    ['small', 'csv', 'none', 'c17504ad3599e739'],
    ['medium', 'json', 'none', '44d568b939d8b2cc'],
    ['large', 'csv', 'none', '7c20d175f22d2f0e'],
    ['large', 'parquet', 'snappy', '5b4f7dd10d237d18'],
    ['facts', 'csv', 'none', '941f25c7a59a575b'],
    ['facts', 'jsonl', 'none', 'd903d137651b82d7'],
    ['facts', 'parquet', 'none', 'e437ed091de5c55d'],
    ['facts', 'parquet', 'snappy', 'f4f1bcbf18d3d979'],
    ['facts', 'avro', 'none', '55009a463a8f147f'],
    ['facts-wide', 'csv', 'none', '869a065d7f3b13e7'],
    ['facts-wide', 'avro', 'none', '84ff4f29a35e8b52'],
  ])('%s as %s (%s)', async (schema, format, compression, hash) => {
    const options = { schema, rows: 5000, seed: 42, format, compression, bad: { share: 0.1 } };
    expect(sha256(await bytesOf(options))).toBe(hash);
  });

  it('whether compressed or not', async () => {
    const options = { schema: 'medium', rows: 2000, seed: 1, format: 'csv' } as const;
    expect(gunzipSync(await bytesOf({ ...options, compression: 'gzip' }))).toEqual(await bytesOf(options));
  });

  it('however often it is gone through', async () => {
    const set = dataSet({ schema: 'facts', rows: 2000, seed: 1, format: 'parquet' });
    const hashes = new Set<string>();
    for (let time = 0; time < 2; time++) {
      const pieces: Uint8Array[] = [];
      for await (const piece of set) pieces.push(piece);
      hashes.add(sha256(Buffer.concat(pieces)));
    }
    expect(hashes.size).toBe(1);
  });

  it('another seed gives others', async () => {
    const of = (seed: number) => bytesOf({ schema: 'facts', rows: 100, seed, format: 'csv' });
    expect(sha256(await of(1))).not.toBe(sha256(await of(2)));
  });

  it('more rows begin with the same ones', async () => {
    const of = async (count: number) =>
      (await bytesOf({ schema: 'large', rows: count, seed: 1, format: 'csv' })).toString();
    expect((await of(300)).startsWith(await of(200))).toBe(true);
  });
});

describe('pieces', () => {
  it.each(['csv', 'json', 'jsonl', 'parquet', 'avro'] as const)(
    'of %s are small, and others have a turn between them',
    async (format) => {
      let [turns, pieces, largest] = [0, 0, 0];
      const timer = setInterval(() => undefined, 1);
      const tick = () => {
        turns += 1;
        if (counting) setImmediate(tick);
      };
      let counting = true;
      setImmediate(tick);
      for await (const piece of dataSet({ schema: 'medium', rows: 20_000, seed: 1, format })) {
        pieces += 1;
        largest = Math.max(largest, piece.length);
      }
      counting = false;
      clearInterval(timer);
      expect(largest).toBeLessThan(512 * 1024);
      expect(pieces).toBeGreaterThan(10);
      expect(turns).toBeGreaterThanOrEqual(pieces - 1);
    },
  );

  it('may be left in the middle', async () => {
    for await (const piece of dataSet({
      schema: 'large',
      rows: 1_000_000,
      seed: 1,
      format: 'csv',
      compression: 'gzip',
    })) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
  });
});

describe('options that do not go together', () => {
  const facts = { schema: 'facts', rows: 10, seed: 1, format: 'csv' } as const;
  it.each<[string, Partial<DataSetOptions>, string]>([
    [
      'an unknown schema',
      { schema: 'fact' },
      'unknown schema "fact". Known: small, medium, large, facts, facts-wide. Did you mean "facts"?',
    ],
    [
      'a compression that the format has not',
      { format: 'avro', compression: 'gzip' },
      'avro is not compressed by gzip: expected one of none, deflate',
    ],
    ['rows below 0', { rows: -1 }, 'rows must be a whole number from 0'],
    ['a part of a row', { rows: 1.5 }, 'rows must be a whole number'],
    ['a seed beyond 32 bits', { seed: 2 ** 32 }, 'seed must be a whole number from 0 to 4294967295'],
    ['a share above 1', { bad: { share: 1.1 } }, 'bad must be a share from 0 to 1'],
    ['no kinds', { bad: { share: 0.1, kinds: [] } }, 'bad needs at least one kind'],
    ['duplicates of nothing', { bad: { share: 0.6, kinds: ['duplicates'] } }, 'at most 50%'],
    ['a duplicate alone', { rows: 1, bad: { share: 0.1, kinds: ['duplicates'] } }, 'at least 2 rows'],
    [
      'wrong types where columns have types',
      { format: 'parquet', bad: { share: 0.1, kinds: ['wrong_types'] } },
      'wrong_types cannot stand in parquet',
    ],
    [
      'malformed lines where there are none',
      { format: 'json', bad: { share: 0.1, kinds: ['malformed'] } },
      'malformed lines are for csv and jsonl',
    ],
  ])('%s', (_, given, message) => {
    expect(() => dataSet({ ...facts, ...given })).toThrow(message);
  });

  const columns = (column: object): Partial<DataSetOptions> => ({
    schema: { name: 'mine', columns: { a: column } } as Schema,
  });
  it.each<[string, Partial<DataSetOptions>, string]>([
    ['no columns', { schema: { name: 'mine', columns: {} } }, 'columns: expected at least one'],
    [
      'a name that BigQuery refuses',
      { schema: { name: 'm', columns: { 'a-b': { type: 'name' } } } },
      'column a-b: a name begins with a letter',
    ],
    [
      'names that differ by case',
      { schema: { name: 'm', columns: { a: { type: 'name' }, A: { type: 'name' } } } },
      'has the same name but for upper and lower case',
    ],
    [
      'a key of another type',
      columns({ type: 'integer', length: 5 }),
      'column a: length has no meaning for integer; it is for text',
    ],
    ['a choice of nothing', columns({ type: 'choice' }), 'a choice needs `of`'],
    [
      'max below min',
      columns({ type: 'number', min: 5, max: 4 }),
      'max must not be below min, found 4 below 5',
    ],
    ['parts of integers', columns({ type: 'integer', min: 0.5 }), 'must be whole numbers'],
    ['numbers too large to be exact', columns({ type: 'integer', max: 1e15 }), 'must lie within'],
    [
      'minLength above length',
      columns({ type: 'text', minLength: 30 }),
      'minLength must not be above length, found 30 above 20',
    ],
    ['no time', columns({ type: 'timestamp', from: 'yesterday' }), 'found yesterday'],
    ['a year too far', columns({ type: 'date', to: '2500-01-01' }), 'the years 1900 to 2198'],
    [
      'times that end before they begin',
      columns({ type: 'date', from: '2026-01-01' }),
      'to must be later than from',
    ],
    [
      'a share that is none',
      columns({ type: 'boolean', share: 'half' }),
      'share must be a share such as 80%',
    ],
    ['too many nulls', columns({ type: 'name', nulls: 2 }), 'nulls must be a share'],
  ])('%s', (_, given, message) => {
    expect(() => dataSet({ ...facts, ...given })).toThrow(message);
  });
});
