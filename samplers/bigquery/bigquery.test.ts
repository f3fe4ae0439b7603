import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  bodyOf,
  configured,
  everything,
  headerOf,
  nothing,
  Stage,
  type Seen,
} from './test-support/perform.ts';
import { apiError, queryAnswer, ToldServer, type Asked, type Reply } from './test-support/told-server.ts';
import { remedyFor } from '../google/remedies.ts';
import type { BigQueryConfig } from './schema.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0).reverse()) await close();
});

async function stageAt(reply: (asked: Asked) => Reply, defaults: Partial<BigQueryConfig> = {}) {
  const server = await ToldServer.start(reply);
  const stage = await Stage.open({ endpoint: server.url, ...defaults });
  closing.push(
    () => server.stop(),
    () => stage.close(),
  );
  return { server, stage };
}

const select = { query: 'SELECT n' };
const jsonOf = ({ body }: Asked) => JSON.parse(body) as Record<string, unknown>;
const statistics = {
  statistics: {
    creationTime: '1700000000000',
    startTime: '1700000000040',
    endTime: '1700000000300',
    totalSlotMs: '77',
    query: { cacheHit: false, totalBytesProcessed: '1000', totalBytesBilled: '10485760', totalSlotMs: '77' },
  },
  jobReference: { jobId: 'job-1', location: 'EU' },
};

/** What is measured of a query whose bill has not been asked for. */
const onlyRows = { bigquery_rows: 1, bigquery_bytes_billed: null, bigquery_slot_ms: null };

