import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../server.ts';
import type { Sandbox } from '../server.ts';
import type { JsonObject } from '../json.ts';
import { textIn } from './parameters.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const project = '/bigquery/v2/projects/sandbox-project';
const tables = `${project}/datasets/pipeline/tables`;

interface Reply {
  readonly status: number;
  readonly body: JsonObject & Readonly<Record<string, never>>;
}

async function call(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const text = body === undefined ? null : JSON.stringify(body);
  const response = await fetch(sandbox.url + path, { method, body: text, headers });
  const answer = await response.text();
  return { status: response.status, body: JSON.parse(answer || '{}') as Reply['body'] };
}

async function query(sql: string, more: object = {}): Promise<Reply> {
  return call('POST', `${project}/queries`, { query: sql, useLegacySql: false, ...more });
}

async function values(sql: string): Promise<unknown> {
  const { rows = [] } = (await query(sql)).body as unknown as { rows?: { f: { v: unknown }[] }[] };
  return rows.map(({ f }) => f.map(({ v }) => v));
}

const table = (tableId: string) => ({ projectId: 'sandbox-project', datasetId: 'pipeline', tableId });

async function makeTable(tableId: string, fields: readonly object[], more: object = {}): Promise<Reply> {
  return call('POST', tables, { tableReference: table(tableId), schema: { fields }, ...more });
}

/** Loads a text as a file, and gives the job's end. */
async function load(tableId: string, content: string, more: object): Promise<Record<string, unknown>> {
  const configuration = { load: { destinationTable: table(tableId), ...more } };
  const parts = [
    `--b\r\ncontent-type: application/json\r\n\r\n${JSON.stringify({ configuration })}`,
    `--b\r\ncontent-type: */*\r\n\r\n${content}`,
  ];
  const response = await fetch(`${sandbox.url}/upload${project}/jobs?uploadType=multipart`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/related; boundary=b' },
    body: `${parts.join('\r\n')}\r\n--b--`,
  });
  return ended((await response.json()) as Started);
}

interface Started {
  readonly error?: { message: string };
  readonly jobReference: { jobId: string };
}

async function job(configuration: object): Promise<Record<string, unknown>> {
  return ended((await call('POST', `${project}/jobs`, { configuration })).body as unknown as Started);
}

