import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyOf, headerOf, Stage } from './test-support/perform.ts';
import { emulators, sandbox, type RealServer } from './test-support/real-servers.ts';

const dataset = `test_${randomUUID().slice(0, 8)}`;
const load = { writeDisposition: 'WRITE_APPEND', createDisposition: 'CREATE_IF_NEEDED' } as const;
const generated = { generate: 'facts', rows: 200, seed: 7, bad: 0, format: 'csv', header: true } as const;
const insert = { insertIds: true, skipInvalidRows: false, ignoreUnknownValues: false } as const;

describe.each([sandbox, ...emulators])('on $name', (kind) => {
  const { isEmulator, project } = kind;
  let server: RealServer;
  let stage: Stage;
  beforeAll(async () => {
    server = await kind.start();
    stage = await Stage.open({ endpoint: server.url, project, defaultDataset: dataset }, () =>
      Buffer.from('id,name\n1,Ada\n2,"Bob, too"\n'),
    );
    const { outcome } = await stage.perform({ create: { dataset, ifExists: 'fail' } });
    expect(outcome).toMatchObject({ ok: true, code: '200' });
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await server.stop();
  });

  const rowsOf = async (query: string, more: object = {}) => {
    const seen = await stage.perform({ query, ...more });
    expect(seen.outcome.failure).toBeUndefined();
    return bodyOf(seen).rows;
  };

  it('values of every common type come back as JSON', async () => {
    const query = `SELECT 7 AS i, 1.5 AS f, TRUE AS b, 'x' AS s, CAST(NULL AS STRING) AS n, DATE '2025-01-02' AS d,
      TIMESTAMP '2025-01-02 03:04:05+00' AS t, [1, 2] AS a, STRUCT(1 AS x, 'y' AS y) AS r`;
    expect(await rowsOf(query)).toEqual([
      {
        i: 7,
        f: 1.5,
        b: true,
        s: 'x',
        n: null,
        d: '2025-01-02',
        t: '2025-01-02T03:04:05Z',
        a: [1, 2],
        r: { x: 1, y: 'y' },
      },
    ]);
  });

  it('parameters keep their types', async () => {
    const parameters = {
      i: { type: 'INT64', value: '7' },
      f: 1.5,
      b: true,
      s: 'x',
      d: { type: 'DATE', value: '2025-01-02' },
      a: ['x', 'y'],
    };
    expect(
      await rowsOf("SELECT @i + 1 AS i, @f AS f, @b AS b, @s AS s, @d AS d, 'y' IN UNNEST(@a) AS a", {
        parameters,
      }),
    ).toEqual([{ i: 8, f: 1.5, b: true, s: 'x', d: '2025-01-02', a: true }]);
    // The emulator takes every array for one of texts.
    const whole = { a: { type: 'ARRAY<INT64>', value: [1, 2] } };
    if (!isEmulator) expect(await rowsOf('SELECT @a AS a', { parameters: whole })).toEqual([{ a: [1, 2] }]);
    expect(await rowsOf('SELECT ? + ? AS n', { parameters: [1, 2] })).toEqual([{ n: 3 }]);
  });

  it('a file of the plan’s folder is loaded, and rows are inserted beside it', async () => {
    const loaded = await stage.perform({
      load: {
        ...load,
        table: 'people',
        from: 'people.csv',
        schema: 'id:INTEGER, name:STRING',
        skipLeadingRows: 1,
      },
    });
    expect(loaded.outcome).toMatchObject({ ok: true });
    const rows = [{ id: 3, name: 'Cleo' }];
    const inserted = await stage.perform({ insert: { ...insert, table: 'people', rows } });
    expect(inserted.outcome).toMatchObject({ ok: true, metrics: { bigquery_rows: 1 } });
    const found = await rowsOf('SELECT id, name FROM people ORDER BY id');
    expect(found).toEqual([
      { id: 1, name: 'Ada' },
      { id: 2, name: 'Bob, too' },
      { id: 3, name: 'Cleo' },
    ]);
  });

  it('generated data are loaded in full', async () => {
    const { outcome } = await stage.perform({ load: { ...load, table: 'facts', from: generated } });
    expect(outcome).toMatchObject({ ok: true });
    expect(await rowsOf('SELECT COUNT(*) AS n, COUNT(DISTINCT id) AS d FROM facts')).toEqual([
      { n: 200, d: 200 },
    ]);
  });

  it('two queries that say the same have the same hash, through either way', async () => {
    const hash = async (query: string, api: 'query' | 'insert') =>
      headerOf(await stage.perform({ query, api, resultHash: true }), 'x-bigquery-result-hash');
    const all = 'SELECT name, value FROM facts';
    const first = await hash(all, 'query');
    expect(first).toMatch(/^200-/);
    expect(await hash(`SELECT name AS other, value FROM facts ORDER BY value DESC`, 'insert')).toBe(first);
    expect(await hash(`${all} WHERE id > 5`, 'query')).not.toBe(first);
  });

  it.skipIf(isEmulator)(
    'a script gives the rows and the hash of its last statement, and costs the sum',
    async () => {
      const statement = 'SELECT name, value FROM facts WHERE id > 5';
      const script = `DECLARE least INT64 DEFAULT 5;
      CREATE TEMP TABLE large AS SELECT id, name, value FROM facts WHERE id > least;
      SELECT name, value FROM large;`;
      const run = (query: string, more: object) =>
        stage.perform({ query, statistics: true, useQueryCache: false, ...more });
      const alone = await run(statement, { resultHash: true });
      for (const api of ['query', 'insert']) {
        const seen = await run(script, { resultHash: true, api });
        expect(seen.outcome).toMatchObject({ ok: true, code: '200' });
        const hash = headerOf(seen, 'x-bigquery-result-hash');
        expect(hash).toBe(headerOf(alone, 'x-bigquery-result-hash'));
        const { rows, statistics } = bodyOf(seen);
        expect(rows).toEqual(bodyOf(alone).rows);
        // Two tables are read, and each costs the least that is billed.
        expect(statistics).toMatchObject({ bytesBilled: 20 * 1024 * 1024, isCacheHit: false });
      }
      const failed = await run('SELECT 1;\nSELECT 1 / 0;', {});
      expect(failed.outcome.failure ?? failed.outcome.explanation).toMatch(/division by zero at \[2:1\]/);
      const endless = 'DECLARE i INT64 DEFAULT 0; WHILE TRUE DO SET i = i + 1; END WHILE';
      const { outcome } = await run(endless, { timeout: 300 });
      expect(outcome.ok).toBe(false);
    },
  );

  it('rows are fetched as far as is wished', async () => {
    const query = 'SELECT id FROM facts ORDER BY id';
    expect(await rowsOf(query, { fetch: 5 })).toHaveLength(5);
    expect(await rowsOf(query, { fetch: 'none' })).toEqual([]);
    expect(await rowsOf(query, { fetch: 'all' })).toHaveLength(200);
  });

  it('an estimate reads nothing and says how many bytes it would be', async () => {
    const { outcome } = await stage.perform({ query: 'SELECT name FROM facts', dryRun: true });
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome.metrics?.['bigquery_bytes_processed']).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['a mistake in a query', { query: 'SELEC 1' }, /SELEC/],
    ['a table that is not there', { query: `SELECT 1 FROM ${dataset}.nothing` }, /not found/i],
    [
      'a row that does not fit',
      { insert: { ...insert, table: 'people', rows: [{ nam: 'x' }] } },
      /no such field/i,
    ],
  ])('%s is told in the server’s words', async (_, config, words) => {
    const { outcome } = await stage.perform(config);
    expect(outcome.ok).toBe(false);
    expect(outcome.failure ?? outcome.explanation).toMatch(words);
  });

  it('what is there is not made again, and what is gone not deleted again', async () => {
    const remove = { table: 'people', contents: false } as const;
    const said = async (config: object) => (await stage.perform(config)).outcome.ok;
    expect(await said({ delete: { ...remove, ifMissing: 'fail' } })).toBe(true);
    expect(await said({ delete: { ...remove, ifMissing: 'ignore' } })).toBe(true);
    expect(await said({ delete: { ...remove, ifMissing: 'fail' } })).toBe(false);
    // The emulator answers 500 where BigQuery answers 409.
    if (!isEmulator) expect(await said({ create: { dataset, ifExists: 'ignore' } })).toBe(true);
    expect(await said({ create: { dataset, ifExists: 'fail' } })).toBe(false);
    expect(await said({ delete: { dataset, contents: true, ifMissing: 'fail' } })).toBe(true);
  });
});
