import type { BigQuery, Query } from '@google-cloud/bigquery';
import { expect, it } from 'vitest';
import { officialClient } from '../../sandbox/bigquery/test-support/client.ts';
import type { BigQueryConfig } from './schema.ts';
import { Stage } from './test-support/perform.ts';
import { queryAnswer, ToldServer, type Asked } from './test-support/told-server.ts';

const job = {
  kind: 'bigquery#job',
  jobReference: { projectId: 'test-project', jobId: 'job', location: 'EU' },
  configuration: {},
  status: { state: 'DONE' },
};
const figures = {
  totalBytesBilled: '0',
  totalSlotMs: '1',
  startTime: '1700000000000',
  endTime: '1700000000001',
};
const server = () =>
  ToldServer.start(({ method, url }) =>
    method === 'POST' && url.pathname.endsWith('/jobs') ? { json: job } : queryAnswer([1], figures),
  );

/** What may differ: ids, how long the server waits, and what the client sends by mistake or only to itself. */
function comparable({ method, url, headers, body }: Asked) {
  const { 'user-agent': agent, 'x-goog-api-client': api, 'content-type': type } = headers;
  const known: unknown = body === '' ? {} : JSON.parse(body);
  const text = JSON.stringify(known, (key, value: unknown) =>
    ['requestId', 'jobId', 'types', 'timeoutMs'].includes(key) || (key === 'dryRun' && value === false)
      ? undefined
      : value === null
        ? undefined
        : value,
  );
  const path = url.pathname.replace(/[\da-f]{8}-[\da-f-]+$/, 'ID');
  const query = [...url.searchParams].sort();
  return {
    method,
    path,
    query,
    agent,
    api: String(api).replace(/ gccl-.*/, ''),
    type,
    body: sorted(JSON.parse(text)),
  };
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, one]) => [key, sorted(one)]),
  );
}

const shared = {
  query: 'SELECT 1',
  labels: { a: 'b' },
  location: 'EU',
  useQueryCache: false,
};
const theirs = {
  ...shared,
  maximumBytesBilled: '100',
  defaultDataset: { datasetId: 'd', projectId: 'test-project' },
};
const ours = { ...shared, maximumBytesBilled: 100, defaultDataset: 'd' };
const typed = { n: { type: 'INT64', value: '7' }, s: 'x' } as never;

const cases: [what: string, Partial<BigQueryConfig>, (client: BigQuery) => Promise<unknown>][] = [
  ['a query', ours, (client) => client.query(theirs)],
  [
    'named parameters',
    { ...ours, parameters: typed },
    (client) => client.query({ ...theirs, params: { n: '7', s: 'x' }, types: { n: 'INT64', s: 'STRING' } }),
  ],
  [
    'parameters by place',
    { ...ours, parameters: ['x'] as never },
    (client) => client.query({ ...theirs, params: ['x'], types: ['STRING'] }),
  ],
  [
    'a dry run',
    { ...ours, dryRun: true },
    (client) => client.createQueryJob(job_({ ...theirs, dryRun: true })),
  ],
  [
    'a job and its results',
    { ...ours, api: 'insert', priority: 'BATCH' },
    async (client) => {
      const [made] = await client.createQueryJob(job_({ ...theirs, priority: 'BATCH' }));
      await made.getQueryResults();
    },
  ],
];

/** The client's default is not to say it. */
function job_(query: Query): Query {
  return { priority: 'INTERACTIVE', ...query };
}

it.each(cases)('%s sends what the official client sends', async (_, config, perform) => {
  const told = await server();
  const client = officialClient(told.url, 'test-project');
  await perform(client);
  const expected = told.asked.splice(0).map(comparable);
  const stage = await Stage.open({ endpoint: told.url, statistics: false });
  expect((await stage.perform(config)).outcome.ok).toBe(true);
  expect(told.asked.map(comparable)).toEqual(expected);
  await stage.close();
  await told.stop();
});
