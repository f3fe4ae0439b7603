import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../server.ts';
import type { Sandbox } from '../server.ts';
import { project, Rest } from './test-support/rest.ts';

let sandbox: Sandbox;
let rest: Rest;
beforeAll(async () => {
  sandbox = await startSandbox();
  rest = new Rest(sandbox);
});
afterAll(() => sandbox.close());

const large = 'UNNEST([9223372036854775807, 1]) AS x';

describe('what would go wrong silently', () => {
  it.each<[string, unknown]>([
    [`SELECT SUM(x) AS s FROM ${large}`, 'int64 overflow: 9223372036854775808'],
    [`SELECT SUM(x) + 1 AS s, 2 AS t FROM ${large}`, 'int64 overflow: 9223372036854775809'],
    [`SELECT [SUM(x)] AS s FROM ${large}`, 'int64 overflow'],
    [`SELECT STRUCT(SUM(x) AS a) AS s FROM ${large}`, 'int64 overflow'],
    [`SELECT SUM(x) OVER (ORDER BY x) AS s FROM ${large}`, 'int64 overflow: 9223372036854775808'],
    ['SELECT 9223372036854775807 + 1', 'int64 overflow: 9223372036854775807 + 1'],
    ['SELECT 5000000000 * 5000000000', 'int64 overflow: 5000000000 * 5000000000'],
    [`CREATE TABLE pipeline.wide AS SELECT SUM(x) AS s FROM ${large}`, 'int64 overflow: 9223372036854775808'],
    [`SELECT CAST('abc' AS STRING(2))`, 'The sandbox does not support STRING with a length'],
    ['CREATE TABLE pipeline.l (a STRING(2))', 'The sandbox does not support STRING with a length'],
    ['CREATE TABLE pipeline.l (a ARRAY<BYTES(2)>)', 'The sandbox does not support BYTES with a length'],
    [`SELECT STRING_AGG('a' LIMIT 1)`, 'does not support LIMIT within STRING_AGG'],
    ['SELECT ARRAY_AGG(x LIMIT y) FROM UNNEST([1]) AS x', 'Expected a number'],
  ])('%s is an error', async (sql, message) => {
    expect(await rest.values(sql)).toContain(message);
  });

  it.each<[string, unknown]>([
    [
      'SELECT x, SUM(x) AS s FROM UNNEST([2, 1, 2]) AS x GROUP BY x ORDER BY s DESC',
      [
        ['2', '4'],
        ['1', '1'],
      ],
    ],
    [`SELECT id, name FROM UNNEST([STRUCT(1 AS id, 'a' AS name), (2, 'b')]) WHERE id > 1`, [['2', 'b']]],
    [
      `SELECT * FROM UNNEST([STRUCT(1 AS id, 'a' AS name), (2, 'b')]) AS r WITH OFFSET AS o ORDER BY r.id DESC`,
      [
        ['2', 'b', '1'],
        ['1', 'a', '0'],
      ],
    ],
    [`SELECT r.*, r.id + 1 AS more FROM UNNEST([STRUCT(1 AS id, 'a' AS name)]) AS r`, [['1', 'a', '2']]],
    [
      `SELECT * FROM (SELECT * FROM UNNEST([STRUCT(1 AS id)]) AS r), UNNEST([STRUCT(id + 1 AS next)]) AS s`,
      [['1', '2']],
    ],
    [
      `SELECT k, v FROM UNNEST([STRUCT('a' AS k, [1, 2] AS vs)]) AS r, r.vs AS v ORDER BY v`,
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    [
      `SELECT STRUCT(r AS whole) FROM UNNEST([STRUCT(1 AS id)]) AS r`,
      [[{ f: [{ v: { f: [{ v: '1' }] } }] }]],
    ],
    ['SELECT [SUM(x)] AS s FROM UNNEST([1, 2]) AS x', [[[{ v: '3' }]]]],
    [
      'SELECT ARRAY_AGG(x IGNORE NULLS ORDER BY x DESC LIMIT 2) AS a FROM UNNEST([1, NULL, 3, 2]) AS x',
      [[[{ v: '3' }, { v: '2' }]]],
    ],
    [
      `SELECT ARRAY_AGG(STRUCT(x, 'q' AS y) ORDER BY x LIMIT 1)[OFFSET(0)].x FROM UNNEST([5, 4]) AS x`,
      [['4']],
    ],
  ])('%s', async (sql, expected) => {
    expect(await rest.values(sql)).toEqual(expected);
  });

  it('extracts write INT64 into JSON as texts', async () => {
    await rest.values(
      'CREATE TABLE pipeline.out_of_it AS SELECT 9007199254740993 AS a, [1, 2] AS b, STRUCT(3 AS c, 1.5 AS d) AS e, 2.5 AS f',
    );
    const { jobReference } = (await rest.call('POST', `${project}/jobs`, {
      configuration: {
        extract: {
          sourceTable: { projectId: 'sandbox-project', datasetId: 'pipeline', tableId: 'out_of_it' },
          destinationUris: ['gs://pipeline-landing/_out/a.txt'],
          destinationFormat: 'NEWLINE_DELIMITED_JSON',
        },
      },
    })) as unknown as { jobReference: { jobId: string } };
    // Rest puts the status of HTTP in the place of the job's.
    const ended = async () => {
      const response = await fetch(`${sandbox.url}${project}/jobs/${jobReference.jobId}`);
      return ((await response.json()) as { status: { state: string } }).status.state === 'DONE';
    };
    while (!(await ended()));
    const file = await fetch(`${sandbox.url}/storage/v1/b/pipeline-landing/o/_out%2Fa.txt?alt=media`);
    expect(JSON.parse(await file.text())).toEqual({
      a: '9007199254740993',
      b: ['1', '2'],
      e: { c: '3', d: 1.5 },
      f: 2.5,
    });
  });
});
