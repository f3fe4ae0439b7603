/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- the client's metadata is any */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BigQuery } from '@google-cloud/bigquery';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../server.ts';
import type { Sandbox } from '../server.ts';
import { officialClient } from './test-support/client.ts';

let sandbox: Sandbox;
let bigQuery: BigQuery;
const folder = mkdtempSync(join(tmpdir(), 'bigquery-test-'));

beforeAll(async () => {
  sandbox = await startSandbox();
  bigQuery = officialClient(sandbox.url);
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

const pipeline = () => bigQuery.dataset('pipeline');

async function table(name: string, rows: object[] = []) {
  const schema = 'id:INTEGER,name:STRING,value:FLOAT,at:TIMESTAMP';
  const [made] = await pipeline().createTable(name, { schema });
  if (rows.length > 0) await made.insert(rows);
  return made;
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error('It did not fail.');
    },
    (problem: unknown) => problem as { code: number; message: string; errors: { reason: string }[] },
  );

describe('queries of the official client', () => {
  it('give values of every type', async () => {
    const [rows] = await bigQuery.query(
      `SELECT 1 AS i, 1.5 AS f, TRUE AS b, 'x' AS s, b'abc' AS y, DATE '2026-01-02' AS d,
       TIMESTAMP '2026-01-02 03:04:05.000006+00' AS t, DATETIME '2026-01-02 03:04:05' AS dt, TIME '03:04:05' AS tm,
       [1, 2] AS a, STRUCT(1 AS p, ['q'] AS q) AS r, NULL AS n, [STRUCT(5 AS z)] AS ar, CAST('NaN' AS FLOAT64) AS nan`,
    );
    expect(JSON.parse(JSON.stringify(rows[0]))).toEqual({
      i: 1,
      f: 1.5,
      b: true,
      s: 'x',
      y: { type: 'Buffer', data: [97, 98, 99] },
      d: { value: '2026-01-02' },
      t: { value: '2026-01-02T03:04:05.000006000Z' },
      dt: { value: '2026-01-02T03:04:05' },
      tm: { value: '03:04:05' },
      a: [1, 2],
      r: { p: 1, q: ['q'] },
      n: null,
      ar: [{ z: 5 }],
      nan: null,
    });
  });

  it.each([
    [
      { query: 'SELECT @a + 1 AS x, @b AS y', params: { a: 41, b: "it's" } },
      { x: 42, y: "it's" },
    ],
    [
      { query: 'SELECT ? AS x, ? AS y', params: [true, 1.5] },
      { x: true, y: 1.5 },
    ],
    [{ query: 'SELECT ARRAY_LENGTH(@l) AS x', params: { l: [1, 2, 3] } }, { x: 3 }],
    [{ query: 'SELECT @s.a AS x', params: { s: { a: 7 } } }, { x: 7 }],
    [{ query: 'SELECT 2 IN UNNEST(@l) AS x', params: { l: [] }, types: { l: ['INT64'] } }, { x: false }],
  ])('take parameters: %j', async (options, row) => {
    const [rows] = await bigQuery.query(options as never);
    expect(rows).toEqual([row]);
  });

  it('are jobs with statistics in milliseconds, and answered from the cache until a table changes', async () => {
    const made = await table('cached', [{ id: 1, name: 'abc' }, { id: 2 }]);
    const run = async (options: object = {}) => {
      const [job] = await bigQuery.createQueryJob({
        query: 'SELECT id, name FROM pipeline.cached',
        ...options,
      });
      await job.getQueryResults();
      const [metadata] = await job.getMetadata();
      return metadata.statistics;
    };
    const first = await run();
    expect(first.query).toMatchObject({
      cacheHit: false,
      totalBytesProcessed: '21',
      totalBytesBilled: '10485760',
    });
    expect(Number(first.creationTime)).toBeGreaterThan(1.7e12);
    expect(Number(first.endTime)).toBeGreaterThanOrEqual(Number(first.startTime));
    expect(first.query.timeline).toHaveLength(1);
    expect((await run()).query).toMatchObject({
      cacheHit: true,
      totalBytesProcessed: '0',
      totalBytesBilled: '0',
    });
    expect((await run({ useQueryCache: false })).query).toMatchObject({ cacheHit: false });
    await made.insert([{ id: 3 }]);
    expect((await run()).query).toMatchObject({ cacheHit: false, totalBytesProcessed: '29' });
  });

  it('are only estimated by a dry run', async () => {
    await table('dry', [{ id: 1 }]);
    const [job] = await bigQuery.createQueryJob({ query: 'SELECT id FROM pipeline.dry', dryRun: true });
    expect(job.metadata.statistics).toMatchObject({
      totalBytesProcessed: '8',
      query: { schema: { fields: [{ name: 'id' }] } },
    });
  });

  it('come in pages', async () => {
    const query = 'SELECT x FROM UNNEST(GENERATE_ARRAY(1, 5000)) AS x ORDER BY x';
    const [job] = await bigQuery.createQueryJob({ query });
    const [rows, next] = await job.getQueryResults({ maxResults: 10, autoPaginate: false });
    expect(rows.map(({ x }) => x)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const [more] = await job.getQueryResults({ ...next, maxResults: 2100 });
    expect(more.at(-1)).toEqual({ x: 2110 });
    const [all] = await bigQuery.query(query);
    expect(all).toHaveLength(5000);
  });

  it('are cancelled while they run, and stopped at their limit', async () => {
    const query = `WITH n AS (SELECT x FROM UNNEST(GENERATE_ARRAY(1, 20000)) AS x)
      SELECT COUNT(*) AS c FROM n AS a, n AS b, n AS d WHERE MOD(a.x * b.x + d.x, 7) = 3`;
    const [job] = await bigQuery.createQueryJob({ query });
    expect((await failure(job.getQueryResults({ timeoutMs: 50 }))).message).toMatch(
      'did not complete before 50ms',
    );
    await job.cancel();
    const cancelled = await failure(job.getQueryResults());
    expect(cancelled.errors[0]?.reason).toBe('stopped');
    expect((await job.getMetadata())[0].status).toMatchObject({
      state: 'DONE',
      errorResult: { reason: 'stopped' },
    });
    const [limited] = await bigQuery.createQueryJob({ query, jobTimeoutMs: 60 });
    expect((await failure(limited.getQueryResults())).errors[0]?.reason).toBe('timeout');
  });

  it.each([
    [
      { query: 'SELECT * FROM pipeline.nowhere' },
      404,
      'notFound',
      /Not found: Table sandbox-project:pipeline.nowhere/,
    ],
    [{ query: 'SELECT 1 FROM nowhere.t' }, 404, 'notFound', /Not found/],
    [{ query: 'SELEC 1' }, 400, 'invalidQuery', /SELEC/],
    [{ query: 'SELECT nothing' }, 400, 'invalidQuery', /Unrecognized name: nothing/],
    [{ query: 'SELECT 1 AS a, 2 AS a' }, 400, 'invalidQuery', /Duplicate column names.*: a/],
    [{ query: 'SELECT 1/0' }, 400, 'invalidQuery', /division by zero/],
    [
      { query: 'SELECT FARM_FINGERPRINT("a")' },
      400,
      'invalidQuery',
      /Function not found: FARM_FINGERPRINT at \[1:8\]/,
    ],
    [
      { query: 'SELECT id FROM pipeline.billed', maximumBytesBilled: '1000' },
      400,
      'bytesBilledLimitExceeded',
      /limit for bytes billed: 1000. 10485760 or higher/,
    ],
    [{ query: 'SELECT 1', useLegacySql: true }, 400, 'invalid', /legacy SQL/],
  ])('that are wrong fail with code and reason: %j', async (options, code, reason, message) => {
    await bigQuery.query('CREATE TABLE IF NOT EXISTS pipeline.billed AS SELECT 1 AS id');
    const problem = await failure(bigQuery.query(options));
    expect({ code: problem.code, reason: problem.errors[0]?.reason }).toEqual({ code, reason });
    expect(problem.message).toMatch(message);
  });

  it('change rows and count them', async () => {
    await bigQuery.query(
      'CREATE OR REPLACE TABLE pipeline.changes (id INT64, name STRING) CLUSTER BY name OPTIONS(description="x")',
    );
    const affected = async (query: string) => {
      const [job] = await bigQuery.createQueryJob({ query });
      await job.getQueryResults();
      return (await job.getMetadata())[0].statistics.query.numDmlAffectedRows as string;
    };
    expect(
      await affected(`INSERT INTO pipeline.changes (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c')`),
    ).toBe('3');
    expect(await affected(`UPDATE pipeline.changes SET name = CONCAT(name, '!') WHERE id > 1`)).toBe('2');
    expect(await affected(`DELETE FROM pipeline.changes WHERE id = 3`)).toBe('1');
    const merge = `MERGE pipeline.changes t USING (SELECT 2 AS id, 'x' AS name UNION ALL SELECT 9, 'y') s ON t.id = s.id
      WHEN MATCHED THEN UPDATE SET name = s.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name)`;
    expect(await affected(merge)).toBe('2');
    const [rows] = await bigQuery.query('SELECT * FROM pipeline.changes ORDER BY id');
    expect(rows).toEqual([
      { id: 1, name: 'a' },
      { id: 2, name: 'x' },
      { id: 9, name: 'y' },
    ]);
    const twice = `MERGE pipeline.changes t USING (SELECT 1 AS id UNION ALL SELECT 1) s ON t.id = s.id WHEN MATCHED THEN DELETE`;
    expect((await failure(bigQuery.query(twice))).message).toMatch('at most one source row');
    const [tables] = await bigQuery.query(
      `SELECT table_name FROM pipeline.INFORMATION_SCHEMA.TABLES WHERE table_name = 'changes'`,
    );
    expect(tables).toEqual([{ table_name: 'changes' }]);
    await bigQuery.query('DROP TABLE pipeline.changes');
    expect((await failure(bigQuery.query('DROP TABLE pipeline.changes'))).code).toBe(404);
  });
});

describe('datasets and tables of the official client', () => {
  it('are made, shown, listed and deleted', async () => {
    const [dataset] = await bigQuery.createDataset('made');
    expect((await failure(bigQuery.createDataset('made'))).code).toBe(409);
    const [made] = await dataset.createTable('t', {
      schema: [{ name: 'id', type: 'INT64' }],
      labels: { a: 'b' },
    });
    expect((await failure(dataset.createTable('t', { schema: 'id:INTEGER' }))).code).toBe(409);
    expect((await made.getMetadata())[0]).toMatchObject({ numRows: '0', labels: { a: 'b' } });
    await made.setMetadata({ description: 'd' });
    expect((await made.getMetadata())[0]).toMatchObject({ description: 'd', labels: { a: 'b' } });
    expect((await dataset.getTables())[0].map(({ id }) => id)).toEqual(['t']);
    expect((await bigQuery.getDatasets())[0].map(({ id }) => id)).toContain('made');
    expect((await failure(dataset.delete())).errors[0]?.reason).toBe('resourceInUse');
    await dataset.delete({ force: true });
    expect(await dataset.exists()).toEqual([false]);
  });

  it('take rows, and tell which were wrong', async () => {
    const made = await table('inserted');
    await made.insert([{ id: 1, name: 'a', value: 0.5, at: '2026-01-01T00:00:00Z' }]);
    const wrong = [{ id: 'x' }, { id: 2 }, { id: 3, other: 1 }];
    const problem = await failure(made.insert(wrong));
    expect(problem).toMatchObject({ name: 'PartialFailureError' });
    expect((await made.getRows())[0]).toMatchObject([{ id: 1, name: 'a', value: 0.5 }]);
    await failure(made.insert(wrong, { skipInvalidRows: true }));
    expect((await made.getRows())[0].map(({ id }) => id as number).sort()).toEqual([1, 2]);
  });

  it.each([
    ['csv', 'id,name\n1,a\n2,b\n', { sourceFormat: 'CSV', skipLeadingRows: 1 }],
    ['json', '{"id":1,"name":"a"}\n{"id":2,"name":"b"}\n', { sourceFormat: 'NEWLINE_DELIMITED_JSON' }],
  ])('are loaded from a file of %s', async (end, content, options) => {
    const path = join(folder, `rows.${end}`);
    writeFileSync(path, content);
    const schema = {
      fields: [
        { name: 'id', type: 'INTEGER' },
        { name: 'name', type: 'STRING' },
      ],
    };
    const loaded = pipeline().table(`loaded_${end}`);
    const [job] = await loaded.load(path, { ...options, schema });
    expect(job.statistics?.load?.outputRows).toBe('2');
    expect((await loaded.getRows())[0]).toEqual([
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ]);
    writeFileSync(path, content.replace(/\b2\b/, 'x'));
    const problem = await failure(loaded.load(path, { ...options, schema, jobId: `bad_${end}` }));
    expect(problem.message).toMatch('1 rows are bad');
  });

  it('are exported to an object, loaded from it and copied', async () => {
    const source = await table('exported', [{ id: 1, name: 'a' }, { id: 2 }]);
    const uri = 'gs://pipeline-landing/out/rows-*.json';
    const run = async (configuration: object) => {
      const [job] = await bigQuery.createJob({ configuration });
      for (;;) {
        const [{ status }] = await job.getMetadata();
        if (status.state === 'DONE') return status as { errorResult?: { reason: string } };
      }
    };
    const reference = (tableId: string) => ({ projectId: 'sandbox-project', datasetId: 'pipeline', tableId });
    const extract = {
      sourceTable: reference('exported'),
      destinationUris: [uri],
      destinationFormat: 'NEWLINE_DELIMITED_JSON',
    };
    expect(await run({ extract })).toEqual({ state: 'DONE' });
    const load = {
      sourceUris: [uri],
      sourceFormat: 'NEWLINE_DELIMITED_JSON',
      destinationTable: reference('imported'),
      autodetect: true,
    };
    expect(await run({ load })).toEqual({ state: 'DONE' });
    expect((await pipeline().table('imported').getRows())[0]).toHaveLength(2);
    expect(await run({ load: { ...load, sourceUris: ['gs://pipeline-landing/none'] } })).toMatchObject({
      errorResult: { reason: 'notFound' },
    });
    await source.copy(pipeline().table('copied'));
    expect((await pipeline().table('copied').getRows())[0]).toHaveLength(2);
  });
});

describe('requests', () => {
  it('to another project are refused, unless the sandbox accepts any', async () => {
    const problem = await failure(officialClient(sandbox.url, 'other').query('SELECT 1'));
    expect(problem).toMatchObject({ code: 403, errors: [{ reason: 'accessDenied' }] });
    const any = await startSandbox({ projects: 'any' });
    expect((await officialClient(any.url, 'other').query('SELECT 1 AS x'))[0]).toEqual([{ x: 1 }]);
    await any.close();
  });

  it('meet faults that were asked for', async () => {
    const fault = {
      kind: 'status',
      path: '*/queries',
      status: 403,
      reason: 'quotaExceeded',
      message: 'Quota exceeded',
    };
    await fetch(`${sandbox.url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) });
    const problem = await failure(bigQuery.query('SELECT 1'));
    expect(problem).toMatchObject({ code: 403, errors: [{ reason: 'quotaExceeded' }] });
  });

  it('are served below /bigquery/v2 too', async () => {
    const response = await fetch(`${sandbox.url}/bigquery/v2/projects/sandbox-project/datasets/pipeline`);
    expect(await response.json()).toMatchObject({ kind: 'bigquery#dataset' });
    const unknown = await fetch(`${sandbox.url}/bigquery/v2/projects/sandbox-project/routines`);
    expect(unknown.status).toBe(404);
  });
});