describe('a query', () => {
  it('is one request that says what the plan says, in BigQuery’s own words', async () => {
    const { server, stage } = await stageAt(() => queryAnswer([1]));
    const { outcome } = await stage.perform({
      ...select,
      statistics: false,
      useQueryCache: false,
      labels: { test: 'nightly' },
      location: 'EU',
      maximumBytesBilled: 5_000_000_000,
      defaultDataset: 'other.pipeline',
      parameters: { least: 7, since: { type: 'DATE', value: '2025-01-02' } },
    });
    expect(outcome).toMatchObject({ ok: true, code: '200', message: 'OK' });
    expect(server.paths).toEqual(['POST /queries']);
    expect(server.asked.map(jsonOf)).toMatchObject([
      {
        query: 'SELECT n',
        useLegacySql: false,
        useQueryCache: false,
        labels: { test: 'nightly' },
        location: 'EU',
        maximumBytesBilled: '5000000000',
        defaultDataset: { projectId: 'other', datasetId: 'pipeline' },
        parameterMode: 'named',
        queryParameters: [
          { name: 'least', parameterType: { type: 'INT64' }, parameterValue: { value: '7' } },
          { name: 'since', parameterType: { type: 'DATE' }, parameterValue: { value: '2025-01-02' } },
        ],
      },
    ]);
    const [{ headers, url }] = server.asked as [Asked];
    expect(headers['user-agent']).toContain('gcloud-node');
    expect(headers.authorization).toBeUndefined();
    expect(url.pathname).toBe('/bigquery/v2/projects/test-project/queries');
  });

  it('tells connection, first byte and end, in this order; a second one finds its connection', async () => {
    const { server, stage } = await stageAt(() => queryAnswer([1]));
    expect((await stage.perform(select)).said).toEqual(['connected', 'firstByte', 'done']);
    expect((await stage.perform(select)).said).toEqual(['firstByte', 'done']);
    expect(server.connections).toBe(1);
  });

  it('fetches page after page until it has what is wished', async () => {
    const page = ({ url, method }: Asked) => {
      if (method === 'POST') return queryAnswer([1, 2], { pageToken: 'a', totalRows: '5' });
      return url.searchParams.get('pageToken') === 'a'
        ? queryAnswer([3, 4], { pageToken: 'b' })
        : queryAnswer([5]);
    };
    const { server, stage } = await stageAt(page, { statistics: false });
    const rows = async (fetch: BigQueryConfig['fetch']) => {
      server.asked.length = 0;
      const seen = await stage.perform({ ...select, fetch });
      return [bodyOf(seen).rows?.map(({ n }) => n), server.asked.length];
    };
    expect(await rows('all')).toEqual([[1, 2, 3, 4, 5], 3]);
    expect(await rows(3)).toEqual([[1, 2, 3], 2]);
    expect(server.asked[1]?.url.searchParams.get('maxResults')).toBe('1');
    expect(await rows(2)).toEqual([[1, 2], 1]);
    expect(await rows('none')).toEqual([[], 1]);
    expect(server.asked.map(jsonOf)).toMatchObject([{ maxResults: 0 }]);
    const unknown = ['autoPaginate', 'skipParsing', 'job'];
    for (const { url } of server.asked)
      for (const key of unknown) expect(url.searchParams.has(key)).toBe(false);
  });

  it('that is still running is waited for on the server, nothing is polled at intervals', async () => {
    let left = 2;
    const { server, stage } = await stageAt(
      ({ method }) => {
        if (method === 'POST' || left-- > 0) return queryAnswer([], { jobComplete: false, rows: undefined });
        return queryAnswer([1]);
      },
      { statistics: false },
    );
    const seen = await stage.perform(select);
    expect(bodyOf(seen).rows).toEqual([{ n: 1 }]);
    expect(server.paths).toEqual(['POST /queries', ...Array<string>(3).fill('GET /queries/job-1')]);
    expect(server.asked[1]?.url.searchParams.get('location')).toBe('EU');
  });

  it.each([
    ['a dry run', { dryRun: true }, ['POST /jobs']],
    ['priority BATCH', { priority: 'BATCH' as const }, ['POST /jobs', 'GET /queries/']],
    ['api: insert', { api: 'insert' as const }, ['POST /jobs', 'GET /queries/']],
  ])('is a job with %s', async (_, config, paths) => {
    const { server, stage } = await stageAt(
      ({ method }) =>
        method === 'POST'
          ? { json: { status: { state: 'DONE' }, ...statistics } }
          : queryAnswer([1], { jobReference: undefined }),
      { statistics: false },
    );
    const { outcome } = await stage.perform({ ...select, ...config });
    expect(server.paths.map((path) => path.replace(/[\w-]{36}$/, ''))).toEqual(paths);
    expect(outcome.metrics).toMatchObject({ bigquery_bytes_processed: 1000, bigquery_cache_hits: 0 });
  });

  it('builds no body when nobody reads it', async () => {
    const { stage } = await stageAt(() => queryAnswer([1]));
    const { outcome } = await stage.perform({ ...select, statistics: false }, nothing);
    expect([outcome.body, outcome.headers, outcome.request]).toEqual([undefined, undefined, undefined]);
    expect(outcome.metrics).toEqual(onlyRows);
    expect(outcome.bytesSent).toBeGreaterThan(100);
    expect(outcome.bytesReceived).toBeGreaterThan(100);
  });

  it('has a hash that tells the same rows from others, whatever their order', async () => {
    let values = [1, 2, 2];
    const { stage } = await stageAt(() => queryAnswer(values), { statistics: false, resultHash: true });
    const hash = async (next: number[]) => {
      values = next;
      return headerOf(await stage.perform(select), 'x-bigquery-result-hash');
    };
    const first = await hash([1, 2, 2]);
    expect(first).toMatch(/^3-[0-9a-f]{16}$/);
    expect(await hash([2, 1, 2])).toBe(first);
    for (const other of [[1, 2], [1, 1, 2], [1, 2, 3], []]) expect(await hash(other)).not.toBe(first);
  });

  it('has a hash of chosen columns, equal to that of a query that reads no others', async () => {
    const field = (name: string) => ({ name, type: 'STRING' });
    const rowOf = (...texts: string[]) => ({ f: texts.map((v) => ({ v })) });
    const answers = [
      {
        schema: { fields: ['b', 'other', 'A'].map(field) },
        rows: [rowOf('1', 'x', '2'), rowOf('3', 'y', '4')],
      },
      { schema: { fields: ['a', 'b'].map(field) }, rows: [rowOf('4', '3'), rowOf('2', '1')] },
    ];
    const { stage } = await stageAt(() => queryAnswer([], answers.shift()), {
      statistics: false,
    });
    const outcomes = [
      await stage.perform({ ...select, resultHash: 'a, b' }),
      await stage.perform({ ...select, resultHash: true }),
    ];
    const [chosen, whole] = outcomes.map((one) => headerOf(one, 'x-bigquery-result-hash'));
    expect(chosen).toBe(whole);
    expect(chosen).toMatch(/^2-/);
  });

  it('fails where a column of its hash is not there', async () => {
    const { stage } = await stageAt(() => queryAnswer([1]), { statistics: false });
    const { outcome } = await stage.perform({ ...select, resultHash: 'n, m' });
    expect(outcome).toMatchObject({
      ok: false,
      failure: expect.stringContaining('no column "m". It has n') as string,
    });
  });
});

