import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import '../../engine/markup/embedded-urls.ts';
import { decode } from './decode.ts';
import { configured, contextOf, run } from './test-support/perform.ts';
import { rawServer } from './test-support/servers.ts';

const { gzipSync, brotliCompressSync, deflateSync, deflateRawSync } = zlib;
const text = 'hello '.repeat(10);
const enough = 1000;

describe('the body behind Content-Encoding', () => {
  it.each<[readonly string[], Buffer]>([
    [[], Buffer.from(text)],
    [['identity'], Buffer.from(text)],
    [['gzip'], gzipSync(text)],
    [['GZip'], gzipSync(text)],
    [['x-gzip'], gzipSync(text)],
    [['br'], brotliCompressSync(text)],
    [['deflate'], deflateSync(text)],
    [['deflate'], deflateRawSync(text)],
    [['gzip, br'], brotliCompressSync(gzipSync(text))],
    [['deflate, gzip'], gzipSync(deflateRawSync(text))],
    [['gzip', 'BR , identity'], brotliCompressSync(gzipSync(text))],
    [['gzip,gzip,,br'], brotliCompressSync(gzipSync(gzipSync(text)))],
    [[''], Buffer.from(text)],
    [['gzip'], Buffer.concat([gzipSync('hello '), gzipSync('hello '.repeat(9))])],
  ])('of %j is undone in reverse order', async (lines, body) => {
    const decoded = await decode(body, lines, enough);
    expect(decoded.cause).toBeUndefined();
    expect('body' in decoded && Buffer.from(decoded.body).toString()).toBe(text);
  });

  it.each<[readonly string[], Buffer, string, string | RegExp]>([
    [['aes128gcm'], Buffer.from(text), 'decode.unsupported', 'aes128gcm'],
    [['compress'], Buffer.from(text), 'decode.unsupported', 'compress'],
    [['toString'], Buffer.from(text), 'decode.unsupported', 'tostring'],
    [['foo, gzip'], gzipSync(text), 'decode.unsupported', 'foo'],
    [['gzip, foo'], gzipSync(text), 'decode.unsupported', 'foo'],
    [['gzip, br'], gzipSync(text), 'decode.br', /./],
    [['gzip'], gzipSync(text).subarray(0, 20), 'decode.gzip', 'unexpected end of file'],
    [['br'], brotliCompressSync(text).subarray(0, 10), 'decode.br', /./],
    [['deflate'], deflateSync(text).subarray(0, 10), 'decode.deflate', 'unexpected end of file'],
    [['gzip'], gzipSync(Buffer.alloc(enough + 1)), 'response.too_large', '1000 bytes once decompressed'],
    [['gzip, br'], brotliCompressSync(gzipSync(Buffer.alloc(100_000))), 'response.too_large', /^1000 bytes/],
  ])('of %j that cannot be undone is %s', async (lines, body, cause, detail) => {
    expect(await decode(body, lines, enough)).toEqual({
      cause,
      detail: expect.stringMatching(detail) as string,
    });
  });

  it('of nothing is nothing, whatever it is called', async () => {
    expect(await decode(Buffer.alloc(0), ['foo'], enough)).toMatchObject({ body: Buffer.alloc(0) });
  });

  it('is undone for zstd where Node can', async () => {
    // What `zstd` makes of "hello": a frame with one raw block.
    const frame = Buffer.from('28b52ffd2005290000', 'hex');
    const decoded = await decode(Buffer.concat([frame, Buffer.from('hello')]), ['zstd'], enough);
    if ('zstdDecompressSync' in zlib) expect(decoded).toMatchObject({ body: Buffer.from('hello') });
    else expect(decoded).toEqual({ cause: 'decode.unsupported', detail: 'zstd' });
  });
});

describe('an answer whose coding is not understood', () => {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Encoding: foo\r\nContent-Length: 2\r\n\r\nhi';

  it('fails as soon as its body is read, and says what to do', async () => {
    const server = await rawServer((socket) => socket.write(answer));
    const outcome = await run().get({ baseUrl: server.url });
    expect(outcome).toMatchObject({
      ok: false,
      code: 'Non HTTP response code: org.apache.http.HttpException',
      bytesReceived: answer.length,
    });
    expect(outcome.failure).toBe(
      `decode.unsupported: the body that 127.0.0.1:${server.port} sent has the Content-Encoding "foo", which cannot be undone here; send an Accept-Encoding header without it.`,
    );
  });

  it.each([
    ['nothing reads', { body: false }, undefined],
    ['only listeners show', { body: true, onlyShown: true }, 'hi'],
  ])('is a success where its body is what %s', async (_, keep, shown) => {
    const server = await rawServer((socket) => socket.write(answer));
    const { sampler, user } = run();
    const outcome = await sampler.perform(configured({ baseUrl: server.url }), contextOf(user, keep));
    expect(outcome).toMatchObject({ ok: true, code: '200', bytesReceived: answer.length });
    expect(outcome?.body && Buffer.from(outcome.body).toString()).toBe(shown);
  });

  it.each([{ graphql: { query: '{a}', failOnErrors: true } }, { embedded: true }])(
    'fails where the sampler itself looks into it: %j',
    async (config) => {
      const page = answer.replace('OK\r\n', 'OK\r\nContent-Type: text/html\r\n');
      const server = await rawServer((socket) => socket.write(page));
      const { sampler, user } = run();
      const context = contextOf(user, { body: true, onlyShown: true });
      const outcome = await sampler.perform(configured({ baseUrl: server.url, ...config }), context);
      expect(outcome?.failure).toMatch(/^decode\.unsupported/);
    },
  );
});
