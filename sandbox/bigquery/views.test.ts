import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../server.ts';
import type { Sandbox } from '../server.ts';
import { Rest, tables } from './test-support/rest.ts';

let sandbox: Sandbox;
let rest: Rest;
beforeAll(async () => {
  sandbox = await startSandbox();
  rest = new Rest(sandbox);
  await rest.values(
    'CREATE TABLE pipeline.base (id INT64, day DATE, name STRING, price NUMERIC) PARTITION BY day',
  );
  await rest.values(
    `INSERT INTO pipeline.base VALUES (1, '2026-01-01', 'a', 1.5), (2, '2026-01-01', 'b', 2), (3, '2026-01-02', 'c', 3)`,
  );
  for (const sql of [
    'CREATE VIEW pipeline.seen AS SELECT id, day, name, price FROM pipeline.base;',
    'CREATE VIEW pipeline.named (number, label OPTIONS (description = "x")) OPTIONS (description = "y") AS SELECT id + 1, name FROM pipeline.base ORDER BY id',
    'CREATE OR REPLACE VIEW pipeline.outer_one AS WITH few AS (SELECT * FROM pipeline.seen) SELECT day, COUNT(*) AS n, SUM(price * 1.1) AS total FROM few GROUP BY day',
  ])
    expect(await rest.values(sql)).toEqual([]);
});
afterAll(() => sandbox.close());

