import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BigQuery } from '@google-cloud/bigquery';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Faults } from '../faults.ts';
import { startSandbox } from '../server.ts';
import type { Sandbox } from '../server.ts';
import { officialClient } from './test-support/client.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/sandbox-sql.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  );

let sandbox: Sandbox;
let bigQuery: BigQuery;

beforeAll(async () => {
  sandbox = await startSandbox();
  bigQuery = officialClient(sandbox.url);
  await bigQuery.query('CREATE TABLE pipeline.facts (id INT64)');
});
afterAll(() => sandbox.close());

describe('docs/sandbox-sql.md', () => {
  it.each(blocks('sql'))('is right about %s', async (block) => {
    const [, query = '', kind, expected = ''] = /^([\s\S]*)\n-- (gives|refused:) (.*)\n$/.exec(block) ?? [];
    expect(kind).toBeDefined();
    const answer = bigQuery.query(query);
    if (kind === 'gives') expect((await answer)[0]).toEqual(JSON.parse(expected));
    else await expect(answer).rejects.toThrow(expected);
  });

  it('shows faults as they are asked for', () => {
    expect(blocks('json').flatMap((text) => new Faults().add(JSON.parse(text)))).toEqual([]);
  });
});

describe('a query means what it means in BigQuery', () => {
  it.each([
    [`r'\\d', '''x'y''', "it's", '\\x41\\u00e9'`, ['\\d', "x'y", "it's", 'Aé']],
    [
      'CAST(2.5 AS INT64), CAST(-2.5 AS INT64), SAFE_CAST("2.5" AS INT64), CAST(1.0 AS STRING)',
      [3, -3, null, '1'],
    ],
    ['7 / 2, DIV(7, 2), MOD(-7, 3), 5 ^ 3, 1 << 3, 0.1 + 0.2', [3.5, 3, -1, 6, 8, 0.30000000000000004]],
    [
      `REGEXP_EXTRACT('foo@bar.com', r'@(.+)'), REGEXP_EXTRACT('abc', 'x'), REGEXP_REPLACE('aaa', 'a', 'b')`,
      ['bar.com', null, 'bbb'],
    ],
    [
      `FORMAT('%d-%s', 5, 'x'), TO_HEX(MD5('a')), CONCAT('a', NULL), SUBSTR('hello', 0, 2)`,
      ['5-x', '0cc175b9c0f1b6a831c399e269772661', null, 'he'],
    ],
    ['GREATEST(1, NULL), LEAST(3, 2), IF(NULL, 1, 2), 3 IN UNNEST([1, 3])', [null, 2, 2, true]],
    [`'a%b' LIKE 'a\\\\%b', 'axb' LIKE 'a\\\\%b', TRIM('\\t a \\n')`, [true, false, 'a']],
    [
      `EXTRACT(DAYOFWEEK FROM DATE '2026-01-05'), EXTRACT(WEEK FROM DATE '2026-01-04'), EXTRACT(ISOWEEK FROM DATE '2026-01-04')`,
      [2, 1, 1],
    ],
    [
      `DATE_DIFF(DATE '2026-01-11', DATE '2026-01-10', WEEK), DATE_DIFF(DATE '2026-01-11', DATE '2026-01-10', ISOWEEK)`,
      [1, 0],
    ],
    [
      `CAST(DATE_TRUNC(DATE '2026-01-07', WEEK) AS STRING), CAST(DATE_ADD(DATE '2026-01-31', INTERVAL 1 MONTH) AS STRING)`,
      ['2026-01-04', '2026-02-28'],
    ],
    [
      `TIMESTAMP_DIFF(TIMESTAMP '2026-01-01 01:00:00', TIMESTAMP '2026-01-01 00:00:01', HOUR), LOG(1), ROUND(2.5), ROUND(-2.5)`,
      [0, 0, 3, -3],
    ],
    [`[STRUCT(1 AS a, 'q' AS b), STRUCT(2, 'r')][OFFSET(1)].b`, ['r']],
    [
      'ARRAY(SELECT x FROM UNNEST([2, NULL, 1]) AS x WHERE x IS NOT NULL ORDER BY x DESC), 1000000 * 1000000',
      [[2, 1], 1e12],
    ],
  ])('SELECT %s', async (items, expected) => {
    const [rows] = await bigQuery.query(`SELECT ${items}`);
    expect(Object.values(rows[0] as object)).toEqual(expected);
  });

  it.each([
    ['SELECT 1/0', 'division by zero'],
    ['SELECT [1][OFFSET(4)]', 'out of bounds'],
    ['SELECT 1 UNION SELECT 2', 'Expected keyword ALL or keyword DISTINCT'],
    ['UPDATE pipeline.facts SET id = 1', 'must have a WHERE clause'],
    ['SELECT * FROM pipeline.facts TABLESAMPLE SYSTEM (10 PERCENT)', 'does not support TABLESAMPLE'],
    ['SELECT 1 SELECT 2', 'Expected end of input but got "SELECT" at [1:10]'],
    [`SELECT FORMAT('%t', 1)`, 'FORMAT with %t'],
    ['SELECT AS STRUCT 1 AS a', 'does not support SELECT AS STRUCT'],
    [`SELECT 'open`, 'Unclosed string literal'],
    ['SELECT read_text("/etc/passwd")', 'Function not found: read_text'],
    ['SELECT * FROM read_csv("/etc/passwd")', 'does not support the table function read_csv'],
    ['SELECT id, FROM', 'Unexpected'],
  ])('%s is refused', async (query, message) => {
    await expect(bigQuery.query(query)).rejects.toThrow(message);
  });
});
