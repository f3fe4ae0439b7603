import { BigQuery } from '@google-cloud/bigquery';
import type { Job } from '@google-cloud/bigquery';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../server.ts';
import type { Sandbox } from '../server.ts';
import { officialClient } from './test-support/client.ts';

let sandbox: Sandbox;
let bigQuery: BigQuery;

/** Ten days of ten rows: `id` 8 bytes, `day` 8, `moment` 8, `name` 6. A row has 30 bytes, a day 300, all 3000. */
const rows = `SELECT n AS id, DATE_ADD(DATE '2026-01-01', INTERVAL DIV(n, 10) DAY) AS day,
  TIMESTAMP_ADD(TIMESTAMP '2026-01-01 00:00:00+00', INTERVAL n * 144 MINUTE) AS moment, 'abcd' AS name
  FROM UNNEST(GENERATE_ARRAY(0, 99)) AS n`;

beforeAll(async () => {
  sandbox = await startSandbox();
  bigQuery = officialClient(sandbox.url);
  await bigQuery.query(`CREATE TABLE pipeline.plain AS ${rows}`);
  await bigQuery.query(`CREATE TABLE pipeline.days PARTITION BY day CLUSTER BY name, id AS ${rows}`);
  await bigQuery.query(`CREATE TABLE pipeline.times PARTITION BY DATE(moment) AS ${rows}`);
  await bigQuery.query(`CREATE TABLE pipeline.months PARTITION BY DATE_TRUNC(day, MONTH) AS ${rows}`);
  await bigQuery.query(
    `CREATE TABLE pipeline.ranges PARTITION BY RANGE_BUCKET(id, GENERATE_ARRAY(0, 90, 10)) AS ${rows}`,
  );
});
afterAll(() => sandbox.close());

const day = (number: number) => BigQuery.date(`2026-01-0${number}`);

async function estimate(query: string, options: object = {}): Promise<number> {
  const [job] = await bigQuery.createQueryJob({ query, dryRun: true, ...options });
  return bytesOf(job);
}

async function processed(query: string): Promise<number> {
  const [job] = await bigQuery.createQueryJob({ query, useQueryCache: false });
  await job.getQueryResults();
  await job.getMetadata();
  return bytesOf(job);
}

function bytesOf({ metadata }: Job): number {
  const { statistics } = metadata as { statistics: { totalBytesProcessed: string } };
  return Number(statistics.totalBytesProcessed);
}

describe('an estimate counts the columns that a query reads of each table', () => {
  beforeAll(async () => {
    await bigQuery.query(`CREATE TABLE pipeline.a AS SELECT 1 AS id, 'ab' AS name, 1.5 AS value`);
    await bigQuery.query(`CREATE TABLE pipeline.b AS SELECT 1 AS id, 'abcdef' AS name, 2.5 AS value`);
  });

  it.each([
    ['SELECT name FROM pipeline.a', 4],
    ['SELECT * FROM pipeline.a', 20],
    ['SELECT COUNT(*) FROM pipeline.a', 0],
    ['SELECT a.name FROM pipeline.a AS a JOIN pipeline.b AS b ON a.id = b.id', 20],
    ['SELECT b.name, value FROM pipeline.a JOIN (SELECT id, name FROM pipeline.b) AS b USING (id)', 32],
    ['SELECT id FROM pipeline.a WHERE id IN (SELECT id FROM pipeline.b WHERE value > 1)', 24],
    ['SELECT name FROM (SELECT * FROM pipeline.a)', 4],
    ['SELECT name FROM (SELECT * FROM pipeline.a) WHERE value > 1', 12],
    ['WITH t AS (SELECT * FROM pipeline.a), u AS (SELECT id AS x, name AS y FROM t) SELECT y FROM u', 4],
    ['SELECT * EXCEPT (name) FROM pipeline.a', 16],
    ['SELECT t FROM pipeline.a AS t', 20],
    ['SELECT t.* FROM pipeline.a AS t, pipeline.b AS u', 20],
    ['SELECT id FROM pipeline.a UNION ALL SELECT id FROM pipeline.b', 16],
    ['SELECT name AS n FROM pipeline.a ORDER BY n', 4],
    ['SELECT id FROM pipeline.a ORDER BY name', 12],
    ['SELECT (SELECT MAX(b.value) FROM pipeline.b AS b WHERE b.id = a.id) AS m FROM pipeline.a AS a', 24],
    ['SELECT x.id FROM pipeline.a AS x JOIN pipeline.a AS y ON x.name = y.name', 12],
    ['UPDATE pipeline.a SET name = "x" WHERE id = 1', 8],
    ['SELECT name, SUM(id) AS s FROM pipeline.a GROUP BY 1 HAVING s > 0', 12],
  ])('%s', async (query, bytes) => {
    expect(await estimate(query)).toBe(bytes);
  });
});