async function ended(started: Started): Promise<Record<string, unknown>> {
  if (started.error) return { refused: started.error.message };
  for (;;) {
    const { body } = await call('GET', `${project}/jobs/${started.jobReference.jobId}`);
    const { status, statistics } = body as unknown as {
      status: { state: string; errorResult?: { message: string } };
      statistics: Record<string, unknown>;
    };
    if (status.state === 'DONE') return { error: status.errorResult?.message, ...statistics };
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('what a request says and the sandbox does not do is refused by its name', () => {
  it.each([
    [
      'POST',
      `${project}/queries`,
      { query: 'SELECT 1', createSession: true },
      'createSession can only be false',
    ],
    ['POST', `${project}/queries`, { query: 'SELECT 1', nonsense: 1 }, 'does not support nonsense'],
    [
      'POST',
      `${project}/queries`,
      { query: 'SELECT 1', useQueryCache: 'maybe' },
      'useQueryCache must be true or false',
    ],
    [
      'POST',
      `${project}/queries`,
      { query: 'SELECT 1', maxResults: 'x' },
      'maxResults must be a whole number',
    ],
    ['POST', `${project}/queries?dryRun=true`, { query: 'SELECT 1' }, 'does not support dryRun'],
    [
      'POST',
      `${project}/jobs`,
      { configuration: { query: { query: 'SELECT 1', schemaUpdateOptions: ['ALLOW_FIELD_ADDITION'] } } },
      'does not support configuration.query.schemaUpdateOptions',
    ],
    [
      'POST',
      `${project}/jobs`,
      {
        configuration: {
          load: {
            destinationTable: table('t'),
            encoding: 'ISO-8859-1',
            hivePartitioningOptions: { mode: 'AUTO' },
          },
        },
      },
      'configuration.load.encoding can only be UTF-8 or UTF8 in the sandbox, got "ISO-8859-1". The sandbox does not support configuration.load.hivePartitioningOptions',
    ],
    [
      'POST',
      tables,
      { tableReference: table('t'), materializedView: { query: 'SELECT 1' } },
      'materializedView',
    ],
    [
      'POST',
      tables,
      { tableReference: table('t'), schema: { fields: [{ name: 'a', type: 'STRING', maxLength: '3' }] } },
      'schema.fields[0].maxLength',
    ],
    [
      'POST',
      tables,
      {
        tableReference: table('t'),
        schema: { fields: [{ name: 'a', type: 'STRING' }] },
        timePartitioning: { type: 'DAY' },
      },
      'partitions by the time of ingestion',
    ],
    [
      'POST',
      `${project}/datasets`,
      { datasetReference: { datasetId: 'd' }, defaultCollation: 'und:ci' },
      'defaultCollation',
    ],
    ['GET', `${project}/datasets?filter=labels.a`, undefined, 'does not support filter'],
    ['GET', `${tables}?matching=x`, undefined, 'does not support matching'],
    ['GET', `${tables}/t?view=WRONG`, undefined, 'view can only be'],
    ['GET', `${tables}?pageToken=garbage`, undefined, 'pageToken is none that the sandbox gave'],
    ['GET', `${tables}?pageToken=1`, undefined, 'pageToken is none'],
    ['GET', `${project}/datasets?pageToken=garbage`, undefined, 'pageToken is none'],
    ['GET', `${project}/jobs?pageToken=garbage`, undefined, 'pageToken is none'],
    ['GET', `${tables}/t/data?pageToken=garbage`, undefined, 'pageToken is none'],
    ['GET', `${project}/queries/j?pageToken=garbage`, undefined, 'pageToken is none'],
    ['GET', `${project}/jobs?projection=WRONG`, undefined, 'projection can only be'],
    ['GET', `${project}/jobs?stateFilter=WRONG`, undefined, 'stateFilter[0] can only be'],
    ['GET', `${project}/jobs?allUsers=WRONG`, undefined, 'allUsers must be true or false'],
    ['GET', `${project}/jobs?minCreationTime=x`, undefined, 'minCreationTime must be a whole number'],
    ['GET', `${project}/jobs/j?projection=WRONG`, undefined, 'projection can only be'],
    ['GET', `${project}/queries/j?startIndex=x`, undefined, 'startIndex must be a whole number'],
    ['GET', `${project}/queries/j?formatOptions.timestampOutputFormat=X`, undefined, 'timestampOutputFormat'],
    ['GET', `${project}/datasets/pipeline?datasetView=WRONG`, undefined, 'datasetView can only be'],
    ['GET', `${project}/datasets/pipeline?accessPolicyVersion=2`, undefined, 'accessPolicyVersion'],
    ['PATCH', `${project}/datasets/pipeline?updateMode=WRONG`, {}, 'updateMode can only be'],
    ['GET', `${project}/datasets?all=WRONG`, undefined, 'all must be true or false'],
    ['GET', `${project}/datasets?alt=xml`, undefined, 'alt can only be json'],
    ['GET', `${project}/datasets?prettyPrint=WRONG`, undefined, 'prettyPrint must be true or false'],
    ['DELETE', `${project}/datasets/pipeline?deleteContents=WRONG`, undefined, 'deleteContents'],
    ['POST', `${project}/queries`, { query: 'SELECT 1', nonsense: {} }, 'does not support nonsense'],
    ['POST', tables, { tableReference: table('t'), biglakeConfiguration: {} }, 'biglakeConfiguration'],
  ])('%s %s %j', async (method, path, body, message) => {
    const answer = await call(method, path, body);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining(message) as string } },
    });
  });

  it.each(['X-HTTP-Method-Override', 'If-Modified-Since', 'X-Goog-Encryption-Algorithm'])(
    '%s',
    async (name) => {
      const answer = await call('GET', `${project}/datasets`, undefined, { [name]: 'x' });
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).toContain(`the header ${name.toLowerCase()}`);
    },
  );

  it('but a view and fields of a table are heeded', async () => {
    await makeTable('looked_at', [
      { name: 'a', type: 'STRING' },
      { name: 'b', type: 'INTEGER' },
    ]);
    const { body } = await call('GET', `${tables}/looked_at?view=BASIC&selectedFields=b`);
    expect(body['schema']).toEqual({ fields: [expect.objectContaining({ name: 'b' })] });
    expect(body).not.toHaveProperty('numRows');
    expect((await call('GET', `${tables}/looked_at?view=full`)).body).toHaveProperty('numRows', '0');
    expect((await call('GET', `${tables}/looked_at?selectedFields=c`)).status).toBe(400);
  });

  it('but what says nothing is taken', async () => {
    const more = {
      createSession: false,
      connectionProperties: [],
      labels: { a: 'b' },
      timePartitioning: null,
    };
    expect((await query('SELECT 1', more)).status).toBe(200);
    expect((await call('GET', `${project}/datasets?prettyPrint=false&alt=json&fields=x&key=k`)).status).toBe(
      200,
    );
  });
});

