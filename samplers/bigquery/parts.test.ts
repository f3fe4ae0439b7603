import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../engine/model/json.ts';
import { bigquery } from './bigquery.ts';
import { checkBigQuery, filesOfBigQuery, knownMistakes } from './check.ts';
import { Exchange } from './exchange.ts';
import type { Session } from '../google/session.ts';
import { GeneratedData, isMade } from './generated.ts';
import { datasetNamed, tableNamed } from './operation.ts';
import { parametersMistake, queryParameters } from './parameters.ts';
import { hashOfRows } from './result-hash.ts';
import { fieldsOf, valuesOf } from './rows.ts';
import { columnsOf } from './tables.ts';
import { configured } from './test-support/perform.ts';
import { ToldServer } from './test-support/told-server.ts';
import { Transport } from './transport.ts';

it('the official client is the one whose inner joint we rely on', () => {
  const packageFile = new URL('../../package.json', import.meta.url);
  const { dependencies } = JSON.parse(readFileSync(packageFile, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  expect(dependencies['@google-cloud/bigquery']).toBe('8.3.1');
});

describe('a step', () => {
  const project = { project: 'p' };
  it.each([
    [
      'nothing to do',
      project,
      'nothing says what to do: set query, file, load, export, insert, create or delete',
    ],
    [
      'two things',
      { ...project, query: 'a', file: 'b' },
      'a step does one thing, found query and file: keep one of them',
    ],
    [
      'no project',
      { query: 'a' },
      'nothing says which project to ask: set project (in defaults.bigquery, for example)',
    ],
    [
      'a create of both',
      { ...project, create: { dataset: 'd', table: 't' } },
      'create needs dataset or table, not both',
    ],
    ['a delete of neither', { ...project, delete: {} }, 'delete needs dataset or table'],
    [
      'a null',
      { ...project, query: 'a', parameters: { x: null } },
      'parameter x is null: name its type, { type: STRING, value: null }',
    ],
    [
      'an empty array',
      { ...project, query: 'a', parameters: [[]] },
      'parameter 0 is an empty array: name its type, { type: ARRAY<STRING>, value: [] }',
    ],
    [
      'nothing wrong',
      { ...project, query: 'a', parameters: { x: { type: 'array<int64>', value: [] } } },
      null,
    ],
  ])('with %s', (_, config, mistake) => {
    expect(checkBigQuery(config, true)).toBe(mistake);
  });

  it('of which parts are missing is not told what they may explain', () => {
    expect(checkBigQuery({}, false)).toBeNull();
  });

  it('with a type that is none is told which there are', () => {
    expect(parametersMistake({ x: { type: 'INT', value: 1 } })).toContain('known types are INT64, FLOAT64');
  });

  it.each([
    [{ project: ' ' }, ['project']],
    [{ endpoint: 'localhost:9050' }, ['endpoint']],
    [{ endpoint: 'http://h:1/bigquery/v2' }, ['endpoint']],
    [{ endpoint: '', project: 'p' }, []],
    [{ endpoint: undefined, project: undefined }, []],
    [{ load: { from: { generate: 'fact', rows: 10 } } }, ['load']],
    [{ load: { from: { generate: 'facts', rows: 10, format: 'json' } } }, ['load']],
    [{ load: { from: { generate: 'facts', rows: 10, format: 'csv', compression: 'snappy' } } }, ['load']],
    [{ load: { from: { generate: 'facts', rows: undefined } } }, []],
    [{ insert: { rows: { generate: 'facts', rows: '60k' } } }, ['insert']],
    [{ insert: { rows: { generate: 'facts', rows: 100 } } }, []],
    [{ resultHash: 'id, name' }, []],
    [{ resultHash: 'id,id' }, ['resultHash']],
    [{ resultHash: 'a, id , ID' }, ['resultHash']],
    [{ resultHash: ',' }, ['resultHash']],
    [{ resultHash: 'id,,name' }, ['resultHash']],
  ])('%j: what is known to be wrong', (known, keys) => {
    expect(knownMistakes(known).map(({ key }) => key)).toEqual(keys);
  });

  it.each([
    [{ file: 'a.sql' }, ['a.sql']],
    [{ load: { from: 'a.csv' } }, ['a.csv']],
    [{ load: { from: ['gs://b/a.csv'] } }, []],
    [{ load: { from: { generate: 'facts' } } }, []],
    [{ file: undefined }, []],
  ])('%j reads files', (known, files) => {
    expect(filesOfBigQuery(known)).toEqual(files);
  });

  it.each([
    [{ query: 'SELECT\n  1' }, 'bigquery SELECT 1'],
    [{ file: 'a.sql' }, 'bigquery a.sql'],
    [{ load: {} }, 'bigquery load'],
  ])('%j has a label', (config, label) => {
    expect(bigquery.label(config)).toBe(label);
  });
});

it.each([
  ['t', 'p', 'p.d', { project: 'p', dataset: 'd', table: 't' }],
  ['d.t', 'p', '', { project: 'p', dataset: 'd', table: 't' }],
  ['q.d.t', 'p', '', { project: 'q', dataset: 'd', table: 't' }],
  ['example.com:q.d.t', 'p', '', { project: 'example.com:q', dataset: 'd', table: 't' }],
])('the table %s in project %s with the default %j', (name, project, defaultDataset, found) => {
  expect(tableNamed(name, configured({ project, defaultDataset }))).toEqual(found);
});

it('a table in no dataset is told', () => {
  expect(() => tableNamed('t', configured({}))).toThrow('write dataset.t, or set defaultDataset');
  expect(datasetNamed('d', configured({ project: 'p' }))).toEqual({ project: 'p', dataset: 'd' });
});

it('columns are written short or as BigQuery’s', () => {
  expect(columnsOf('id:INTEGER, name')).toEqual([
    { name: 'id', type: 'INTEGER' },
    { name: 'name', type: 'STRING' },
  ]);
});

it('parameters travel as texts with their types', () => {
  expect(
    queryParameters({ a: 1, b: 0.5, c: true, d: ['x'], e: { f: 2 }, g: { type: 'STRING', value: null } }),
  ).toEqual({
    params: { a: '1', b: '0.5', c: 'true', d: ['x'], e: { f: '2' }, g: null },
    types: { a: 'INT64', b: 'FLOAT64', c: 'BOOL', d: ['STRING'], e: { f: 'INT64' }, g: 'STRING' },
  });
  expect(
    queryParameters([
      { type: 'timestamp', value: '2025-01-01' },
      { type: 'JSON', value: { a: 1 } },
    ]),
  ).toEqual({
    params: [{ value: '2025-01-01' }, '{"a":1}'],
    types: ['TIMESTAMP', 'JSON'],
  });
});

describe('a value of a result', () => {
  it.each<[string, string | null, Json]>([
    ['INTEGER', '9007199254740991', 9007199254740991],
    ['INT64', '9007199254740993', '9007199254740993'],
    ['FLOAT', '1.5', 1.5],
    ['FLOAT64', 'NaN', 'NaN'],
    ['BOOLEAN', 'true', true],
    ['BOOL', 'false', false],
    ['NUMERIC', '1.10', '1.10'],
    ['TIMESTAMP', '1735787045500000', '2025-01-02T03:04:05.500000Z'],
    ['TIMESTAMP', '1.735787045E9', '2025-01-02T03:04:05Z'],
    ['TIMESTAMP', '-1', '1969-12-31T23:59:59.999999Z'],
    ['STRING', '', ''],
    ['STRING', null, null],
  ])('%s %j is %j', (type, v, value) => {
    expect(valuesOf({ f: [{ v }] }, fieldsOf({ fields: [{ name: 'a', type }] }))).toEqual([value]);
  });

  it('may be a list of records', () => {
    const fields = fieldsOf({
      fields: [{ name: 'a', type: 'RECORD', mode: 'REPEATED', fields: [{ name: 'x', type: 'INTEGER' }] }],
    });
    expect(
      valuesOf({ f: [{ v: [{ v: { f: [{ v: '1' }] } }, { v: { f: [{ v: null }] } }] }] }, fields),
    ).toEqual([[{ x: 1 }, { x: null }]]);
  });
});

describe('a hash of rows', () => {
  const hashOf = (type: string, rows: readonly (readonly (string | null)[])[]) => {
    const fields = fieldsOf({ fields: ['a', 'b', 'c'].map((name) => ({ name, type })) });
    return hashOfRows(
      rows.map((row) => ({ f: row.map((v) => ({ v })) })),
      fields,
      true,
    );
  };
  const cell = fc.oneof(fc.string(), fc.constantFrom('', 'null', '","'), fc.constant(null));
  const row = fc.tuple(cell, cell, cell);

  it('is the same in any order, and another with one row more, fewer or other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1 }), row, async (rows, other) => {
        const hash = await hashOf('STRING', rows);
        expect(await hashOf('STRING', [...rows].reverse())).toBe(hash);
        expect(await hashOf('STRING', [...rows, other])).not.toBe(hash);
        expect(await hashOf('STRING', rows.slice(1))).not.toBe(hash);
      }),
    );
  });

  it('tells cells that run into each other from others', async () => {
    const cut = [
      ['a', 'b,c', null],
      ['a,b', 'c', null],
      ['a","b', 'c', null],
      ['a', 'b', 'null'],
      ['a', 'b', null],
    ];
    const hashes = await Promise.all(cut.map((one) => hashOf('STRING', [one])));
    expect(new Set(hashes).size).toBe(cut.length);
  });

  it('does not see what the order of adding does to floats', async () => {
    const floats = (value: number) => hashOf('FLOAT', [[String(value), '1', null]]);
    expect(await floats(0.1 + 0.2)).toBe(await floats(0.3));
    expect(await floats(0.3001)).not.toBe(await floats(0.3));
  });

  it('goes on where many rows have given others their turn', async () => {
    const rows = Array.from({ length: 1203 }, (_, n) => [String(n), '1', '2']);
    expect(await hashOf('INTEGER', rows)).toBe(await hashOf('INTEGER', rows.reverse()));
    expect(await hashOf('INTEGER', rows)).toMatch(/^1203-/);
  });
});