describe('what BigQuery tells of a job', () => {
  const told = {
    cacheHit: true,
    totalBytesProcessed: '500',
    totalBytesBilled: '0',
    totalSlotMs: '12',
    creationTime: '1700000000000',
    startTime: '1700000000010',
    endTime: '1700000000030',
  };

  it('becomes metrics and headers; the body has it, too', async () => {
    const { server, stage } = await stageAt(() => queryAnswer([1, 2], told));
    const seen = await stage.perform(select);
    expect(seen.outcome.metrics).toEqual({
      bigquery_bytes_processed: 500,
      bigquery_bytes_billed: 0,
      bigquery_slot_ms: 12,
      bigquery_cache_hits: 1,
      bigquery_queue_time: 10,
      bigquery_execution_time: 20,
      bigquery_rows: 2,
    });
    expect(headerOf(seen, 'x-bigquery-job-id')).toBe('job-1');
    expect(bodyOf(seen)).toMatchObject({ jobId: 'job-1', statistics: { slotMs: 12 } });
    // It was all in the answer: nothing more is asked.
    expect(server.paths).toEqual(['POST /queries']);
  });

  it('is asked for after the sample’s time has ended, and only if wished', async () => {
    const { server, stage } = await stageAt(({ method }) =>
      method === 'POST' ? queryAnswer([1]) : { json: statistics, afterMs: 150 },
    );
    const seen = await stage.perform(select);
    expect(seen.tookMs).toBeLessThan(150);
    expect(seen.outcome.metrics).toMatchObject({ bigquery_slot_ms: 77, bigquery_queue_time: 40 });
    expect(server.paths).toEqual(['POST /queries', 'GET /jobs/job-1']);
    expect(server.asked[1]?.url.searchParams.get('location')).toBe('EU');
    const without = await stage.perform({ ...select, statistics: false });
    expect(without.outcome.metrics).toEqual(onlyRows);
  });

  it('fails no sample when it cannot be had, and that is told', async () => {
    const { stage } = await stageAt(({ method }) =>
      method === 'POST' ? queryAnswer([1]) : apiError(403, 'accessDenied', 'bigquery.jobs.get denied'),
    );
    const seen = await stage.perform(select);
    expect(seen.outcome.ok).toBe(true);
    expect(bodyOf(seen)).toMatchObject({ statisticsFailure: 'bigquery.jobs.get denied' });
  });

  it('is not believed when times are in seconds', async () => {
    const { stage } = await stageAt(() =>
      queryAnswer([1], {
        ...told,
        creationTime: '1700000000',
        startTime: '1700000000',
        endTime: '1700000001',
      }),
    );
    const { outcome } = await stage.perform({ ...select, statistics: false });
    expect(outcome.metrics).not.toHaveProperty('bigquery_execution_time');
    expect(outcome.metrics).toHaveProperty('bigquery_slot_ms');
  });
});