describe('true and false', () => {
  it.each(['true', 'True', 'TRUE', '1'])('may be %s', async (text) => {
    const sql = `SELECT TIMESTAMP '2026-01-01' AS t`;
    const { body } = await query(sql, { formatOptions: { useInt64Timestamp: text } });
    expect(body['rows']).toEqual([{ f: [{ v: '1767225600000000' }] }]);
    const { jobId } = body['jobReference'] as unknown as { jobId: string };
    const again = await call('GET', `${project}/queries/${jobId}?formatOptions.useInt64Timestamp=${text}`);
    expect(again.body['rows']).toEqual([{ f: [{ v: '1767225600000000' }] }]);
    expect((await query('SELECT nothing', { dryRun: text })).status).toBe(400);
    expect((await query('SELECT 1', { dryRun: text })).body['totalRows']).toBeUndefined();
    await call('POST', `${project}/datasets`, { datasetReference: { datasetId: `gone_${text}` } });
    await query(`CREATE TABLE gone_${text}.t AS SELECT 1 AS a`);
    expect((await call('DELETE', `${project}/datasets/gone_${text}?deleteContents=${text}`)).status).toBe(
      204,
    );
  });
});

describe('jobs', () => {
  it('write the result of a query that was answered before into its destination', async () => {
    await query('SELECT 7 AS seven');
    const configuration = {
      query: { query: 'SELECT 7 AS seven', useLegacySql: false, destinationTable: table('seven') },
    };
    expect(await job(configuration)).toMatchObject({ error: undefined });
    expect(await values('SELECT seven FROM pipeline.seven')).toEqual([['7']]);
  });

  it('make no table that they must not make', async () => {
    const wish = { destinationTable: table('never'), createDisposition: 'CREATE_NEVER' };
    const configuration = { query: { query: 'SELECT 1 AS a', useLegacySql: false, ...wish } };
    expect((await job(configuration))['error']).toContain('Not found: Table');
    expect(
      (await load('never', 'a\n', { ...wish, schema: { fields: [{ name: 'a', type: 'STRING' }] } }))['error'],
    ).toContain('Not found');
  });

  it('are one for one requestId', async () => {
    const sql = 'SELECT GENERATE_UUID() AS id';
    const [first, second] = [await query(sql, { requestId: 'r1' }), await query(sql, { requestId: 'r1' })];
    expect(second.body['rows']).toEqual(first.body['rows']);
    expect((await query(sql, { requestId: 'r2' })).body['rows']).not.toEqual(first.body['rows']);
  });

  it('run where their datasets are', async () => {
    await call('POST', `${project}/datasets`, { datasetReference: { datasetId: 'europe' }, location: 'EU' });
    await query('CREATE TABLE europe.t AS SELECT 1 AS a');
    expect((await query('SELECT a FROM europe.t')).body['jobReference']).toMatchObject({ location: 'EU' });
    expect((await query('SELECT a FROM europe.t', { location: 'US' })).status).toBe(404);
    expect((await query('SELECT a FROM europe.t, pipeline.seven')).status).toBe(400);
    const { jobId } = (await query('SELECT 1')).body['jobReference'] as unknown as { jobId: string };
    expect((await call('GET', `${project}/jobs/${jobId}?location=EU`)).status).toBe(404);
    expect((await call('GET', `${project}/jobs/${jobId}?location=us`)).status).toBe(200);
  });

  it('are listed by state and time, in pages', async () => {
    const all = (await call('GET', `${project}/jobs`)).body['jobs'] as unknown as object[];
    expect(
      (await call('GET', `${project}/jobs?stateFilter=running&stateFilter=pending`)).body['jobs'],
    ).toEqual([]);
    expect((await call('GET', `${project}/jobs?stateFilter=done`)).body['jobs']).toHaveLength(all.length);
    expect((await call('GET', `${project}/jobs?maxCreationTime=5`)).body['jobs']).toEqual([]);
    const first = (await call('GET', `${project}/jobs?maxResults=1`)).body;
    const token = textIn(first, 'nextPageToken') ?? '';
    const rest = (await call('GET', `${project}/jobs?pageToken=${token}`)).body;
    const ids = [first, rest].flatMap((page) => page['jobs'] as unknown as { id: string }[]);
    expect(ids.map(({ id }) => id)).toEqual((all as { id: string }[]).map(({ id }) => id));
    expect((await call('GET', `${project}/jobs?maxResults=0`)).body).not.toHaveProperty('nextPageToken');
  });

  it('write one object', async () => {
    const destinationUris = ['gs://pipeline-landing/a', 'gs://pipeline-landing/b'];
    const { error } = await job({ extract: { sourceTable: table('seven'), destinationUris } });
    expect(error).toContain('more than one of destinationUris');
  });

  it('copy all the tables that they name', async () => {
    await query('CREATE TABLE pipeline.c1 AS SELECT 1 AS a');
    await query('CREATE TABLE pipeline.c2 AS SELECT 2 AS a');
    await job({ copy: { sourceTables: [table('c1'), table('c2')], destinationTable: table('c3') } });
    expect(await values('SELECT a FROM pipeline.c3 ORDER BY a')).toEqual([['1'], ['2']]);
  });
});

