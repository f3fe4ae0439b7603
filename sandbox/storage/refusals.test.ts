import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../server.ts';
import type { Sandbox } from '../server.ts';

let sandbox: Sandbox;
const objects = '/storage/v1/b/kept/o';

beforeAll(async () => {
  sandbox = await startSandbox();
  await call('POST', '/storage/v1/b?project=p', { name: 'kept', labels: { a: 'b' }, location: 'EU' });
  for (const name of ['a.txt', 'logs/1.csv', 'logs/2.json', 'logs/deep/3.csv'])
    await upload(name, '0123456789');
});
afterAll(() => sandbox.close());

async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const text = body === undefined ? null : JSON.stringify(body);
  const response = await fetch(sandbox.url + path, { method, body: text, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function upload(name: string, content: string) {
  const path = `/upload${objects}?uploadType=media&name=${encodeURIComponent(name)}`;
  await fetch(sandbox.url + path, { method: 'POST', body: content });
}

async function names(parameters: string): Promise<readonly string[]> {
  const { text } = await call('GET', `${objects}?${parameters}`);
  const { items = [] } = JSON.parse(text) as { items?: { name: string }[] };
  return items.map(({ name }) => name);
}

describe('what a request says and the sandbox does not do is refused by its name', () => {
  it.each([
    ['GET', `${objects}?softDeleted=true`, undefined, 'softDeleted can only be false'],
    ['GET', `${objects}?filter=x`, undefined, 'does not support filter'],
    ['DELETE', `${objects}/a.txt?bypass=x`, undefined, 'does not support bypass'],
    ['POST', `/storage/v1/b?project=p&predefinedAcl=private`, { name: 'new' }, 'predefinedAcl'],
    [
      'POST',
      '/storage/v1/b?project=p',
      { name: 'new', lifecycle: { rule: [{ action: {}, condition: { age: 1 } }] } },
      'does not support lifecycle',
    ],
    [
      'POST',
      '/storage/v1/b?project=p',
      { name: 'new', versioning: { enabled: true } },
      'versioning.enabled can only be false',
    ],
    ['PATCH', `${objects}/a.txt`, { temporaryHold: true }, 'temporaryHold can only be false'],
    ['PATCH', `${objects}/a.txt`, { retention: { mode: 'Locked' } }, 'does not support retention'],
    [
      'POST',
      `${objects}/a.txt/compose`,
      { sourceObjects: [{ name: 'a.txt', other: 1 }] },
      'sourceObjects[0].other',
    ],
    ['POST', `/upload${objects}?uploadType=media&name=x&kmsKeyName=k`, {}, 'does not support kmsKeyName'],
  ])('%s %s %j', async (method, path, body, message) => {
    const answer = await call(method, path, body);
    expect(answer).toMatchObject({ status: 501, text: expect.stringContaining(message) as string });
  });

  it.each(['garbage', 'YQ=='])('the page token %s, which nobody was given, is a mistake', async (token) => {
    const answer = await call('GET', `${objects}?pageToken=${token}`);
    expect(answer).toMatchObject({
      status: 400,
      text: expect.stringContaining('is none that was given') as string,
    });
  });

  it.each([
    'X-Goog-Encryption-Key',
    'If-Modified-Since',
    'X-HTTP-Method-Override',
    'X-Goog-If-Generation-Match',
  ])('the header %s', async (name) => {
    const answer = await call('GET', `${objects}/a.txt`, undefined, { [name]: 'x' });
    expect(answer).toMatchObject({
      status: 501,
      text: expect.stringContaining(name.toLowerCase()) as string,
    });
  });

  it('but what clients say of themselves is taken', async () => {
    const parameters =
      'userProject=p&prettyPrint=false&alt=json&fields=items&key=k&projection=noAcl&versions=False';
    const headers = { 'x-goog-api-client': 'x', 'x-goog-gcs-idempotency-token': 'x' };
    expect((await call('GET', `${objects}?${parameters}`, undefined, headers)).status).toBe(200);
  });
});

describe('lists', () => {
  it.each([
    ['matchGlob=**', ['a.txt', 'logs/1.csv', 'logs/2.json', 'logs/deep/3.csv']],
    ['matchGlob=*', ['a.txt']],
    ['matchGlob=logs/*.csv', ['logs/1.csv']],
    ['matchGlob=**.csv', ['logs/1.csv', 'logs/deep/3.csv']],
    ['matchGlob=logs/[!1].*', ['logs/2.json']],
    ['matchGlob=logs/?.{csv,json}', ['logs/1.csv', 'logs/2.json']],
    ['matchGlob=none', []],
    ['matchGlob=**.csv&prefix=logs/d', ['logs/deep/3.csv']],
    ['prefix=logs/&delimiter=/&includeTrailingDelimiter=True', ['logs/1.csv', 'logs/2.json']],
  ])('%s', async (parameters, expected) => {
    expect(await names(parameters)).toEqual(expected);
  });

  it.each(['true', 'True', 'TRUE', '1'])('includeTrailingDelimiter may be %s', async (text) => {
    await upload('folder/', '');
    expect(await names(`delimiter=/&includeTrailingDelimiter=${text}`)).toContain('folder/');
    await call('DELETE', `${objects}/folder%2F`);
  });
});

describe('conditions', () => {
  it('by tags hold or stop the request', async () => {
    const etag = (await call('GET', `${objects}/a.txt`)).headers.get('etag') ?? '';
    const { text } = await call('GET', `${objects}/a.txt`);
    expect((JSON.parse(text) as { etag: string }).etag).toBe(etag);
    expect((await call('GET', `${objects}/a.txt`, undefined, { 'If-None-Match': etag })).status).toBe(304);
    expect((await call('GET', `${objects}/a.txt?alt=media`, undefined, { 'If-Match': '"x"' })).status).toBe(
      412,
    );
    expect((await call('DELETE', `${objects}/a.txt`, undefined, { 'If-Match': 'x' })).status).toBe(412);
    expect((await call('PATCH', `${objects}/a.txt`, { metadata: {} }, { 'If-Match': etag })).status).toBe(
      200,
    );
    expect((await call('PATCH', `${objects}/a.txt`, { metadata: {} }, { 'If-Match': etag })).status).toBe(
      412,
    );
    const bucket = (JSON.parse((await call('GET', '/storage/v1/b/kept')).text) as { etag: string }).etag;
    expect((await call('PATCH', '/storage/v1/b/kept', {}, { 'If-Match': 'x' })).status).toBe(412);
    expect((await call('GET', '/storage/v1/b/kept', undefined, { 'If-None-Match': bucket })).status).toBe(
      304,
    );
  });
});

describe('answers', () => {
  it('to PUT of a bucket no longer have what it does not say', async () => {
    const answer = JSON.parse((await call('PUT', '/storage/v1/b/kept', {})).text) as object;
    expect(answer).not.toHaveProperty('labels');
    expect(answer).toMatchObject({ location: 'EU' });
  });

  it('to a range behind the end tell the size', async () => {
    const { status, headers } = await call('GET', `${objects}/a.txt?alt=media`, undefined, {
      Range: 'bytes=10-',
    });
    expect({ status, range: headers.get('content-range') }).toEqual({ status: 416, range: 'bytes */10' });
  });

  it('to uploads that are not as long as was said are refusals', async () => {
    const path = `/upload${objects}?uploadType=resumable&name=short`;
    const begun = await call('POST', path, {}, { 'X-Upload-Content-Length': '5' });
    const url = begun.headers.get('location') ?? '';
    expect((await fetch(url, { method: 'PUT', body: 'abc' })).status).toBe(400);
  });

  it('to reads of the XML API are the content', async () => {
    expect(await call('GET', '/kept/logs/deep/3.csv')).toMatchObject({ status: 200, text: '0123456789' });
    expect((await call('GET', '/kept/none')).status).toBe(404);
    expect((await call('PUT', '/kept/a.txt', {})).status).toBe(405);
  });
});

describe('a batch', () => {
  const batch = async (calls: readonly string[]) => {
    const parts = calls.map((one, index) =>
      ['--b', 'Content-Type: application/http', `Content-ID: <x+${index}>`, '', one].join('\r\n'),
    );
    const response = await fetch(`${sandbox.url}/batch/storage/v1`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/mixed; boundary="b"' },
      body: [...parts, '--b--'].join('\r\n'),
    });
    return { status: response.status, text: await response.text() };
  };

  it('is answered call by call', async () => {
    const change = JSON.stringify({ metadata: { a: 'b' } });
    const { status, text } = await batch([
      `PATCH ${sandbox.url}${objects}/a.txt HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${change}\r\n`,
      `GET ${objects}/a.txt?projection=full HTTP/1.1\r\n\r\n`,
      `DELETE ${objects}/nobody.txt HTTP/1.1\r\n\r\n`,
    ]);
    expect(status).toBe(200);
    expect(text.match(/^HTTP\/1.1 \d+/gm)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 404']);
    expect(text.match(/^Content-ID: .*$/gm)).toHaveLength(3);
    expect(text).toContain('Content-ID: <response-x+2>');
    expect(text).toContain('"metadata":{"a":"b"}');
  });

  it.each<[readonly string[], number, string]>([
    [
      [`POST /upload${objects}?uploadType=media&name=x HTTP/1.1\r\n\r\nx`],
      501,
      'A batch cannot have POST /upload',
    ],
    [[`GET ${objects}/a.txt?alt=media HTTP/1.1\r\n\r\n`], 501, 'A batch cannot have GET'],
    [['GET /api/health HTTP/1.1\r\n\r\n'], 501, 'A batch cannot have GET /api/health'],
    [['nothing'], 400, 'Each part of a batch'],
    [[], 400, 'A batch has 1 to 100 calls, this one has 0'],
    [Array.from({ length: 101 }, () => `GET ${objects} HTTP/1.1\r\n\r\n`), 400, 'this one has 101'],
  ])('%.1j is refused', async (calls, status, message) => {
    expect(await batch(calls)).toMatchObject({ status, text: expect.stringContaining(message) as string });
  });

  it('has buckets whose pages have tokens of their own', async () => {
    const answer = await call('GET', '/storage/v1/b?project=p&pageToken=garbage!');
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('pageToken') as string });
  });
});