describe('a failure is one sample with a clear cause', () => {
  const failing = async (reply: Reply, config: Partial<BigQueryConfig> = {}) => {
    const { stage, server } = await stageAt(() => reply);
    return { ...(await stage.perform({ ...select, ...config })), server };
  };

  it.each([
    ['an invalid query', 400, 'invalidQuery', 'Unrecognized name: m at [1:8]'],
    ['a token that is refused', 401, 'authError', 'Invalid Credentials'],
    ['a wrong project', 404, 'notFound', 'Not found: Project nowhere'],
    ['a quota that is used up', 403, 'quotaExceeded', 'Quota exceeded: Your project exceeded quota'],
    ['too many requests', 429, 'rateLimitExceeded', 'Exceeded rate limits'],
    [
      'too many bytes',
      400,
      'bytesBilledLimitExceeded',
      'Query exceeded limit for bytes billed: 1. 10 or higher required.',
    ],
    ['an overloaded server', 503, 'backendError', 'Visibility check was unavailable.'],
  ])('%s', async (_, status, reason, message) => {
    const { outcome, server, said } = await failing(apiError(status, reason, message));
    const remedy = remedyFor(status, reason, false);
    const sentence = `${reason}: ${message}${remedy && `. ${remedy}`}`;
    expect(outcome).toMatchObject({
      ok: false,
      code: String(status),
      message: sentence,
      explanation: sentence,
    });
    expect(server.asked).toHaveLength(1);
    expect(said).toEqual(['connected', 'firstByte', 'done']);
  });

  it('an answer that is no JSON', async () => {
    const { outcome } = await failing({ status: 502, text: '<html>Bad Gateway</html>\nmore' });
    expect(outcome).toMatchObject({ code: '502', explanation: 'HTTP 502: <html>Bad Gateway</html>' });
  });

  it('a reset connection', async () => {
    const { outcome, tookMs } = await failing('reset');
    expect(outcome.code).toBe('Non HTTP response code: java.net.SocketException');
    expect(outcome.failure).toMatch(/^reset.before_headers: 127.0.0.1:\d+ reset the connection/);
    expect(tookMs).toBeLessThan(1000);
  });

  it('a connection reset in the answer', async () => {
    const { outcome, said } = await failing('reset in body');
    expect(outcome.failure).toMatch(/^(reset.mid_body|truncated): /);
    expect(said).toContain('firstByte');
  });

  it('nobody there', async () => {
    const { stage, server } = await stageAt(() => 'hang');
    await server.stop();
    const { outcome } = await stage.perform(select);
    expect(outcome.failure).toMatch(/^connect.refused: 127.0.0.1:\d+ refused the connection/);
    closing.shift();
  });

  it('a server that hangs is given up in time', async () => {
    const { outcome, tookMs } = await failing('hang', { timeout: 200 });
    expect(outcome.code).toBe('Non HTTP response code: java.net.SocketTimeoutException');
    expect(outcome.failure).toMatch(
      /^timeout.total: the operation on 127.0.0.1:\d+ was not over within 200ms/,
    );
    expect(tookMs).toBeGreaterThanOrEqual(195);
    expect(tookMs).toBeLessThan(1000);
  });

  it('no project', async () => {
    const { outcome, server } = await failing(queryAnswer([1]), { project: '' });
    expect(outcome).toMatchObject({ ok: false });
    expect(outcome.failure).toContain('project is empty');
    expect(server.asked).toEqual([]);
  });

  it('no credentials, at once and without a request', async () => {
    vi.stubEnv('HOME', '/nonexistent');
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '');
    vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
    const stage = await Stage.open({});
    const { outcome, tookMs } = await stage.perform({ ...select, endpoint: '' });
    expect(outcome.failure).toMatch(/^credentials: No Google credentials were found. .*gcloud auth/);
    expect(tookMs).toBeLessThan(1000);
    await stage.close();
  });

  it('an environment that would lead elsewhere is refused, and does not win over the plan', async () => {
    const { stage, server } = await stageAt(() => queryAnswer([1]));
    vi.stubEnv('BIGQUERY_EMULATOR_HOST', 'http://127.0.0.1:9');
    expect((await stage.perform({ ...select, statistics: false })).outcome.ok).toBe(true);
    expect(server.asked).toHaveLength(1);
    const { outcome } = await stage.perform({ ...select, endpoint: '' });
    expect(outcome.failure).toContain('BIGQUERY_EMULATOR_HOST is set');
  });

  it('a run that stops ends what is under way', async () => {
    const { stage } = await stageAt(() => 'hang');
    const under = stage.perform(select);
    setTimeout(() => stage.sampler.abort(), 50);
    expect((await under).outcome.failure).toMatch(/^interrupted: /);
  });
});