describe('generated data', () => {
  const load = {
    table: 'd.t',
    writeDisposition: 'WRITE_APPEND',
    createDisposition: 'CREATE_IF_NEEDED',
  } as const;
  const file = { generate: 'small', rows: 100, seed: 3, bad: 0, format: 'csv', header: true } as const;

  it('are made once for the samples of a step', async () => {
    const data = new GeneratedData();
    const of = async (seed: number) =>
      (await data.of(configured({ load: { ...load, from: { ...file, seed } } }))).file?.bytes;
    const first = await of(3);
    expect(await of(3)).toBe(first);
    expect(await of(4)).not.toBe(first);
    expect(isMade(configured({ query: 'SELECT 1' }))).toBe(false);
  });

  it('are rows for an insert', async () => {
    const rows = { generate: 'small', rows: 3, seed: 3, bad: 0 } as const;
    const insert = { table: 't', rows, insertIds: true, skipInvalidRows: false, ignoreUnknownValues: false };
    const made = await new GeneratedData().of(configured({ insert }));
    expect(made.rows).toHaveLength(3);
    expect(Object.keys(made.rows?.[0] ?? {})).toEqual(['id', 'name', 'value', 'created_at', 'active']);
  });
});

/** A session that has a token. */
const sessionWith = (headers: Record<string, string>) =>
  ({ headers, worked: () => undefined }) as unknown as Session;

it('a token goes with a request and shows nowhere', async () => {
  const server = await ToldServer.start(() => ({ json: { ok: true } }));
  const exchange = new Exchange({
    context: { connected: () => undefined, firstByte: () => undefined },
    signal: AbortSignal.timeout(5000),
    retries: 0,
    session: sessionWith({ Authorization: 'Bearer ya29.secret' }),
    aside: (work) => work,
  });
  const transport = new Transport();
  await transport.send({ uri: `${server.url}/a`, qs: { b: 1, autoPaginate: true } }, exchange);
  expect(server.asked[0]?.headers.authorization).toBe('Bearer ya29.secret');
  expect(server.asked[0]?.url.search).toBe('?b=1');
  expect(JSON.stringify(exchange.request)).not.toContain('ya29');
  expect(exchange.request?.headers).toContainEqual(['Authorization', '***']);
  await transport.close();
  await server.stop();
});