describe('a filter on the column of the partitions leaves out the others', () => {
  it.each([
    [`FROM pipeline.plain WHERE day = '2026-01-03'`, 3000],
    [`FROM pipeline.days WHERE day = '2026-01-03'`, 300],
    [`FROM pipeline.days WHERE day = DATE '2026-01-03' AND name = 'abcd'`, 300],
    [`FROM pipeline.days AS d WHERE '2026-01-09' <= d.day`, 600],
    [`FROM pipeline.days WHERE day BETWEEN '2026-01-02' AND '2026-01-04'`, 900],
    [`FROM pipeline.days WHERE day IN ('2026-01-02', '2026-01-04', '2027-01-01')`, 600],
    [`FROM pipeline.days WHERE day < '2026-01-02' OR day > '2026-01-09'`, 600],
    [`FROM pipeline.days WHERE day = '2026-01-02' OR name = 'x'`, 3000],
    [`FROM pipeline.days WHERE NOT day = '2026-01-02'`, 3000],
    [`FROM pipeline.days WHERE day != '2026-01-02'`, 3000],
    [`FROM pipeline.days WHERE day IS NULL`, 0],
    [`FROM pipeline.days WHERE day = (SELECT MAX(p.day) FROM pipeline.plain AS p)`, 3800],
    [`FROM pipeline.days WHERE day = DATE_SUB(DATE '2026-01-04', INTERVAL 1 DAY)`, 300],
    [`FROM pipeline.days WHERE day >= CURRENT_DATE()`, 0],
    [`FROM (SELECT * FROM pipeline.days) WHERE day = '2026-01-03'`, 300],
    [`FROM (SELECT * FROM pipeline.days LIMIT 100) WHERE day = '2026-01-03'`, 3000],
    [`FROM pipeline.times WHERE moment >= '2026-01-09 12:00:00' AND moment < '2026-01-10'`, 300],
    [`FROM pipeline.times WHERE moment < TIMESTAMP '2026-01-02 00:00:00+00'`, 300],
    [`FROM pipeline.times WHERE DATE(moment) = '2026-01-02'`, 300],
    [`FROM pipeline.times WHERE TIMESTAMP_TRUNC(moment, DAY) = TIMESTAMP '2026-01-02'`, 300],
    [`FROM pipeline.months WHERE day = '2026-01-03'`, 3000],
    [`FROM pipeline.months WHERE day = '2026-02-03'`, 0],
    [`FROM pipeline.ranges WHERE id = 15`, 600],
    [`FROM pipeline.ranges WHERE id < 5`, 600],
  ])('SELECT * %s', async (rest, bytes) => {
    expect(await estimate(`SELECT * ${rest}`)).toBe(bytes);
    expect(await processed(`SELECT * ${rest}`)).toBe(bytes);
  });

  it.each([
    [
      {
        query: 'SELECT * FROM pipeline.days WHERE day = @d',
        params: { d: day(3) },
      },
      300,
    ],
    [{ query: 'SELECT id FROM pipeline.days WHERE day >= ?', params: [day(3)] }, 1280],
    [
      {
        query: 'SELECT * FROM pipeline.days WHERE day IN UNNEST(@d)',
        params: { d: [day(3), day(5)] },
      },
      600,
    ],
  ])('by a parameter: %j', async ({ query, ...options }, bytes) => {
    expect(await estimate(query, options)).toBe(bytes);
  });

  it('in joins and unions each for itself', async () => {
    const join = `SELECT d.name FROM pipeline.days AS d JOIN pipeline.plain AS p ON d.id = p.id AND d.day = '2026-01-01'`;
    expect(await estimate(join)).toBe(10 * 22 + 800);
    const union = `SELECT id FROM pipeline.days WHERE day = '2026-01-01' UNION ALL SELECT id FROM pipeline.days WHERE day = '2026-01-02'`;
    expect(await estimate(union)).toBe(20 * 16);
    const left = `SELECT p.id FROM pipeline.plain AS p LEFT JOIN pipeline.days AS d ON p.id = d.id AND d.day = '2026-01-01'`;
    expect(await estimate(left)).toBe(800 + 10 * 16);
    const change = `DELETE FROM pipeline.days WHERE day = '2027-01-01'`;
    expect(await estimate(change)).toBe(0);
  });
});