describe('retries', () => {
  it('are none by default', async () => {
    const { stage, server } = await stageAt(() => apiError(503, 'backendError', 'busy'));
    await stage.perform(select);
    expect(server.asked).toHaveLength(1);
  });

  it('ask again after what may pass, and are counted', async () => {
    let asked = 0;
    const { stage, server } = await stageAt(() =>
      asked++ === 0 ? apiError(503, 'backendError', 'busy') : queryAnswer([1]),
    );
    const { outcome } = await stage.perform({ ...select, retries: 1, statistics: false });
    expect(outcome).toMatchObject({ ok: true, metrics: { bigquery_retries: 1 } });
    expect(server.asked).toHaveLength(2);
  });

  it('do not ask again after what will not pass, nor beyond the time limit', async () => {
    let reply: Reply = apiError(400, 'invalidQuery', 'no');
    const { stage, server } = await stageAt(() => reply);
    await stage.perform({ ...select, retries: 3 });
    expect(server.asked).toHaveLength(1);
    reply = apiError(503, 'backendError', 'busy');
    const { outcome, tookMs } = await stage.perform({ ...select, retries: 3, timeout: 100 });
    expect(outcome.failure).toMatch(/^timeout.total/);
    expect(tookMs).toBeLessThan(900);
  });
});

describe('a job that takes too long is cancelled', () => {
  const cancelled = ({ method, url }: Asked): Reply | null =>
    method === 'POST' && url.pathname.endsWith('/cancel') ? { json: { job: statistics } } : null;

  it.each([
    ['that told its name', 'query' as const, 'job-1'],
    ['whose name is ours', 'insert' as const, '[\\w-]{36}'],
  ])('%s', async (_, api, id) => {
    const { stage, server } = await stageAt((asked) => {
      const done = cancelled(asked);
      if (done) return done;
      if (asked.method === 'GET') return 'hang';
      return api === 'query'
        ? queryAnswer([], { jobComplete: false })
        : { json: { status: { state: 'RUNNING' }, ...statistics } };
    });
    const { outcome } = await stage.perform({ ...select, api, timeout: 200 });
    expect(outcome.failure).toMatch(/^timeout.total: /);
    expect(outcome.failure).toMatch(new RegExp(`Job ${id} was cancelled\\.$`));
    expect(server.paths.at(-1)).toMatch(new RegExp(`^POST /jobs/${id}/cancel$`));
  });

  it('lets the server answer before the limit, so that the job is known by then', async () => {
    const { stage, server } = await stageAt(() => queryAnswer([1]), { statistics: false });
    for (const timeout of [2000, 600_000]) await stage.perform({ ...select, timeout });
    expect(server.asked.map((asked) => jsonOf(asked)['timeoutMs'])).toEqual([1800, 10_000]);
  });

  it('and when it cannot be, that is told', async () => {
    const { stage } = await stageAt(({ method, url }) => {
      if (url.pathname.endsWith('/cancel')) return apiError(403, 'accessDenied', 'not yours');
      return method === 'GET' ? 'hang' : queryAnswer([], { jobComplete: false });
    });
    const { outcome } = await stage.perform({ ...select, timeout: 100 });
    expect(outcome.failure).toMatch(/Job job-1 could not be cancelled: not yours\.$/);
  });
});