describe('required columns', () => {
  const fields = [
    { name: 'id', type: 'INTEGER', mode: 'REQUIRED', description: 'the key' },
    { name: 'name', type: 'STRING' },
  ];

  it('are shown, and rows without them are bad', async () => {
    await makeTable('strict', fields);
    const shown = (await call('GET', `${tables}/strict`)).body['schema'];
    expect(shown).toMatchObject({
      fields: [{ name: 'id', mode: 'REQUIRED', description: 'the key' }, { mode: 'NULLABLE' }],
    });
    const inserted = await call('POST', `${tables}/strict/insertAll`, { rows: [{ json: { name: 'x' } }] });
    expect(JSON.stringify(inserted.body)).toContain('Missing required field: id.');
    for (const [content, sourceFormat] of [
      ['1,a\n,b\n', 'CSV'],
      ['{"id":1}\n{"name":"b"}\n{"id":null}\n', 'NEWLINE_DELIMITED_JSON'],
    ] as const) {
      expect((await load('strict', content, { sourceFormat }))['error']).toContain('rows are bad');
      const allowed = await load('strict', content, { sourceFormat, maxBadRecords: 2 });
      expect(allowed).toMatchObject({ error: undefined, load: { outputRows: '1' } });
    }
    expect(await values('SELECT COUNT(*), COUNT(id) FROM pipeline.strict')).toEqual([['2', '2']]);
  });

  it('may become optional, and nothing else', async () => {
    const change = (changed: readonly object[]) =>
      call('PATCH', `${tables}/strict`, { schema: { fields: changed } });
    expect((await change([{ name: 'id', type: 'INTEGER' }])).status).toBe(400);
    expect((await change([{ name: 'id', type: 'STRING' }, fields[1] ?? {}])).status).toBe(400);
    expect((await change([...fields, { name: 'more', type: 'STRING', mode: 'REQUIRED' }])).status).toBe(400);
    const relaxed = await change([
      { name: 'id', type: 'INTEGER' },
      fields[1] ?? {},
      { name: 'more', type: 'STRING' },
    ]);
    expect(relaxed.body['schema']).toMatchObject({ fields: [{ mode: 'NULLABLE' }, {}, { name: 'more' }] });
  });
});