describe('partitions and clusters', () => {
  it('are shown by the table, also where a load job or tables.insert asked for them', async () => {
    const schema = 'id:INTEGER,day:DATE';
    const [made] = await bigQuery.dataset('pipeline').createTable('by_rest', {
      schema,
      timePartitioning: { type: 'DAY', field: 'day' },
      clustering: { fields: ['id'] },
    });
    await made.insert([
      { id: 1, day: '2026-01-01' },
      { id: 2, day: '2026-01-02' },
    ]);
    expect(await estimate(`SELECT id FROM pipeline.by_rest WHERE day > '2026-01-01'`)).toBe(16);
    const days = bigQuery.dataset('pipeline').table('days');
    await days.getMetadata();
    const { timePartitioning, clustering } = days.metadata as Record<string, unknown>;
    expect({ timePartitioning, clustering }).toEqual({
      timePartitioning: { type: 'DAY', field: 'day' },
      clustering: { fields: ['name', 'id'] },
    });
  });

  it('come with the result of a query', async () => {
    const [job] = await bigQuery.createQueryJob({
      query: 'SELECT * FROM pipeline.plain',
      destination: bigQuery.dataset('pipeline').table('by_job'),
      timePartitioning: { type: 'DAY', field: 'day' },
    });
    await job.getQueryResults();
    expect(await estimate(`SELECT * FROM pipeline.by_job WHERE day = '2026-01-03'`)).toBe(300);
    await bigQuery.query('CREATE OR REPLACE TABLE pipeline.by_job AS SELECT * FROM pipeline.plain');
    expect(await estimate(`SELECT * FROM pipeline.by_job WHERE day = '2026-01-03'`)).toBe(3000);
  });

  it.each([
    [
      'CREATE TABLE pipeline.x PARTITION BY nowhere AS SELECT 1 AS id',
      'cannot be found in the schema: nowhere',
    ],
    ['CREATE TABLE pipeline.x (id INT64) PARTITION BY id', 'id cannot be partitioned by time'],
    ['CREATE TABLE pipeline.x (id INT64) PARTITION BY _PARTITIONDATE', 'does not support _PARTITIONDATE'],
    ['CREATE TABLE pipeline.x (id INT64) CLUSTER BY nowhere', 'cannot be found in the schema: nowhere'],
    ['CREATE TABLE pipeline.x (id FLOAT64) CLUSTER BY id', 'cannot be clustered by'],
    ['CREATE TABLE pipeline.x (d DATE) PARTITION BY DATE_TRUNC(d, HOUR)', 'partitioned by DAY, MONTH, YEAR'],
    [
      'CREATE TABLE pipeline.x (d DATE) OPTIONS (kms_key_name = "x")',
      'does not support the option kms_key_name',
    ],
  ])('%s is refused', async (query, message) => {
    await expect(bigQuery.query(query)).rejects.toThrow(message);
  });

  it('may need a filter', async () => {
    await bigQuery.query(
      `CREATE TABLE pipeline.strict PARTITION BY day OPTIONS (require_partition_filter = true) AS ${rows}`,
    );
    const message =
      "Cannot query over table 'sandbox-project.pipeline.strict' without a filter over column(s) 'day'";
    await expect(bigQuery.query('SELECT COUNT(*) FROM pipeline.strict')).rejects.toThrow(message);
    await expect(bigQuery.query(`DELETE FROM pipeline.strict WHERE id = 1`)).rejects.toThrow(message);
    const [found] = await bigQuery.query(
      `SELECT COUNT(*) AS n FROM pipeline.strict WHERE day > '2026-01-08'`,
    );
    expect(found).toEqual([{ n: 20 }]);
  });
});
