import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../server.ts';
import type { Sandbox } from '../server.ts';
import { Rest, tables } from './test-support/rest.ts';

let sandbox: Sandbox;
let rest: Rest;
beforeAll(async () => {
  sandbox = await startSandbox();
  rest = new Rest(sandbox);
  await rest.query(
    'CREATE TABLE pipeline.prices (id INT64, price NUMERIC, part NUMERIC(5, 2), factor FLOAT64)',
  );
  await rest.query(
    `INSERT INTO pipeline.prices VALUES (1, 10.10, 1.005, 2.5), (2, NUMERIC '0.000000001', 999.99, 0.5), (3, NULL, NULL, NULL), (4, 10.1, -1, 1)`,
  );
});
afterAll(() => sandbox.close());

const numeric = (count: number) => Array.from({ length: count }, () => 'NUMERIC');

describe('NUMERIC', () => {
  it.each<[string, readonly string[], string | readonly (string | null)[]]>([
    [
      `NUMERIC '1.50', DECIMAL '-0.000000001', NUMERIC '1e3', NUMERIC '.5'`,
      ['NUMERIC', 'NUMERIC', 'NUMERIC', 'NUMERIC'],
      ['1.5', '-0.000000001', '1000', '0.5'],
    ],
    [
      `NUMERIC '1.5' + 1, 1 - NUMERIC '1.5', NUMERIC '1.5' * 2, 2 * NUMERIC '-1.5'`,
      ['NUMERIC', 'NUMERIC', 'NUMERIC', 'NUMERIC'],
      ['2.5', '-0.5', '3', '-3'],
    ],
    [
      `NUMERIC '1' / 3, 2 / NUMERIC '3', NUMERIC '-2' / 3, NUMERIC '7' / NUMERIC '0.5'`,
      ['NUMERIC', 'NUMERIC', 'NUMERIC', 'NUMERIC'],
      ['0.333333333', '0.666666667', '-0.666666667', '14'],
    ],
    [
      `NUMERIC '0.000000005' * NUMERIC '0.1', NUMERIC '-0.000000005' * NUMERIC '0.1', NUMERIC '0.000000004' * NUMERIC '0.1'`,
      ['NUMERIC', 'NUMERIC', 'NUMERIC'],
      ['0.000000001', '-0.000000001', '0'],
    ],
    [
      `NUMERIC '1234567890123.123456789' * NUMERIC '987654321.987654321'`,
      ['NUMERIC'],
      ['1219326312467282415362.068739383'],
    ],
    [
      `NUMERIC '1.5' + CAST(1 AS FLOAT64), NUMERIC '1.5' * CAST(2 AS FLOAT64), CAST(3 AS FLOAT64) / NUMERIC '2'`,
      ['FLOAT', 'FLOAT', 'FLOAT'],
      ['2.5', '3.0', '1.5'],
    ],
    [
      `NUMERIC '1.5' * 1.1, 0.1 + NUMERIC '0.2', 1 / NUMERIC '8' - 0.1, 3 * 0.5, 1.5 + 1`,
      ['NUMERIC', 'NUMERIC', 'NUMERIC', 'FLOAT', 'FLOAT'],
      ['1.65', '0.3', '0.025', '1.5', '2.5'],
    ],
    [
      `ROUND(NUMERIC '2.5'), ROUND(NUMERIC '-1.255', 2), TRUNC(NUMERIC '1.999', 1), CEIL(NUMERIC '1.1'), FLOOR(NUMERIC '-1.1'), ABS(NUMERIC '-2.50'), ROUND(NUMERIC '1255', -1)`,
      numeric(7),
      ['3', '-1.26', '1.9', '2', '-2', '2.5', '1260'],
    ],
    [
      `MOD(NUMERIC '7.5', 2), DIV(NUMERIC '7.5', 2), SAFE_DIVIDE(NUMERIC '1', 0), SAFE_DIVIDE(NUMERIC '1', 4), -NUMERIC '1.5'`,
      numeric(5),
      ['1.5', '3', null, '0.25', '-1.5'],
    ],
    [
      `SQRT(NUMERIC '2'), POW(NUMERIC '1.1', 2), EXP(NUMERIC '0'), LN(NUMERIC '1')`,
      numeric(4),
      ['1.414213562', '1.21', '1', '0'],
    ],
    [
      `CAST('1.0000000005' AS NUMERIC), CAST(0.1 AS NUMERIC), CAST(5 AS NUMERIC), SAFE_CAST('x' AS NUMERIC), CAST(1.2345 AS NUMERIC(5, 2)), SAFE_CAST(12345 AS NUMERIC(3))`,
      numeric(6),
      ['1.000000001', '0.1', '5', null, '1.23', null],
    ],
    [
      `CAST(NUMERIC '2.5' AS INT64), CAST(NUMERIC '-2.50' AS STRING), CAST(NUMERIC '10' AS STRING), CAST(NUMERIC '2.5' AS FLOAT64)`,
      ['INTEGER', 'STRING', 'STRING', 'FLOAT'],
      ['3', '-2.5', '10', '2.5'],
    ],
    [
      `NUMERIC '1.10' = NUMERIC '1.1', NUMERIC '1.1' > 1, NUMERIC '1' IN (1, 2), GREATEST(NUMERIC '1.5', 2), IF(TRUE, NUMERIC '1.5', 0), COALESCE(NULL, NUMERIC '1.50')`,
      ['BOOLEAN', 'BOOLEAN', 'BOOLEAN', 'NUMERIC', 'NUMERIC', 'NUMERIC'],
      ['true', 'true', 'true', '2', '1.5', '1.5'],
    ],
    [
      `1 * 2, 7 / 2, 7 / 2.0, DIV(7, 2), MOD(7, 2), ROUND(2), AVG(x), SUM(x), SQRT(4) FROM UNNEST([1, 2]) AS x`,
      ['INTEGER', 'FLOAT', 'FLOAT', 'INTEGER', 'INTEGER', 'FLOAT', 'FLOAT', 'INTEGER', 'FLOAT'],
      ['2', '3.5', '3.5', '3', '1', '2.0', '1.5', '3', '2.0'],
    ],
    [
      `NUMERIC '99999999999999999999999999999.999999999' + 0`,
      ['NUMERIC'],
      ['99999999999999999999999999999.999999999'],
    ],
    [`NUMERIC '99999999999999999999999999999' + 1`, [], 'numeric overflow'],
    [`NUMERIC '99999999999999999999999999999' * NUMERIC '1.1'`, [], 'verflow'],
    [
      `NUMERIC '100000000000000000000000000000'`,
      [],
      'Invalid NUMERIC literal: "100000000000000000000000000000"',
    ],
    [`NUMERIC '0.0000000001'`, [], 'Invalid NUMERIC literal'],
    [`CAST('x' AS NUMERIC)`, [], 'Invalid NUMERIC value: x'],
    [`CAST(1e30 AS NUMERIC)`, [], 'numeric overflow'],
    [`NUMERIC '1' / 0`, [], 'division by zero'],
    [`SUM(x) FROM UNNEST([NUMERIC '99999999999999999999999999999', 1]) AS x`, [], 'numeric overflow'],
    [`BIGNUMERIC '1'`, [], 'does not support BIGNUMERIC literals'],
    [`CAST(1 AS BIGNUMERIC)`, [], 'does not support the type BIGNUMERIC'],
    [`CAST(1 AS NUMERIC(40, 2))`, [], 'NUMERIC(40, 2) is not possible'],
  ])('SELECT %s', async (items, types, expected) => {
    const { schema, rows, error } = await rest.query(`SELECT ${items}`);
    if (typeof expected === 'string') {
      expect(error?.message).toContain(expected);
      return;
    }
    expect(error).toBeUndefined();
    expect(rows?.[0]?.f.map(({ v }) => v)).toEqual(expected);
    expect(schema?.fields.map(({ type }) => type)).toEqual(types);
  });

  it.each<[string, unknown]>([
    [
      'SELECT id, price, part FROM pipeline.prices ORDER BY price, id',
      [
        ['3', null, null],
        ['2', '0.000000001', '999.99'],
        ['1', '10.1', '1.01'],
        ['4', '10.1', '-1'],
      ],
    ],
    [
      'SELECT SUM(price), AVG(price), MIN(price), MAX(price), COUNT(DISTINCT price) FROM pipeline.prices',
      [['20.200000001', '6.733333334', '0.000000001', '10.1', '2']],
    ],
    ['SELECT price, COUNT(*) FROM pipeline.prices WHERE price > 1 GROUP BY price', [['10.1', '2']]],
    [
      'SELECT price * factor, price * part, part * part FROM pipeline.prices WHERE id = 1',
      [['25.25', '10.201', '1.0201']],
    ],
    [
      'SELECT id, SUM(part) OVER (ORDER BY id), AVG(price) OVER (PARTITION BY price) FROM pipeline.prices WHERE id <> 2 ORDER BY id',
      [
        ['1', '1.01', '10.1'],
        ['3', '1.01', null],
        ['4', '0.01', '10.1'],
      ],
    ],
    [
      'SELECT a.id, b.id AS other FROM pipeline.prices a JOIN pipeline.prices b USING (price) WHERE a.id < b.id',
      [['1', '4']],
    ],
    [
      'SELECT ARRAY_AGG(price ORDER BY price)[OFFSET(0)], STRUCT(MAX(price) AS m).m FROM pipeline.prices WHERE price IS NOT NULL',
      [['0.000000001', '10.1']],
    ],
    [
      `SELECT column_name, data_type FROM pipeline.INFORMATION_SCHEMA.COLUMNS WHERE table_name = 'prices' AND column_name LIKE 'p%' ORDER BY 1 DESC`,
      [
        ['price', 'NUMERIC'],
        ['part', 'NUMERIC(5, 2)'],
      ],
    ],
    ['INSERT INTO pipeline.prices (part) VALUES (1000)', expect.stringContaining('numeric overflow')],
  ])('%s', async (query, expected) => {
    expect(await rest.values(query)).toEqual(expected);
  });

  it('has 16 bytes', async () => {
    expect(await rest.bytes('SELECT price FROM pipeline.prices')).toBe(48);
  });

  it.each<[object, object, string]>([
    [{ type: 'NUMERIC' }, { value: '1.10' }, '2.2'],
    [{ type: 'NUMERIC' }, { value: null }, ''],
    [{ type: 'NUMERIC' }, { value: 'x' }, 'Invalid value for a parameter: x is no NUMERIC'],
  ])('is a parameter: %j %j', async (parameterType, parameterValue, expected) => {
    const queryParameters = [{ name: 'p', parameterType, parameterValue }];
    const found = await rest.values('SELECT @p * 2', { queryParameters });
    expect(typeof found === 'string' ? found : String(found)).toBe(expected);
  });

  it('is in schemas of REST, with precision and scale, and takes rows as texts and numbers', async () => {
    const fields = [
      { name: 'a', type: 'NUMERIC' },
      { name: 'b', type: 'NUMERIC', precision: '6', scale: '2' },
      { name: 'c', type: 'NUMERIC', mode: 'REPEATED' },
      { name: 'd', type: 'RECORD', fields: [{ name: 'e', type: 'NUMERIC', precision: '3' }] },
    ];
    const tableReference = { projectId: 'sandbox-project', datasetId: 'pipeline', tableId: 'streamed' };
    const made = await rest.call('POST', tables, { tableReference, schema: { fields } });
    expect(made.schema?.fields).toMatchObject([
      { name: 'a', type: 'NUMERIC' },
      { name: 'b', type: 'NUMERIC', precision: '6', scale: '2' },
      { name: 'c', type: 'NUMERIC', mode: 'REPEATED' },
      { name: 'd', type: 'RECORD', fields: [{ name: 'e', type: 'NUMERIC', precision: '3', scale: '0' }] },
    ]);
    const rows = [{ json: { a: '1.50', b: 1234.567, c: ['1.0', 2], d: { e: 5 } } }];
    expect((await rest.call('POST', `${tables}/streamed/insertAll`, { rows })).insertErrors).toBeUndefined();
    const bad = [{ json: { a: 'x' } }];
    expect(
      (await rest.call('POST', `${tables}/streamed/insertAll`, { rows: bad })).insertErrors,
    ).toBeDefined();
    expect(await rest.values('SELECT * FROM pipeline.streamed')).toEqual([
      ['1.5', '1234.57', [{ v: '1' }, { v: '2' }], { f: [{ v: '5' }] }],
    ]);
    await rest.query('CREATE TABLE pipeline.copied AS SELECT b, b + b AS twice FROM pipeline.streamed');
    const copied = await rest.call('GET', `${tables}/copied`);
    expect(copied.schema?.fields.map(({ precision }) => precision)).toEqual([undefined, undefined]);
  });

  it.each([
    [{ type: 'NUMERIC', precision: '40' }, 'NUMERIC(40, 0) is not possible'],
    [{ type: 'INTEGER', precision: '4' }, 'no precision'],
    [{ type: 'BIGNUMERIC' }, 'does not support the type BIGNUMERIC'],
  ])('is refused as %j', async (type, message) => {
    const tableReference = { projectId: 'sandbox-project', datasetId: 'pipeline', tableId: 'never' };
    const { error } = await rest.call('POST', tables, {
      tableReference,
      schema: { fields: [{ name: 'a', ...type }] },
    });
    expect(error?.message).toContain(message);
  });
});
