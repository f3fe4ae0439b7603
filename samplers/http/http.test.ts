import { createServer } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { http } from './http.ts';
import { httpSchema } from './schema.ts';
import { configured, contextOf, run } from './test-support/perform.ts';
import { afterTest, listen, ok, rawServer, textServer } from './test-support/servers.ts';

describe('a request', () => {
  it('is counted to the byte, in both directions', async () => {
    const reply =
      'HTTP/1.1 201 Made It\r\nContent-Type: text/plain\r\nX-A: b\r\nContent-Length: 5\r\n\r\nhello';
    const server = await textServer(reply);
    const outcome = await run().get({
      method: 'post',
      baseUrl: server.url,
      path: 'a b?x=1',
      json: '{"é":1}',
    });
    expect(server.received()).toBe(
      'POST /a%20b?x=1 HTTP/1.1\r\n' +
        `host: 127.0.0.1:${server.port}\r\nconnection: keep-alive\r\nuser-agent: loadplan\r\n` +
        'accept-encoding: gzip, deflate, br\r\ncontent-type: application/json\r\ncontent-length: 8\r\n\r\n' +
        '{"Ã©":1}',
    );
    expect(outcome).toMatchObject({
      ok: true,
      code: '201',
      message: 'Made It',
      dataType: 'text',
      url: `${server.url}/a%20b?x=1`,
      bytesSent: server.bytesReceived(),
      bytesReceived: reply.length,
      seen: { connected: 1, firstByte: 1, parts: [] },
    });
    expect(Buffer.from(outcome.body ?? []).toString()).toBe('hello');
    expect(outcome.headers).toEqual([
      ['Content-Type', 'text/plain'],
      ['X-A', 'b'],
      ['Content-Length', '5'],
    ]);
    expect(outcome.failure).toBeUndefined();
  });

  it.each([
    { method: 'GET' },
    { method: 'HEAD' },
    { method: 'DELETE' },
    { method: 'DELETE', body: 'x' },
    { method: 'GET', body: 'x' },
    { method: 'POST' },
    { method: 'PUT', body: '' },
    { method: 'PATCH', form: 'a=1&b=%20' },
    { method: 'purge' },
    { method: 'GET', headers: { Host: 'other.example', Cookie: 'a=1', Connection: 'close' } },
    { method: 'POST', body: 'x', headers: { 'Content-Length': '99', 'CONTENT-TYPE': 'text/csv' } },
    { method: 'GET', decompress: false, query: 'q=%20' },
  ])('$method sends as many bytes as it says, on one connection: %j', async (config) => {
    const server = await textServer('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    const { get } = run();
    const first = await get({ ...config, baseUrl: server.url });
    expect(first).toMatchObject({ ok: true, bytesSent: server.bytesReceived() });
    await get({ ...config, baseUrl: server.url });
    expect(server.bytesReceived()).toBe(2 * first.bytesSent);
    expect(server.connections()).toBe(config.headers?.Connection === 'close' ? 2 : 1);
  });

  it('counts chunked and compressed bodies as they came, without framing', async () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n';
    const body = gzipSync('hello'.repeat(1000));
    const server = await rawServer((socket) => {
      socket.write(`${head}${body.length.toString(16)}\r\n`);
      socket.write(body);
      socket.write('\r\n0\r\n\r\n');
    });
    const outcome = await run().get({ baseUrl: server.url });
    expect(outcome.bytesReceived).toBe(head.length + body.length);
    expect(outcome.body).toHaveLength(5000);
  });

  it('keeps neither body nor headers that nothing reads, and does not decompress them', async () => {
    const server = await textServer(ok('not gzip', 'Content-Encoding: gzip\r\n'));
    const { sampler, user } = run();
    const outcome = await sampler.perform(configured({ baseUrl: server.url }), contextOf(user));
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome).not.toHaveProperty('body');
    expect(outcome).not.toHaveProperty('headers');
  });

  it.each([
    ['gzip', gzipSync('text')],
    ['x-gzip', gzipSync('text')],
    ['deflate', deflateSync('text')],
    ['deflate', deflateRawSync('text')],
    ['br', brotliCompressSync('text')],
    ['unheard-of', Buffer.from('text')],
  ])('%s is decompressed if known', async (coding, body) => {
    const server = await rawServer((socket) => {
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`,
      );
      socket.write(body);
    });
    const outcome = await run().get({ baseUrl: server.url });
    expect(Buffer.from(outcome.body ?? []).toString()).toBe('text');
  });

  it.each([
    ['200', true],
    ['204', true],
    ['304', true],
    ['400', false],
    ['503', false],
  ])('status %s is a success: %s', async (code, isSuccess) => {
    const server = await textServer(
      `HTTP/1.1 ${code} X\r\n${code === '204' || code === '304' ? '' : 'Content-Length: 0\r\n'}\r\n`,
    );
    expect(await run().get({ baseUrl: server.url })).toMatchObject({ ok: isSuccess, code });
  });

  it.each([
    [{ path: '/x' }, 'no protocol: /x', 'Give url, or baseUrl and path'],
    [{ url: 'ftp://a/x' }, 'unknown protocol: ftp', 'Use http or https'],
    [{ baseUrl: 'localhost' }, 'no protocol: localhost', 'Write it as'],
    [{ url: 'http://ann:secret@127.0.0.1/' }, 'credentials', 'Authorization'],
  ])('%j fails without being sent', async (config, message, remedy) => {
    const outcome = await run().get(config);
    expect(outcome).toMatchObject({
      ok: false,
      code: 'Non HTTP response code: java.net.MalformedURLException',
    });
    expect(outcome.message).toContain(message);
    expect(outcome.failure).toMatch(new RegExp(`^url\\.malformed: .*${remedy}.*\\.$`));
    expect(JSON.stringify(outcome)).not.toContain('secret');
  });

  it.each([
    [{ headers: { 'X-A': 'a\r\nX-B: b' } }, 'invalid X-A header'],
    [{ headers: { Expect: '100-continue' } }, 'expect header not supported'],
    [{ method: 'A B' }, 'invalid request method'],
  ])('%j is request.invalid', async (config, sentence) => {
    const server = await textServer(ok());
    const outcome = await run().get({ baseUrl: server.url, ...config });
    expect(outcome.failure).toMatch(/^request\.invalid: /);
    expect(outcome.failure).toContain(sentence);
    expect(server.received()).toBe('');
  });
});

describe('the http element', () => {
  it.each([
    [{ path: '/a/${id}' }, 'GET /a/${id}'],
    [{ method: 'POST', url: 'https://x/y', path: '/' }, 'POST https://x/y'],
    [{}, 'GET /'],
  ])('labels %j', (config, label) => expect(http.label(config)).toBe(label));

  it('has a description for every key, and a default or an example', () => {
    for (const [key, schema] of Object.entries(httpSchema.properties)) {
      expect(schema.description, key).toMatch(/\.$/);
      expect('default' in schema || 'examples' in schema, key).toBe(true);
    }
  });

  it('talks to a real server by name', async () => {
    const server = createServer((request, response) => response.end(request.url));
    const port = await listen(server);
    afterTest(() => {
      server.closeAllConnections();
      server.close();
    });
    const outcome = await run().get({ baseUrl: `http://localhost:${port}`, path: '/hi' });
    expect(Buffer.from(outcome.body ?? []).toString()).toBe('/hi');
  });
});
