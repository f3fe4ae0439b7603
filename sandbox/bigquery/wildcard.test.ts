import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../server.ts';
import type { Sandbox } from '../server.ts';
import { Rest } from './test-support/rest.ts';

let sandbox: Sandbox;
let rest: Rest;
beforeAll(async () => {
  sandbox = await startSandbox();
  rest = new Rest(sandbox);
  for (const sql of [
    `CREATE TABLE pipeline.day_20260101 AS SELECT 1 AS id, 'a' AS name`,
    `CREATE TABLE pipeline.day_20260103 AS SELECT 4 AS id, 'd' AS name, 2.5 AS price`,
    `CREATE TABLE pipeline.day_20260102 AS SELECT 2 AS id, 'b' AS name, NUMERIC '1.5' AS price UNION ALL SELECT 3, 'c', NUMERIC '1.5'`,
    `CREATE OR REPLACE TABLE pipeline.day_20260103 AS SELECT 4 AS id, 'd' AS name, NUMERIC '2.5' AS price`,
    `CREATE TABLE pipeline.part_1 (id INT64, day DATE) PARTITION BY day OPTIONS (require_partition_filter = true)`,
    `CREATE TABLE pipeline.part_2 (id INT64, day DATE) PARTITION BY day OPTIONS (require_partition_filter = true)`,
    `INSERT INTO pipeline.part_1 VALUES (1, '2026-01-01'), (2, '2026-01-02')`,
    `INSERT INTO pipeline.part_2 VALUES (3, '2026-01-01'), (4, '2026-01-02')`,
    `CREATE TABLE pipeline.type_1 AS SELECT 'x' AS a, 1 AS b`,
    `CREATE TABLE pipeline.type_2 AS SELECT 1 AS a, 1.5 AS b`,
    `CREATE VIEW pipeline.seen AS SELECT * FROM \`pipeline.day_*\` WHERE _TABLE_SUFFIX > '20260101'`,
    `CREATE TABLE pipeline.both_1 AS SELECT 1 AS a`,
    `CREATE VIEW pipeline.both_2 AS SELECT 1 AS a`,
  ])
    expect(await rest.values(sql)).toEqual([]);
});
afterAll(() => sandbox.close());

const days = '`pipeline.day_*`';

