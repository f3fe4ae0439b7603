import { afterEach, describe, expect, it } from 'vitest';
import type { BigQueryConfig } from './schema.ts';
import { bodyOf, Stage } from './test-support/perform.ts';
import { apiError, queryAnswer, ToldServer, type Reply } from './test-support/told-server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** What becomes of an operation whose first requests meet these answers, and what it sends. */
async function after(replies: readonly Reply[], config: Partial<BigQueryConfig>) {
  const left = [...replies];
  const server = await ToldServer.start(() => left.shift() ?? apiError(400, 'invalid', 'too much was asked'));
  const readBytes = () => Buffer.from('id\n1\n');
  const pause = () => Promise.resolve();
  const stage = await Stage.open({ endpoint: server.url, retries: 3 }, readBytes, { pause });
  closing.push(
    () => server.stop(),
    () => stage.close(),
  );
  const seen = await stage.perform({ statistics: false, ...config });
  return { ...seen, paths: server.paths.map((path) => path.replace(/[\w-]{36}$/, 'JOB')), left: left.length };
}

const duplicate = apiError(409, 'duplicate', 'Already Exists: Job p:JOB');
const gone = apiError(404, 'notFound', 'Not found: Dataset p:d');
const busy = apiError(503, 'backendError', 'busy');
const badGateway = apiError(502, 'badGateway', 'the answer of the service was lost');
const done = (statistics: object = {}): Reply => ({
  json: { jobReference: { jobId: 'JOB' }, status: { state: 'DONE' }, statistics },
});
const load = { load: { table: 'd.t', from: 'gs://b/a.csv' } } as Partial<BigQueryConfig>;
const fromFile = { load: { table: 'd.t', from: 'a.csv' } } as Partial<BigQueryConfig>;
const extract = { export: { table: 'd.t', to: 'gs://b/a.csv', format: 'CSV' } } as Partial<BigQueryConfig>;
const rows = done({ load: { outputRows: '1' } });

describe('a job whose making was carried out, but not answered, is taken when it is made again', () => {
  it.each<[string, Partial<BigQueryConfig>, Reply, string]>([
    ['a query', { query: 'SELECT n', api: 'insert' }, queryAnswer([7]), 'GET /queries/JOB'],
    ['a load job', load, rows, 'GET /jobs/JOB'],
    ['an upload', fromFile, rows, 'GET /jobs/JOB'],
    ['an extract job', extract, done(), 'GET /jobs/JOB'],
  ])('%s', async (_, config, answer, asked) => {
    for (const lost of ['reset', 'reset in body', badGateway, busy] satisfies Reply[]) {
      const { outcome, paths, left } = await after([lost, duplicate, answer], config);
      expect(outcome).toMatchObject({ ok: true, code: '200', metrics: { bigquery_retries: 1 } });
      expect(paths).toEqual(['POST /jobs', 'POST /jobs', asked]);
      expect(left).toBe(0);
    }
  });

  it('with all its rows', async () => {
    const replies = [
      'reset',
      duplicate,
      queryAnswer([], { jobComplete: false, rows: undefined }),
      queryAnswer([7]),
    ];
    const seen = await after(replies as Reply[], { query: 'SELECT n', api: 'insert' });
    expect(bodyOf(seen).rows).toEqual([{ n: 7 }]);
  });

  it('and not when its id was taken before', async () => {
    const { outcome } = await after([duplicate], { query: 'SELECT n', api: 'insert' });
    expect(outcome).toMatchObject({ ok: false, code: '409' });
  });
});

const dataset = { datasetReference: { datasetId: 'd' } };
const create = { create: { dataset: 'd' } } as Partial<BigQueryConfig>;
const createTable = { create: { table: 'd.t' } } as Partial<BigQueryConfig>;
const remove = { delete: { dataset: 'd' } } as Partial<BigQueryConfig>;
const removeTable = { delete: { table: 'd.t' } } as Partial<BigQueryConfig>;

describe('what was made or deleted, but not answered', () => {
  it.each([
    ['a dataset that is made', create, duplicate],
    ['a table that is made', createTable, duplicate],
    ['a dataset that is deleted', remove, gone],
    ['a table that is deleted', removeTable, gone],
  ])('%s: is a success when it is there, or gone, at the next try', async (_, config, answer) => {
    for (const lost of ['reset', badGateway] satisfies Reply[]) {
      const { outcome } = await after([lost, busy, answer], config);
      const code = answer === duplicate ? '200' : '204';
      expect([outcome.ok, outcome.code, outcome.message]).toEqual([true, code, 'as it should be already']);
    }
    // Nothing was lost: somebody else did it before.
    for (const before of [[], [busy], [apiError(429, 'rateLimitExceeded', 'slow')]]) {
      const { outcome } = await after([...before, answer], config);
      expect([outcome.ok, outcome.code]).toEqual([false, String((answer as { status: number }).status)]);
    }
  });

  it('without retries it fails as it was lost', async () => {
    const { outcome } = await after(['reset', { json: dataset }], { ...create, retries: 0 });
    expect(outcome.failure).toMatch(/^reset/);
  });
});
