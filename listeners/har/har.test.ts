import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sample, SampleDetail } from '../../engine/model/sample.ts';
import { AccessMask } from '../access.ts';
import { HarFile } from './har.ts';

const plainDetail: SampleDetail = {
  request: { method: 'GET', url: 'http://127.0.0.1/a?x=1&token=abc', headers: [], body: '' },
  requestIsCut: false,
  headers: [],
  body: Buffer.from(''),
  bodyBytes: 0,
};
const sample = (given: Partial<Sample>, detail: Partial<SampleDetail> = {}): Sample => ({
  kind: 'sample',
  phase: 'load',
  label: 'L',
  tags: {},
  threadName: 'G 1-1',
  dueEpochMs: 0,
  startEpochMs: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
  elapsedMs: 30,
  idleMs: 0,
  latencyMs: 20,
  connectMs: 5,
  ok: true,
  code: '200',
  message: 'OK',
  failure: '',
  dataType: 'text',
  bytesReceived: 1,
  bytesSent: 1,
  url: null,
  groupThreads: 1,
  allThreads: 1,
  detail: { ...plainDetail, ...detail },
  ...given,
});

interface Entry {
  readonly request: Record<string, unknown>;
  readonly response: Record<string, unknown>;
  readonly time: number;
  readonly timings: Record<string, number>;
  readonly comment: string;
}

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'loadplan-har-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const entriesOf = async (...batch: Sample[]): Promise<Entry[]> => {
  const file = join(folder, 'a.har');
  const har = new HarFile({
    file,
    version: '9',
    access: new AccessMask((text) => text.replaceAll('geheim', '***')),
  });
  har.samples(batch);
  await har.end();
  const { log } = JSON.parse(readFileSync(file, 'utf8')) as { log: Record<string, unknown> };
  expect(log).toMatchObject({ version: '1.2', creator: { name: 'Loadplan', version: '9' } });
  return log['entries'] as Entry[];
};

describe('a HAR', () => {
  it('has what HAR 1.2 asks of an entry, and its times add up', async () => {
    const [entry] = await entriesOf(
      sample({}, { body: Buffer.from('{}'), bodyBytes: 2, contentType: 'application/json' }),
    );
    expect(entry).toEqual({
      startedDateTime: '2026-01-02T03:04:05.006Z',
      time: 30,
      request: {
        method: 'GET',
        url: 'http://127.0.0.1/a?x=1&token=***',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [],
        queryString: [
          { name: 'x', value: '1' },
          { name: 'token', value: '***' },
        ],
        headersSize: -1,
        bodySize: 0,
      },
      response: {
        status: 200,
        statusText: 'OK',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [],
        content: { size: 2, mimeType: 'application/json', text: '{}' },
        redirectURL: '',
        headersSize: -1,
        bodySize: -1,
      },
      cache: {},
      timings: { blocked: -1, dns: -1, connect: 5, ssl: -1, send: 0, wait: 15, receive: 10 },
      comment: 'L',
    });
  });

  it('masks what gives access, and names cookies', async () => {
    const headers = [
      ['Cookie', 'a=1; b=2'],
      ['Authorization', 'Bearer tok-123456'],
      ['X-A', 'geheim'],
    ] as const;
    const request = { method: 'POST', url: 'http://h/', headers, body: 'password=x&again=tok-123456' };
    const [entry] = await entriesOf(
      sample(
        {},
        {
          request,
          headers: [['Set-Cookie', 'sid=cookie-1; Path=/']],
          body: Buffer.from('cookie-1'),
          bodyBytes: 8,
        },
      ),
    );
    expect(entry?.request).toMatchObject({
      cookies: [
        { name: 'a', value: '***' },
        { name: 'b', value: '***' },
      ],
      headers: [
        { name: 'Cookie', value: '***' },
        { name: 'Authorization', value: '***' },
        { name: 'X-A', value: '***' },
      ],
      postData: { mimeType: '', text: 'password=***&again=***' },
      bodySize: 27,
    });
    expect(entry?.response).toMatchObject({
      cookies: [{ name: 'sid', value: '***' }],
      content: { text: '***' },
    });
  });

  it('has bytes in Base64, and no answer as status 0 with the reason', async () => {
    const [binary, none] = await entriesOf(
      sample({ dataType: 'bin' }, { body: Uint8Array.of(255, 0, 1), bodyBytes: 3 }),
      sample({
        ok: false,
        code: 'Non HTTP response code: x',
        failure: 'connect.refused',
        latencyMs: 0,
        connectMs: 0,
      }),
    );
    expect(binary?.response['content']).toMatchObject({ size: 3, text: '/wAB', encoding: 'base64' });
    expect(none?.response).toMatchObject({ status: 0, statusText: 'connect.refused' });
    expect(none?.timings).toMatchObject({ connect: -1, wait: 30, receive: 0 });
    expect(none?.comment).toBe('L: connect.refused');
  });

  it('has the parts that sent requests in place of the whole, and nothing that is no request', async () => {
    const file = { method: 'RUN', url: 'node -v', headers: [], body: '' };
    const entries = await entriesOf(
      sample({ label: 'whole' }),
      sample({ kind: 'sub', label: 'whole-0', code: '302' }),
      sample({ kind: 'sub', label: 'whole-1' }),
      sample({ label: 'healing' }, { request: null }),
      sample({ kind: 'sub', label: 'healing-trigger' }),
      sample({ label: 'command' }, { request: file }),
      sample({ kind: 'transaction', label: 'all' }, { request: null }),
      sample({ label: 'last' }),
    );
    expect(entries.map(({ comment }) => comment)).toEqual(['whole-0', 'whole-1', 'healing-trigger', 'last']);
  });

  it('can be told before to be impossible to write', async () => {
    const har = new HarFile({
      file: join(folder, 'none', 'a.har'),
      version: '9',
      access: new AccessMask((text) => text),
    });
    await expect(har.end()).rejects.toThrow('cannot write');
  });
});