describe('load jobs', () => {
  const fields = [
    { name: 'id', type: 'INTEGER' },
    { name: 'day', type: 'DATE' },
  ];
  const json = { sourceFormat: 'NEWLINE_DELIMITED_JSON', schema: { fields } };

  it('make partitions and clusters, and keep them', async () => {
    const layout = { timePartitioning: { type: 'DAY', field: 'day' }, clustering: { fields: ['id'] } };
    const rows = '{"id":1,"day":"2026-01-01"}\n{"id":2,"day":"2026-01-02"}\n';
    expect(await load('laid', rows, { ...json, ...layout })).toMatchObject({ error: undefined });
    expect((await call('GET', `${tables}/laid`)).body).toMatchObject(layout);
    const dry = await query(`SELECT id FROM pipeline.laid WHERE day = '2026-01-02'`, { dryRun: true });
    expect(dry.body['totalBytesProcessed']).toBe('16');
    const other = await load('laid', rows, { ...json, timePartitioning: { type: 'DAY', field: 'id' } });
    expect(other['error']).toContain('cannot be partitioned by time');
  });

  it('refuse fields that the table does not have, unless they are to be ignored', async () => {
    const row = '{"id":1,"other":2}\n';
    expect((await load('fields', row, json))['error']).toContain('1 rows are bad');
    expect(await load('fields', row, { ...json, ignoreUnknownValues: 'True' })).toMatchObject({
      load: { outputRows: '1' },
    });
  });

  it('read NULL as it is marked, and a schema that is not the table’s not at all', async () => {
    const csv = {
      sourceFormat: 'CSV',
      schema: {
        fields: [
          { name: 'id', type: 'INTEGER' },
          { name: 'name', type: 'STRING' },
        ],
      },
    };
    await load('marked', '1,\\N\n2,\n', { ...csv, nullMarker: '\\N' });
    expect(await values('SELECT id, name FROM pipeline.marked ORDER BY id')).toEqual([
      ['1', null],
      ['2', ''],
    ]);
    const swapped = { schema: { fields: [...csv.schema.fields].reverse() } };
    expect((await load('marked', 'a,3\n', { ...csv, ...swapped }))['error']).toContain(
      'does not match Table',
    );
    const replaced = await load('marked', 'a,3\n', {
      ...csv,
      ...swapped,
      writeDisposition: 'WRITE_TRUNCATE',
    });
    expect(replaced).toMatchObject({ error: undefined });
    expect(await values('SELECT * FROM pipeline.marked')).toEqual([['a', '3']]);
  });
});

describe('rows and tables', () => {
  it('with the same insertId are inserted once', async () => {
    await makeTable('once', [{ name: 'a', type: 'INTEGER' }]);
    const rows = [{ insertId: 'x', json: { a: 1 } }, { insertId: 'x', json: { a: 1 } }, { json: { a: 2 } }];
    for (let times = 0; times < 2; times++) await call('POST', `${tables}/once/insertAll`, { rows });
    expect(await values('SELECT a, COUNT(*) FROM pipeline.once GROUP BY a ORDER BY a')).toEqual([
      ['1', '1'],
      ['2', '2'],
    ]);
  });

  it('go when their time has come', async () => {
    await query(
      `CREATE TABLE pipeline.short OPTIONS (expiration_timestamp = TIMESTAMP '2026-01-01') AS SELECT 1 AS a`,
    );
    expect((await query('SELECT * FROM pipeline.short')).status).toBe(404);
    await query(
      `CREATE TABLE pipeline.long OPTIONS (expiration_timestamp = TIMESTAMP '2126-01-01') AS SELECT 1 AS a`,
    );
    expect((await call('GET', `${tables}/long`)).body['expirationTime']).toBe('4922899200000');
    await call('PATCH', `${tables}/long`, { expirationTime: '1' });
    expect((await call('GET', `${tables}/long`)).status).toBe(404);
    await query(
      `CREATE TABLE pipeline.parts PARTITION BY day OPTIONS (partition_expiration_days = 10) AS SELECT DATE '2020-01-01' AS day UNION ALL SELECT CURRENT_DATE()`,
    );
    expect(await values('SELECT COUNT(*) FROM pipeline.parts')).toEqual([['1']]);
    const dataset = { datasetReference: { datasetId: 'brief' }, defaultTableExpirationMs: '3600000' };
    await call('POST', `${project}/datasets`, dataset);
    await query('CREATE TABLE brief.t AS SELECT 1 AS a');
    expect((await call('GET', `${project}/datasets/brief/tables/t`)).body['expirationTime']).toMatch(
      /^\d{13}$/,
    );
  });

  it('are changed only as they were seen, if the client asks for that', async () => {
    await makeTable('seen', [{ name: 'a', type: 'INTEGER' }], { labels: { a: 'b' }, description: 'd' });
    const path = `${tables}/seen`;
    const etag = textIn((await call('GET', path)).body, 'etag') ?? '';
    expect((await call('GET', path, undefined, { 'If-None-Match': etag })).status).toBe(304);
    expect((await call('PATCH', path, { description: 'e' }, { 'If-Match': etag })).status).toBe(200);
    expect((await call('PATCH', path, { description: 'f' }, { 'If-Match': etag })).status).toBe(412);
    expect((await call('DELETE', path, undefined, { 'If-Match': etag })).status).toBe(412);
    expect((await call('PATCH', path, { description: null })).body).not.toHaveProperty('description');
    expect((await call('PUT', path, {})).body).not.toHaveProperty('labels');
  });
});