describe('wildcard tables', () => {
  it.each<[string, unknown]>([
    [
      `SELECT * FROM ${days} ORDER BY id`,
      [
        ['1', 'a', null],
        ['2', 'b', '1.5'],
        ['3', 'c', '1.5'],
        ['4', 'd', '2.5'],
      ],
    ],
    [
      `SELECT _TABLE_SUFFIX AS day, COUNT(*) AS n, SUM(price) FROM \`sandbox-project.pipeline.day_2026*\` GROUP BY day HAVING n > 1`,
      [['0102', '2', '3']],
    ],
    [`SELECT d.* FROM ${days} AS d WHERE d._table_suffix = '20260101'`, [['1', 'a', null]]],
    [`SELECT * EXCEPT (price) FROM ${days} WHERE id = 1`, [['1', 'a']]],
    [
      `SELECT * FROM (SELECT *, _TABLE_SUFFIX AS s FROM ${days}) WHERE s = '20260103'`,
      [['4', 'd', '2.5', '20260103']],
    ],
    [`WITH few AS (SELECT * FROM ${days}) SELECT * FROM few WHERE id = 1`, [['1', 'a', null]]],
    [
      `SELECT a.id FROM ${days} a JOIN ${days} b USING (id) WHERE b._TABLE_SUFFIX LIKE '%1' ORDER BY 1`,
      [['1']],
    ],
    [`SELECT COUNT(*) FROM ${days} WHERE _TABLE_SUFFIX = 'none'`, [['0']]],
    [`SELECT id FROM ${days} WHERE _TABLE_SUFFIX = (SELECT MAX(_TABLE_SUFFIX) FROM ${days})`, [['4']]],
    [
      `SELECT id FROM \`sandbox-project\`.\`pipeline\`.\`day_*\` WHERE PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) < '2026-01-02'`,
      [['1']],
    ],
    ['SELECT id FROM pipeline.seen ORDER BY id', [['2'], ['3'], ['4']]],
    ['SELECT b FROM `pipeline.type_*` ORDER BY b', [['1.0'], ['1.5']]],
    [
      `DECLARE wanted STRING DEFAULT '20260103'; SELECT id FROM ${days} WHERE _TABLE_SUFFIX = wanted`,
      [['4']],
    ],
    [
      `SELECT COUNT(*) FROM \`pipeline.*\` WHERE _TABLE_SUFFIX = 'day_20260101'`,
      'Views cannot be queried through prefix. First view sandbox-project:pipeline.both_2.',
    ],
  ])('%s', async (sql, expected) => {
    expect(await rest.values(sql)).toEqual(expected);
  });

  const suffixes: readonly (readonly [string, number])[] = [
    [`_TABLE_SUFFIX = '20260102'`, 16],
    [`'20260102' < _TABLE_SUFFIX`, 8],
    [`_TABLE_SUFFIX BETWEEN '20260101' AND '20260102'`, 24],
    [`_TABLE_SUFFIX IN ('20260101', '20260103')`, 16],
    [`_TABLE_SUFFIX NOT IN ('20260102')`, 16],
    [`_TABLE_SUFFIX != '20260102'`, 16],
    [`_TABLE_SUFFIX LIKE '%3'`, 8],
    [`_TABLE_SUFFIX NOT LIKE '%3'`, 24],
    [`NOT ENDS_WITH(_TABLE_SUFFIX, '3')`, 24],
    [`REGEXP_CONTAINS(_TABLE_SUFFIX, r'0[12]$')`, 24],
    [`SUBSTR(_TABLE_SUFFIX, -1) = '3'`, 8],
    [`CAST(_TABLE_SUFFIX AS INT64) + 1 = 20260102`, 8],
    [`PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) >= DATE_SUB('2026-01-03', INTERVAL 1 DAY)`, 24],
    [`_TABLE_SUFFIX = FORMAT_DATE('%Y%m%d', CURRENT_DATE())`, 0],
    [`_TABLE_SUFFIX = '20260101' OR _TABLE_SUFFIX = '20260103'`, 16],
    [`_TABLE_SUFFIX = '20260101' AND id > 0`, 8],
    [`_TABLE_SUFFIX = '20260101' OR id > 0`, 32],
    [`_TABLE_SUFFIX = (SELECT '20260101')`, 32],
    [`_TABLE_SUFFIX = CAST(id AS STRING)`, 32],
  ];
  it.each(suffixes)('a dry run counts the tables that %s leaves', async (condition, bytes) => {
    expect(await rest.bytes(`SELECT id FROM ${days} WHERE ${condition}`)).toBe(bytes);
  });

  it.each([
    [`SELECT COUNT(*) FROM ${days}`, 0],
    [`SELECT name FROM ${days}`, 12],
    [`SELECT id FROM (SELECT id, _TABLE_SUFFIX AS day FROM ${days}) WHERE day = '20260103'`, 8],
    [`WITH w AS (SELECT *, _TABLE_SUFFIX AS day FROM ${days}) SELECT id FROM w WHERE day >= '20260102'`, 24],
    ['SELECT id FROM pipeline.seen', 24],
    [`SELECT id FROM \`pipeline.part_*\` WHERE day = '2026-01-01' AND _TABLE_SUFFIX = '2'`, 16],
    [`SELECT COUNT(*) FROM \`pipeline.part_*\` WHERE day = '2026-01-01'`, 16],
  ])('%s reads %i bytes', async (sql, bytes) => {
    expect(await rest.bytes(sql)).toBe(bytes);
  });

  it('heeds parameters, and keeps no result', async () => {
    const queryParameters = [
      { name: 'day', parameterType: { type: 'STRING' }, parameterValue: { value: '20260103' } },
    ];
    const sql = `SELECT id FROM ${days} WHERE _TABLE_SUFFIX = @day`;
    const dry = await rest.query(sql, { queryParameters, dryRun: true });
    expect(dry).toMatchObject({ totalBytesProcessed: '8' });
    const again = [await rest.query(sql, { queryParameters }), await rest.query(sql, { queryParameters })];
    expect(again).toMatchObject([{ cacheHit: false }, { cacheHit: false }]);
  });

  it.each([
    ['SELECT * FROM `pipeline.nothing_*`', 'sandbox-project:pipeline.nothing_* does not match any table.'],
    [
      'SELECT * FROM `pipeline.both_*`',
      'Views cannot be queried through prefix. First view sandbox-project:pipeline.both_2.',
    ],
    ['SELECT * FROM `pipeline.d*y_*`', 'the * must be its last character'],
    ['SELECT * FROM pipeline.day_*', 'Syntax error: Expected end of input but got "*"'],
    ['SELECT a FROM `pipeline.type_*`', 'Cannot read field of type STRING as INT64 Field: a'],
    [`SELECT id FROM \`pipeline.part_*\` WHERE _TABLE_SUFFIX = '1'`, "without a filter over column(s) 'day'"],
    ['SELECT _TABLE_SUFFIX FROM pipeline.day_20260101', 'Unrecognized name: _TABLE_SUFFIX'],
    [`INSERT INTO ${days} (id) VALUES (1)`, 'A wildcard table can only be read: pipeline.day_*'],
    [`UPDATE ${days} SET id = 1 WHERE TRUE`, 'A wildcard table can only be read'],
    [`DELETE FROM ${days} WHERE TRUE`, 'A wildcard table can only be read'],
    [
      `MERGE ${days} t USING pipeline.type_1 s ON FALSE WHEN MATCHED THEN DELETE`,
      'A wildcard table can only be read',
    ],
    [`TRUNCATE TABLE ${days}`, 'A wildcard table can only be read'],
    [`DROP TABLE ${days}`, 'A wildcard table can only be read'],
    [`CREATE TABLE ${days} (id INT64)`, 'A wildcard table can only be read'],
    [`CREATE VIEW ${days} AS SELECT 1 AS a`, 'A wildcard table can only be read'],
  ])('%s is refused', async (sql, message) => {
    expect(await rest.values(sql)).toContain(message);
  });

  it('can be the source of a change', async () => {
    await rest.values('CREATE TABLE pipeline.copy_of (id INT64)');
    await rest.values(`INSERT INTO pipeline.copy_of SELECT id FROM ${days} WHERE _TABLE_SUFFIX > '20260102'`);
    await rest.values(
      `DELETE FROM pipeline.copy_of WHERE id IN (SELECT id FROM ${days} WHERE _TABLE_SUFFIX = '1')`,
    );
    expect(await rest.values('SELECT id FROM pipeline.copy_of')).toEqual([['4']]);
  });
});