describe('jobs and tables', () => {
  const running = { jobReference: { jobId: 'x' }, status: { state: 'RUNNING' } };
  const loaded = {
    jobReference: { jobId: 'x' },
    status: { state: 'DONE' },
    statistics: { load: { outputRows: '300', badRecords: '2' } },
  };
  const load = {
    table: 'd.users',
    writeDisposition: 'WRITE_TRUNCATE' as const,
    createDisposition: 'CREATE_NEVER' as const,
  };

  it('a load job from Cloud Storage lasts until it is done, and tells its rows', async () => {
    let asked = 0;
    const { stage, server } = await stageAt(({ method }) => ({
      json: method === 'POST' || asked++ === 0 ? running : loaded,
    }));
    const { outcome } = await stage.perform({
      load: { ...load, from: ['gs://b/a.parquet'], maxBadRecords: 5 },
    });
    expect(outcome.metrics).toMatchObject({ bigquery_rows: 300, bigquery_bad_records: 2 });
    expect(outcome.metrics?.['bigquery_rows_per_second']).toBeGreaterThan(300);
    expect(jsonOf(server.asked[0]!)['configuration']).toEqual({
      load: {
        destinationTable: { projectId: 'test-project', datasetId: 'd', tableId: 'users' },
        sourceUris: ['gs://b/a.parquet'],
        sourceFormat: 'PARQUET',
        writeDisposition: 'WRITE_TRUNCATE',
        createDisposition: 'CREATE_NEVER',
        maxBadRecords: 5,
      },
    });
    expect(server.asked).toHaveLength(3);
  });

  it('a load job that fails says BigQuery’s reason', async () => {
    const { stage } = await stageAt(() => ({
      json: {
        ...running,
        status: { state: 'DONE', errorResult: { reason: 'invalid', message: 'Too many errors' } },
      },
    }));
    const { outcome } = await stage.perform({ load: { ...load, from: 'gs://b/a.csv' } });
    expect(outcome).toMatchObject({ ok: false, code: 'invalid', explanation: 'invalid: Too many errors' });
  });

  it('an extract job says what it writes', async () => {
    const { stage, server } = await stageAt(() => ({ json: { ...loaded, statistics: {} } }));
    const wish = {
      table: 'p2.d.users',
      to: 'gs://b/u-*.csv',
      format: 'CSV',
      compression: 'GZIP',
      printHeader: false,
    } as const;
    expect((await stage.perform({ export: wish })).outcome.ok).toBe(true);
    expect(jsonOf(server.asked[0]!)['configuration']).toEqual({
      extract: {
        sourceTable: { projectId: 'p2', datasetId: 'd', tableId: 'users' },
        destinationUris: ['gs://b/u-*.csv'],
        destinationFormat: 'CSV',
        compression: 'GZIP',
        printHeader: false,
      },
    });
  });

  const insert = { table: 'd.users', insertIds: false, skipInvalidRows: true, ignoreUnknownValues: false };

  it('inserted rows that are refused fail the sample, and are not sent again', async () => {
    const { stage, server } = await stageAt(() => ({
      json: { insertErrors: [{ index: 1, errors: [{ reason: 'invalid', message: 'no such field: m' }] }] },
    }));
    const { outcome } = await stage.perform({ insert: { ...insert, rows: [{ n: 1 }, { m: 2 }] } });
    expect(outcome).toMatchObject({
      ok: false,
      code: 'invalid',
      explanation: 'invalid: 1 rows were refused; the first: no such field: m',
    });
    expect(server.asked.map(jsonOf)).toMatchObject([
      { rows: [{ json: { n: 1 } }, { json: { m: 2 } }], skipInvalidRows: true },
    ]);
  });

  it.each([
    [
      'create',
      409,
      { create: { dataset: 'd', ifExists: 'ignore' as const } },
      { create: { dataset: 'd', ifExists: 'fail' as const } },
    ],
    [
      'delete',
      404,
      { delete: { table: 'd.t', contents: false, ifMissing: 'ignore' as const } },
      { delete: { table: 'd.t', contents: false, ifMissing: 'fail' as const } },
    ],
  ])('%s may be content with what is there already', async (_, status, lenient, strict) => {
    const { stage } = await stageAt(() => apiError(status, 'reason', 'message'));
    expect((await stage.perform(lenient)).outcome).toMatchObject({ ok: true, code: String(status) });
    expect((await stage.perform(strict)).outcome).toMatchObject({ ok: false, code: String(status) });
  });
});

it('shows the request without what says who asks', async () => {
  const { stage } = await stageAt(() => queryAnswer([1]));
  const { outcome }: Seen = await stage.perform(select, everything);
  expect(outcome.request?.method).toBe('POST');
  expect(outcome.request?.body).toContain('SELECT n');
  expect(configured({}).retries).toBe(0);
});
