import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../server.ts';
import { officialClient } from './test-support/client.ts';
import { startEmulator } from './test-support/emulator.ts';

const json = `'{"a":{"b":[1,"x",null,{"c":true}]},"s":"text","n":null,"f":1.50,"d-e":{"g h":7},"t":["u","v"]}'`;

/** What is asked of the JSON, and BigQuery's answer. */
const cases: readonly (readonly [string, unknown])[] = [
  [`JSON_VALUE(${json}, '$.s')`, 'text'],
  [`JSON_VALUE(${json}, '$.a')`, null],
  [`JSON_VALUE(${json}, '$.n')`, null],
  [`JSON_VALUE(${json}, '$.none.at.all')`, null],
  [`JSON_VALUE(${json}, '$.a.b[1]')`, 'x'],
  [`JSON_VALUE(${json}, '$.a.b[3].c')`, 'true'],
  [`JSON_VALUE(${json}, '$."d-e"."g h"')`, '7'],
  [`JSON_VALUE('"alone"')`, 'alone'],
  [`JSON_QUERY(${json}, '$.a.b')`, '[1,"x",null,{"c":true}]'],
  [`JSON_QUERY(${json}, '$.s')`, '"text"'],
  [`JSON_EXTRACT(${json}, "$['a']['b'][0]")`, '1'],
  [`JSON_EXTRACT_SCALAR(${json}, '$.s')`, 'text'],
  [`JSON_VALUE_ARRAY(${json}, '$.t')`, ['u', 'v']],
  [`JSON_EXTRACT_STRING_ARRAY(${json}, '$.t')`, ['u', 'v']],
  [`JSON_QUERY_ARRAY(${json}, '$.t')`, ['"u"', '"v"']],
  [`JSON_EXTRACT_ARRAY(${json}, '$.t')`, ['"u"', '"v"']],
  [`CAST(JSON_VALUE(${json}, '$.a.b[0]') AS INT64) + 1`, 2],
];

const emulator = process.env['LOADPLAN_BIGQUERY_EMULATOR'] ?? '';
const servers = [
  {
    name: 'the sandbox',
    start: async () => {
      const sandbox = await startSandbox();
      return { url: sandbox.url, stop: () => void sandbox.close() };
    },
  },
  ...(emulator === '' ? [] : [{ name: 'bigquery-emulator', start: () => startEmulator(emulator) }]),
];

describe.each(servers)('JSON in texts, read by $name', ({ start }) => {
  let server: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    server = await start();
  }, 60_000);
  afterAll(() => server.stop());

  it.each(cases)('%s', async (expression, expected) => {
    const [rows] = await officialClient(server.url).query(`SELECT ${expression} AS x`);
    expect(rows).toEqual([{ x: expected }]);
  });
});

describe('the sandbox', () => {
  it.each([
    [`SELECT JSON_VALUE('no json', '$.a') AS x`, null],
    ['SELECT @`a name` + @b AS x', 3],
    [
      `SELECT TO_JSON_STRING(STRUCT(1 AS a, 'it "is"' AS b, [TRUE, NULL] AS c, DATE '2026-01-02' AS d, CAST(NULL AS STRING) AS e)) AS x`,
      '{"a":1,"b":"it \\"is\\"","c":[true,null],"d":"2026-01-02","e":null}',
    ],
    ['SELECT TO_JSON_STRING(t) AS x FROM (SELECT 1 AS a, "b" AS b) AS t', '{"a":1,"b":"b"}'],
    [
      'SELECT CONCAT(TO_JSON_STRING(1.0), TO_JSON_STRING(1.5), TO_JSON_STRING(CAST("nan" AS FLOAT64)), TO_JSON_STRING(NULL)) AS x',
      '11.5"NaN"null',
    ],
    [`SELECT TO_JSON_STRING(TIMESTAMP '2026-01-02 03:04:05.6+00') AS x`, '"2026-01-02T03:04:05.600Z"'],
    ['SELECT CONCAT(TO_JSON_STRING(9007199254740993), TO_JSON_STRING(-12)) AS x', '"9007199254740993"-12'],
    [`SELECT JSON_VALUE(TO_JSON_STRING(STRUCT('y' AS x)), '$.x') AS x`, 'y'],
  ])('answers %s', async (query, x) => {
    const sandbox = await startSandbox();
    const [rows] = await officialClient(sandbox.url).query({ query, params: { 'a name': 1, b: 2 } });
    expect(rows).toEqual([{ x }]);
    await sandbox.close();
  });

  it.each([
    [`SELECT JSON_VALUE('{}', '$.a[*]')`, 'does not support the JSONPath $.a[*]'],
    [`SELECT JSON_VALUE('{}', CONCAT('$', '.a'))`, 'with a path that is not a literal'],
    [`SELECT JSON_VALUE('{}', 'a.b')`, "JSONPath must start with '$'"],
    ['SELECT TO_JSON_STRING([1.5])', 'The sandbox does not support TO_JSON_STRING of DOUBLE[]'],
    [`SELECT TO_JSON_STRING(b'x')`, 'The sandbox does not support TO_JSON_STRING of BLOB'],
  ])('refuses %s', async (query, message) => {
    const sandbox = await startSandbox();
    await expect(officialClient(sandbox.url).query(query)).rejects.toThrow(message);
    await sandbox.close();
  });
});
