import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultsOf } from '../../engine/model/json-schema.ts';
import type { Outcome } from '../../engine/model/sample.ts';
import type { OpenSampler, SampleContext } from '../../engine/model/sampler.ts';
import { BigQuerySampler } from '../bigquery/bigquery-sampler.ts';
import { loadLibrary } from '../bigquery/client.ts';
import { configured } from '../bigquery/test-support/perform.ts';
import { GcsSampler } from '../gcs/gcs-sampler.ts';
import { gcsSchema } from '../gcs/schema.ts';
import { noFiles } from '../http/test-support/perform.ts';
import { Sessions } from './sessions.ts';
import { TokenServer } from './test-support/token-server.ts';

const choice = { keyFile: '', impersonate: '', quotaProject: '' };
let tokens: TokenServer;
let api: Server;
/** What the service is asked with, and what it does. */
let asked: string[];
let accepts: (token: string, request: IncomingMessage) => boolean;
let sessions: Sessions;
let given: number;
/** Ahead of the real clock; and what is to be done later. */
let aheadMs: number;
let later: (readonly [ms: number, act: () => void])[];

beforeEach(async () => {
  [asked, given, aheadMs, later] = [[], 0, 0, []];
  accepts = () => true;
  tokens = await new TokenServer().start();
  tokens.answer = () => [200, { access_token: `token-${++given}`, expires_in: 3600, token_type: 'Bearer' }];
  vi.stubEnv('GCE_METADATA_HOST', tokens.host);
  api = createServer((request, response) => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    asked.push(token);
    request.resume().on('end', () => {
      const isFine = accepts(token, request);
      response.writeHead(isFine ? 200 : 401, {
        'content-type': 'application/json',
        location: `${url()}/session`,
      });
      response.end(JSON.stringify(isFine ? answer : { error: { code: 401, message: 'Who are you?' } }));
    });
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const clock = {
    nowEpochMs: () => Date.now() + aheadMs,
    later: (ms: number, act: () => void) => void later.push([ms, act]),
  };
  sessions = new Sessions(noFiles, { GCE_METADATA_HOST: tokens.host, HOME: '/nowhere' }, clock);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await tokens.stop();
  api.closeAllConnections();
  await new Promise((resolve) => api.close(resolve));
});

const answer = { name: 'x', jobComplete: true, jobReference: { jobId: 'j' }, totalBytesBilled: '0' };
const url = () => `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
const target = () => ({ endpoint: url(), credentials: choice });

interface Seen {
  readonly outcome: Outcome;
  /** What the sampler said of its time, in order. */
  readonly said: readonly string[];
}

type Perform = () => Promise<Seen>;

async function seen(perform: (context: SampleContext) => Promise<Outcome | null>): Promise<Seen> {
  const said: string[] = [];
  const nothing = () => undefined;
  const context = {
    ...{ keepBody: false, keepHeaders: false, keepRequest: false, keepOfParts: null },
    user: { threadName: 'Users 1-1', iteration: 0 },
    ...{ connected: nothing, firstByte: nothing, done: nothing, part: nothing },
    ready: () => void said.push(`ready after ${asked.length} requests`),
    idle: () => {
      said.push('idle');
      return () => void said.push('goes on');
    },
    begin: () => ({ connected: nothing, firstByte: nothing, end: nothing }),
  };
  const outcome = await perform(context);
  if (outcome === null) throw new Error('nothing was done');
  return { outcome, said };
}

const samplers: [what: string, open: () => Promise<{ sampler: OpenSampler<never>; perform: Perform }>][] = [
  ...(['media', 'multipart', 'resumable'] as const).map((kind): (typeof samplers)[number] => [
    `gcs ${kind}`,
    () => {
      const sampler = new GcsSampler({ pathOf: (path) => path }, sessions, { targetOf: target });
      const config = { bucket: 'b', upload: 'x', text: 'hello', kind, validation: 'none', timeout: 9000 };
      const whole = { ...defaultsOf(gcsSchema), ...config } as never;
      return Promise.resolve({ sampler, perform: () => seen((context) => sampler.perform(whole, context)) });
    },
  ]),
  [
    'bigquery',
    async () => {
      const joints = { sessions, targetOf: target };
      const sampler = new BigQuerySampler(await loadLibrary(), { readBytes: noFiles }, joints);
      const config = configured({ query: 'SELECT 1', statistics: false });
      return { sampler, perform: () => seen((context) => sampler.perform(config, context)) };
    },
  ],
];

describe.each(samplers)('%s', (what, open) => {
  it('has a token before its time begins', async () => {
    const { perform, sampler } = await open();
    const first = await perform();
    expect(first.outcome.ok).toBe(true);
    expect(first.said).toEqual(['ready after 0 requests']);
    const second = await perform();
    expect(second.said.filter((word) => word === 'idle')).toEqual([]);
    expect(given).toBe(1);
    await sampler.close();
  });

  it('answers a 401 by one new token for all users, out of its time', async () => {
    const { perform, sampler } = await open();
    await perform();
    accepts = (token) => token !== 'token-1';
    asked = [];
    const all = await Promise.all(Array.from({ length: 20 }, () => perform()));
    expect(all.map(({ outcome }) => outcome.ok)).toEqual(Array.from({ length: 20 }, () => true));
    expect(given).toBe(2);
    expect(all[0]?.said.slice(-2)).toEqual(['idle', 'goes on']);
    const requests = what === 'gcs resumable' ? 2 : 1;
    expect(asked.filter((token) => token === 'token-2')).toHaveLength(20 * requests);
    expect(all[0]?.outcome.metrics).toMatchObject({
      [what.startsWith('gcs') ? 'gcs_retries' : 'bigquery_retries']: 1,
    });
    await sampler.close();
  });

  it('fails with a remedy when the new token is refused as well, and asks for no more for a while', async () => {
    const { perform, sampler } = await open();
    await perform();
    accepts = () => false;
    asked = [];
    const { outcome } = await perform();
    expect([outcome.ok, outcome.code]).toEqual([false, '401']);
    expect(outcome.explanation ?? outcome.failure).toContain('nor was a new token');
    expect(asked).toEqual(['token-1', 'token-2']);
    await Promise.all(Array.from({ length: 5 }, () => perform()));
    expect(given).toBe(2);
    aheadMs = 6000;
    await perform();
    expect(given).toBe(3);
    await sampler.close();
  });

  it('whose token has ended waits for the next one before its time begins', async () => {
    const { perform, sampler } = await open();
    await perform();
    aheadMs = 3_700_000;
    tokens.answer = () => [200, { access_token: `token-${++given}`, expires_in: 7200, token_type: 'Bearer' }];
    asked = [];
    const { outcome, said } = await perform();
    expect(outcome.ok).toBe(true);
    expect(said.filter((word) => word !== 'idle')).toContain('ready after 0 requests');
    expect(new Set(asked)).toEqual(new Set(['token-2']));
    await sampler.close();
  });

  it('is told in words that no token can be had, and took no time', async () => {
    tokens.answer = [400, { error: 'There is no account.' }];
    const { perform, sampler } = await open();
    const { outcome, said } = await perform();
    expect(outcome.failure).toContain('credentials: The credentials could not be used');
    expect(said).toEqual(['ready after 0 requests']);
    expect(asked).toEqual([]);
    await sampler.close();
  });
});

describe('a token', () => {
  it.each([
    [3600, 3300],
    [900, 600],
    [400, 200],
    [60, 30],
    [1, 1],
  ])('of %i s is replaced in the background after %i s, and is used until its end', async (lives, after) => {
    tokens.answer = () => [
      200,
      { access_token: `token-${++given}`, expires_in: lives, token_type: 'Bearer' },
    ];
    const session = sessions.of(choice);
    await session?.waitedFor();
    for (let use = 0; use < 10; use++) await session?.waitedFor();
    expect(given).toBe(1);
    const [[ms, act] = [0, () => undefined]] = later;
    expect(Math.round(ms / 1000)).toBe(after);
    act();
    await expect.poll(() => session?.headers?.['Authorization']).toBe('Bearer token-2');
    expect(given).toBe(2);
  });

  it('that nobody uses is not replaced', async () => {
    const session = sessions.of(choice);
    await session?.waitedFor();
    later[0]?.[1]();
    expect(session?.headers).not.toBeNull();
    expect(given).toBe(1);
  });

  it('that cannot be replaced is used until its end, and tried again', async () => {
    const session = sessions.of(choice);
    await session?.waitedFor();
    expect(session?.headers).not.toBeNull();
    const { answer: good } = tokens;
    tokens.answer = [404, {}];
    later[0]?.[1]();
    await expect.poll(() => later.length).toBe(2);
    expect(session?.headers?.['Authorization']).toBe('Bearer token-1');
    tokens.answer = good;
    aheadMs += 10_000;
    later[1]?.[1]();
    await expect.poll(() => session?.headers?.['Authorization']).toBe('Bearer token-2');
  });
});

it('a token does not follow an upload to another server', async () => {
  const other: string[] = [];
  const elsewhere = createServer((request, response) => {
    other.push(String(request.headers.authorization));
    request.resume().on('end', () => response.end(JSON.stringify(answer)));
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/session`;
  api.removeAllListeners('request');
  api.on('request', (request: IncomingMessage, response: ServerResponse) => {
    asked.push(String(request.headers.authorization));
    request.resume().on('end', () => response.writeHead(200, { location }).end('{}'));
  });
  const sampler = new GcsSampler({ pathOf: (path) => path }, sessions, { targetOf: target });
  const config = {
    ...defaultsOf(gcsSchema),
    bucket: 'b',
    upload: 'x',
    text: 'x',
    validation: 'none',
  } as never;
  expect((await seen((context) => sampler.perform(config, context))).outcome.ok).toBe(true);
  expect([asked, other]).toEqual([['Bearer token-1'], ['undefined']]);
  await sampler.close();
  elsewhere.closeAllConnections();
  elsewhere.close();
});
