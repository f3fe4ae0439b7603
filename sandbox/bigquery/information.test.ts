import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BigQuery } from '@google-cloud/bigquery';
import { startSandbox } from '../server.ts';
import type { Sandbox } from '../server.ts';
import { officialClient } from './test-support/client.ts';

let sandbox: Sandbox;
let bigQuery: BigQuery;
beforeAll(async () => {
  sandbox = await startSandbox();
  bigQuery = officialClient(sandbox.url);
  await bigQuery.query(
    `CREATE TABLE pipeline.seen (id INT64 NOT NULL, day DATE, tags ARRAY<STRUCT<a INT64, b STRING>>) PARTITION BY day CLUSTER BY id`,
  );
});
afterAll(() => sandbox.close());

describe('INFORMATION_SCHEMA', () => {
  it('shows the columns of a dataset', async () => {
    const [rows] = await bigQuery.query(
      'SELECT * EXCEPT (table_catalog, table_schema, table_name) FROM pipeline.INFORMATION_SCHEMA.COLUMNS ORDER BY ordinal_position',
    );
    const plain = { is_nullable: 'YES', is_partitioning_column: 'NO', clustering_ordinal_position: null };
    expect(rows).toEqual([
      {
        ...plain,
        column_name: 'id',
        ordinal_position: 1,
        data_type: 'INT64',
        is_nullable: 'NO',
        clustering_ordinal_position: 1,
      },
      { ...plain, column_name: 'day', ordinal_position: 2, data_type: 'DATE', is_partitioning_column: 'YES' },
      { ...plain, column_name: 'tags', ordinal_position: 3, data_type: 'ARRAY<STRUCT<a INT64, b STRING>>' },
    ]);
  });

  it.each([
    '`region-us`.INFORMATION_SCHEMA.JOBS',
    '`sandbox-project`.`region-us`.INFORMATION_SCHEMA.JOBS_BY_PROJECT',
  ])('shows the jobs: %s', async (view) => {
    const query = `SELECT COUNT(*) AS n FROM pipeline.seen`;
    await bigQuery.query(query);
    const [rows] = await bigQuery.query(
      `SELECT state, job_type, statement_type, total_bytes_processed FROM ${view} WHERE query = '${query}' AND end_time >= creation_time LIMIT 1`,
    );
    expect(rows).toEqual([
      { state: 'DONE', job_type: 'QUERY', statement_type: 'SELECT', total_bytes_processed: 0 },
    ]);
  });

  it('shows nothing of other places, and refuses other views', async () => {
    const [rows] = await bigQuery.query('SELECT job_id FROM `region-eu`.INFORMATION_SCHEMA.JOBS');
    expect(rows).toEqual([]);
    await expect(bigQuery.query('SELECT * FROM pipeline.INFORMATION_SCHEMA.ROUTINES')).rejects.toThrow(
      'does not support INFORMATION_SCHEMA.ROUTINES',
    );
  });
});