describe('views', () => {
  it.each<[string, unknown]>([
    ['SELECT id FROM pipeline.seen WHERE name = "b"', [['2']]],
    ['SELECT s.name FROM pipeline.seen AS s JOIN pipeline.base b USING (id) ORDER BY 1 LIMIT 1', [['a']]],
    [
      'SELECT label, number FROM `sandbox-project.pipeline.named` ORDER BY number',
      [
        ['a', '2'],
        ['b', '3'],
        ['c', '4'],
      ],
    ],
    [
      'SELECT n, total FROM pipeline.outer_one ORDER BY day',
      [
        ['2', '3.85'],
        ['1', '3.3'],
      ],
    ],
    ['SELECT * FROM (SELECT price / 3 AS third FROM pipeline.seen) ORDER BY third DESC LIMIT 1', [['1']]],
    [
      `SELECT table_name, table_type FROM pipeline.INFORMATION_SCHEMA.TABLES ORDER BY 1`,
      [
        ['base', 'BASE TABLE'],
        ['named', 'VIEW'],
        ['outer_one', 'VIEW'],
        ['seen', 'VIEW'],
      ],
    ],
    [
      `SELECT view_definition, use_standard_sql FROM pipeline.INFORMATION_SCHEMA.VIEWS WHERE table_name = 'seen'`,
      [['SELECT id, day, name, price FROM pipeline.base', 'YES']],
    ],
    [
      `SELECT column_name, data_type FROM pipeline.INFORMATION_SCHEMA.COLUMNS WHERE table_name = 'named' ORDER BY ordinal_position`,
      [
        ['number', 'INT64'],
        ['label', 'STRING'],
      ],
    ],
    ['CREATE VIEW IF NOT EXISTS pipeline.seen AS SELECT 1 AS other', []],
    ['DROP VIEW IF EXISTS pipeline.nobody', []],
  ])('%s', async (sql, expected) => {
    expect(await rest.values(sql)).toEqual(expected);
  });

  it.each([
    ['SELECT id FROM pipeline.seen', 24],
    ['SELECT COUNT(*) FROM pipeline.seen', 0],
    [`SELECT id FROM pipeline.seen WHERE day = '2026-01-02'`, 16],
    [`SELECT n FROM pipeline.outer_one WHERE day = '2026-01-02'`, 8],
    ['SELECT number FROM pipeline.named', 24],
    ['CREATE VIEW pipeline.dry AS SELECT id FROM pipeline.base', 0],
  ])('%s reads what it reads of the tables', async (sql, bytes) => {
    expect(await rest.bytes(sql)).toBe(bytes);
  });

  const isView =
    'sandbox-project:pipeline.seen is not allowed for this operation because it is currently a VIEW';
  it.each([
    ['CREATE VIEW pipeline.seen AS SELECT 1 AS a', 'Already Exists: Table sandbox-project:pipeline.seen'],
    ['CREATE VIEW pipeline.base AS SELECT 1 AS a', 'Already Exists: Table sandbox-project:pipeline.base'],
    ['CREATE OR REPLACE VIEW pipeline.base AS SELECT 1 AS a', 'it is currently a TABLE'],
    ['CREATE TABLE pipeline.seen (a INT64)', 'Already Exists: Table sandbox-project:pipeline.seen'],
    ['CREATE OR REPLACE TABLE pipeline.seen (a INT64)', isView],
    ['INSERT INTO pipeline.seen (id) VALUES (1)', isView],
    ['UPDATE pipeline.seen SET id = 1 WHERE TRUE', isView],
    ['DELETE FROM pipeline.seen WHERE TRUE', isView],
    ['TRUNCATE TABLE pipeline.seen', isView],
    ['MERGE pipeline.seen s USING pipeline.base b ON s.id = b.id WHEN MATCHED THEN DELETE', isView],
    ['DROP TABLE pipeline.seen', 'which has type VIEW'],
    ['DROP VIEW pipeline.base', 'which has type TABLE'],
    ['DROP VIEW pipeline.nobody', 'Not found: Table sandbox-project:pipeline.nobody'],
    [
      'CREATE VIEW pipeline.bad AS SELECT id FROM pipeline.missing',
      'Not found: Table sandbox-project:pipeline.missing was not found in location US',
    ],
    ['CREATE VIEW pipeline.bad AS SELECT id FROM base', 'must be qualified with a dataset'],
    ['CREATE VIEW pipeline.bad AS SELECT @p AS a', 'Query parameters cannot be used in a view'],
    ['CREATE VIEW pipeline.bad (a) AS SELECT id, name FROM pipeline.base', 'has 1 columns, its query 2'],
    ['CREATE MATERIALIZED VIEW pipeline.bad AS SELECT 1 AS a', 'does not support CREATE MATERIALIZED'],
    ['SELECT nothing FROM pipeline.seen', 'Unrecognized name: nothing'],
    ['DROP SCHEMA pipeline', 'still in use'],
  ])('%s is refused', async (sql, message) => {
    expect(await rest.values(sql)).toContain(message);
  });

  it('tells the table that went from under a view, and views that are within each other', async () => {
    await rest.values('CREATE TABLE pipeline.short AS SELECT 1 AS a');
    await rest.values('CREATE VIEW pipeline.over_it AS SELECT a FROM pipeline.short');
    await rest.values('DROP TABLE pipeline.short');
    expect(await rest.values('SELECT a FROM pipeline.over_it')).toBe(
      'Not found: Table sandbox-project:pipeline.short was not found in location US',
    );
    await rest.values('CREATE TABLE pipeline.short AS SELECT 1 AS a');
    await rest.values('CREATE VIEW pipeline.back AS SELECT a FROM pipeline.over_it');
    await rest.values('CREATE OR REPLACE VIEW pipeline.over_it AS SELECT a FROM pipeline.back');
    expect(await rest.values('SELECT a FROM pipeline.over_it')).toContain('nested too deeply');
    expect(await rest.values('DROP VIEW pipeline.back')).toEqual([]);
    expect(await rest.values('DROP VIEW pipeline.over_it')).toEqual([]);
    expect(await rest.values('DROP TABLE pipeline.short')).toEqual([]);
  });

  it('are made, shown, changed and deleted by REST', async () => {
    const tableReference = { projectId: 'sandbox-project', datasetId: 'pipeline', tableId: 'by_rest' };
    const made = await rest.call('POST', tables, {
      tableReference,
      view: { query: 'SELECT id FROM pipeline.base', useLegacySql: false },
    });
    expect(made).toMatchObject({ type: 'VIEW', schema: { fields: [{ name: 'id', type: 'INTEGER' }] } });
    const listed = await rest.call('GET', tables);
    expect(listed.tables?.find((one) => one.tableReference.tableId === 'by_rest')?.type).toBe('VIEW');
    const view = { query: 'SELECT name AS n FROM pipeline.base WHERE id = 3', useLegacySql: false };
    expect(await rest.call('PATCH', `${tables}/by_rest`, { view })).toMatchObject({
      view,
      schema: { fields: [{ name: 'n' }] },
    });
    expect(await rest.values('SELECT * FROM pipeline.by_rest')).toEqual([['c']]);
    const rows = [{ json: { n: 'x' } }];
    const refused = [
      await rest.call('POST', tables, { tableReference, view }),
      await rest.call('POST', `${tables}/by_rest/insertAll`, { rows }),
      await rest.call('GET', `${tables}/by_rest/data`),
      await rest.call('PATCH', `${tables}/by_rest`, { view: { ...view, useLegacySql: true } }),
      await rest.call('PATCH', `${tables}/by_rest`, {
        view: { query: 'SELECT x FROM pipeline.base', useLegacySql: false },
      }),
      await rest.call('POST', tables, { tableReference, materializedView: { query: 'SELECT 1' } }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([409, 400, 400, 400, 400, 400]);
    expect((await rest.call('DELETE', `${tables}/by_rest`)).status).toBe(204);
    expect((await rest.call('GET', `${tables}/by_rest`)).status).toBe(404);
  });
});
