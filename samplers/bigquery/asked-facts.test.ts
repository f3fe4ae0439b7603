import { afterEach, describe, expect, it } from 'vitest';
import { nothingAsked, type Asked } from '../../engine/model/asked.ts';
import type { BigQueryConfig } from './schema.ts';
import { Stage } from './test-support/perform.ts';
import { queryAnswer, ToldServer, type Asked as Request, type Reply } from './test-support/told-server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const answered = { cacheHit: false, totalBytesProcessed: '1000' };
const times = { creationTime: '1700000000000', startTime: '1700000000040', endTime: '1700000000300' };
const statistics = { ...times, totalSlotMs: '77', query: { ...answered, totalBytesBilled: '10485760' } };
const job = { jobReference: { jobId: 'job-1', location: 'EU' }, status: { state: 'DONE' }, statistics };

/** What is sent for a query, and what is measured of it. */
async function sent(
  config: Partial<BigQueryConfig>,
  { asked = nothingAsked, answer = answered }: { asked?: Asked; answer?: object } = {},
) {
  const reply = ({ method, url }: Request): Reply => {
    if (url.pathname.endsWith('/jobs') && method === 'POST')
      return {
        json: { ...job, status: { state: 'RUNNING' }, statistics: { creationTime: '1700000000000' } },
      };
    return url.pathname.endsWith('/jobs/job-1') ? { json: job } : queryAnswer([1], answer);
  };
  const server = await ToldServer.start((request) =>
    reply({ ...request, url: new URL(request.url.href.replace(/[\w-]{36}/, 'job-1')) }),
  );
  const stage = await Stage.open({ endpoint: server.url }, undefined, { asked });
  closing.push(
    () => server.stop(),
    () => stage.close(),
  );
  // As the engine renders it where nobody says anything: without the key.
  const { statistics: wish } = config;
  const { outcome } = await stage.perform({
    query: 'SELECT n',
    ...config,
    ...({ statistics: wish } as Partial<BigQueryConfig>),
  });
  return {
    paths: server.paths.map((path) => path.replace(/[\w-]{36}$/, 'job-1')),
    metrics: outcome.metrics ?? {},
  };
}

const [one, two] = [['POST /queries'], ['POST /queries', 'GET /jobs/job-1']];
const metrics = (...names: string[]): Asked => ({ metrics: names, answers: false });
const price = (perTebibyte: number, perSlotHour: number) => ({ price: { perTebibyte, perSlotHour } });
const full = { ...answered, ...times, totalBytesBilled: '10485760', totalSlotMs: '77' };

describe('the second request of a query', () => {
  it.each<[string, Partial<BigQueryConfig>, Parameters<typeof sent>[1], readonly string[]]>([
    ['nobody asks', {}, {}, one],
    ['it is always wished', { statistics: true }, {}, two],
    ['it is always wished, and all is in the answer', { statistics: true }, { answer: full }, one],
    ['a threshold asks for what is billed', {}, { asked: metrics('bigquery_bytes_billed') }, two],
    ['a threshold asks for slot time', {}, { asked: metrics('bigquery_slot_ms') }, two],
    ['a threshold asks how long it waited', {}, { asked: metrics('bigquery_queue_time') }, two],
    ['a threshold asks how long it took', {}, { asked: metrics('bigquery_execution_time') }, two],
    ['a threshold asks for what the answer has', {}, { asked: metrics('bigquery_bytes_processed') }, one],
    ['a threshold asks for rows, which the answer has', {}, { asked: metrics('bigquery_rows') }, one],
    [
      'an answer lacks what answers have',
      {},
      { asked: metrics('bigquery_bytes_processed'), answer: { totalBytesProcessed: undefined } },
      two,
    ],
    ['a threshold asks for times', {}, { asked: metrics('elapsed', 'my_own') }, one],
    [
      'a threshold asks, and the answer has it',
      {},
      { asked: metrics('bigquery_slot_ms'), answer: { totalSlotMs: '0' } },
      one,
    ],
    [
      'a threshold asks, and the author refuses',
      { statistics: false },
      { asked: metrics('bigquery_slot_ms') },
      one,
    ],
    ['bytes have a price', price(6.25, 0), {}, two],
    ['slots have a price', price(0, 0.06), {}, two],
    ['bytes have a price and are in the answer', price(6.25, 0), { answer: { totalBytesBilled: '0' } }, one],
    ['all is free', price(0, 0), {}, one],
    ['the cache is free', price(6.25, 0.06), { answer: { cacheHit: true } }, one],
    ['there is a price, and the author refuses', { ...price(6.25, 0), statistics: false }, {}, one],
    ['a listener shows answers', {}, { asked: { metrics: [], answers: true } }, two],
    ['a dry run is nobody’s bill', { dryRun: true, statistics: true }, {}, ['POST /jobs']],
    ['a job is made', { api: 'insert' }, {}, ['POST /jobs', 'GET /queries/job-1']],
    [
      'a job is made, and a threshold asks',
      { api: 'insert' },
      { asked: metrics('bigquery_bytes_billed') },
      ['POST /jobs', 'GET /queries/job-1', 'GET /jobs/job-1'],
    ],
  ])('where %s', async (_, config, given, paths) => {
    expect((await sent(config, given)).paths).toEqual(paths);
  });

  it('leaves what it was not sent for as not known, and knows that the cache is free', async () => {
    const unasked = (await sent({})).metrics;
    expect(unasked).toMatchObject({ bigquery_bytes_billed: null, bigquery_slot_ms: null });
    expect(unasked).not.toHaveProperty('bigquery_execution_time');
    const cached = (await sent({}, { answer: { cacheHit: true } })).metrics;
    expect(cached).toMatchObject({ bigquery_bytes_billed: 0 });
    const asked = (await sent(price(1048576, 0))).metrics;
    expect(asked).toMatchObject({ bigquery_bytes_billed: 10_485_760, bigquery_slot_ms: 77, cost: 10 });
  });
});
