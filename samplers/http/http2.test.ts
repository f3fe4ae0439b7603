import type { Http2Server, Http2ServerRequest, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import { constants, createSecureServer, createServer } from 'node:http2';
import type { Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HttpConfig } from './schema.ts';
import { Certificates, hasOpenssl } from './test-support/certificates.ts';
import { run } from './test-support/perform.ts';
import { proxyServer } from './test-support/proxy-server.ts';
import { afterTest, listen, ok, textServer } from './test-support/servers.ts';
import { tlsServer } from './test-support/tls-server.ts';

const certificates = new Certificates();
const body = (outcome: { body?: Uint8Array }) => Buffer.from(outcome.body ?? []).toString();
const h2 = { insecure: true, http2: true } as const;

interface Served {
  readonly port: number;
  readonly sessions: ServerHttp2Session[];
  readonly open: () => number;
}

type Reply = (stream: ServerHttp2Stream, headers: Http2ServerRequest['headers'], count: number) => unknown;

/** Cleartext with prior knowledge, or TLS; answers each stream. */
async function http2Server(reply: Reply, secure = false): Promise<Served> {
  const sessions: ServerHttp2Session[] = [];
  const closed = new Set<ServerHttp2Session>();
  let count = 0;
  const server: Http2Server = secure
    ? createSecureServer({ ...certificates.selfSigned('server'), allowHTTP1: true }, (request, response) => {
        if (request.httpVersion === '1.1') response.end('spoken 1.1');
      })
    : createServer();
  server.on('connection', (socket: Socket) => sockets.set(socket.remotePort, socket));
  server.on('session', (session) => {
    sessions.push(session);
    session.on('error', () => undefined).on('close', () => closed.add(session));
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    reply(stream, headers, count++);
  });
  const port = await listen(server);
  afterTest(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  return { port, sessions, open: () => sessions.length - closed.size };
}

/** The raw sockets of cleartext servers, by the client's port: HTTP/2 gives none away. */
const sockets = new Map<number | undefined, Socket>();

const socketOf = ({ session }: ServerHttp2Stream) => sockets.get(session?.socket.remotePort);

const hello: Reply = (stream) => {
  stream.respond({ ':status': 200, 'content-type': 'text/plain' });
  stream.end('hello');
};

describe.skipIf(!hasOpenssl)('HTTP/2 over TLS', () => {
  it('is spoken when the server chooses it, on one connection for many requests', async () => {
    const server = await http2Server(hello, true);
    const { get } = run();
    const first = await get({ ...h2, baseUrl: `https://localhost:${server.port}` });
    expect(first).toMatchObject({
      ok: true,
      code: '200',
      message: '',
      dataType: 'text',
      seen: { connected: 1, firstByte: 1 },
    });
    expect(body(first)).toBe('hello');
    const second = await get({ ...h2, baseUrl: `https://localhost:${server.port}`, path: '/b' });
    expect(second.seen).toMatchObject({ connected: 0, firstByte: 1 });
    expect(server.sessions).toHaveLength(1);
  });

  it('is not offered without http2, and its connections are not mixed', async () => {
    const server = await http2Server(hello, true);
    const { get } = run();
    const baseUrl = `https://localhost:${server.port}`;
    expect(body(await get({ baseUrl, insecure: true }))).toBe('spoken 1.1');
    expect(body(await get({ baseUrl, ...h2 }))).toBe('hello');
    expect(body(await get({ baseUrl, insecure: true }))).toBe('spoken 1.1');
  });

  it('gives way to HTTP/1.1 when the server chooses that, also for later connections', async () => {
    const port = await tlsServer(certificates.selfSigned('server'), () => 'old');
    const { get } = run();
    const baseUrl = `https://localhost:${port}`;
    expect((await get({ baseUrl, ...h2 })).seen.connected).toBe(1);
    const next = await get({ baseUrl, ...h2 });
    expect(body(next)).toBe('old');
    expect(next.seen.connected).toBe(0);
    const closing = { ...h2, keepAlive: false };
    for (let i = 0; i < 2; i++) expect((await get({ baseUrl, ...closing })).ok).toBe(true);
  });

  it('is refused in the handshake by a server that speaks neither', async () => {
    const port = await tlsServer({ ...certificates.selfSigned('server'), ALPNProtocols: ['spdy/3'] });
    const outcome = await run().get({ baseUrl: `https://localhost:${port}`, ...h2 });
    expect(outcome.failure).toMatch(/^tls\.protocol: /);
  });

  it('goes through a tunnel', async () => {
    const proxy = await proxyServer();
    const server = await http2Server(hello, true);
    const config = { baseUrl: `https://a.test:${server.port}`, proxy: `http://127.0.0.1:${proxy.port}` };
    expect(body(await run().get({ ...config, ...h2 }))).toBe('hello');
    expect(proxy.asked).toEqual([`CONNECT a.test:${server.port}`]);
  });

  it('with prior knowledge too is still negotiated', async () => {
    const port = await tlsServer(certificates.selfSigned('server'), () => 'old');
    const config = { baseUrl: `https://localhost:${port}`, http2PriorKnowledge: true, ...h2 };
    expect(body(await run().get(config))).toBe('old');
  });
});

describe('HTTP/2 with prior knowledge', () => {
  const get = (server: { port: number }, config: Partial<HttpConfig> = {}) =>
    run().get({ baseUrl: `http://127.0.0.1:${server.port}`, http2PriorKnowledge: true, ...config });

  it('sends what HTTP/1.1 would send', async () => {
    let seen: unknown;
    let came = '';
    const server = await http2Server((stream, headers) => {
      seen = Object.fromEntries(Object.entries(headers));
      stream.on('data', (chunk) => (came += String(chunk)));
      stream.on('end', () => hello(stream, headers, 0));
    });
    const headers = { Host: 'api.example.com', 'X-A': 'b', Cookie: 'c=1' };
    const outcome = await get(server, { method: 'PUT', path: '/a?b=1', body: 'é', headers });
    expect(outcome.ok).toBe(true);
    expect(came).toBe('é');
    expect(seen).toEqual({
      ':method': 'PUT',
      ':scheme': 'http',
      ':authority': 'api.example.com',
      ':path': '/a?b=1',
      'user-agent': 'loadplan',
      'accept-encoding': 'gzip, deflate, br',
      'x-a': 'b',
      cookie: 'c=1',
      'content-length': '2',
    });
  });

  it('counts bytes as HTTP/1.1 would write them, bodies as they came', async () => {
    const zipped = gzipSync('hello'.repeat(1000));
    const server = await http2Server((stream) => {
      stream.respond({ ':status': 201, 'content-encoding': 'gzip' });
      stream.end(zipped);
    });
    const outcome = await get(server, { method: 'POST', json: '{}' });
    const date = 'date: Mon, 01 Jan 2024 00:00:00 GMT\r\n';
    const answer = `HTTP/1.1 201 \r\ncontent-encoding: gzip\r\n${date}\r\n`;
    expect(outcome.bytesReceived).toBe(answer.length + zipped.length);
    const plain = await textServer(ok());
    const asHttp1 = await run().get({ baseUrl: plain.url, method: 'POST', json: '{}' });
    expect(outcome.bytesSent).toBe(
      asHttp1.bytesSent + String(server.port).length - String(plain.port).length,
    );
    expect(outcome.body).toHaveLength(5000);
  });

  it('takes in bodies larger than any window, each Set-Cookie, and answers without a body', async () => {
    const server = await http2Server((stream, headers) => {
      if (headers[':path'] === '/none') {
        stream.respond({ ':status': 204 }, { endStream: true });
        return;
      }
      stream.respond({ ':status': 200, 'set-cookie': ['a=1', 'b=2'] });
      stream.end(Buffer.alloc(5_000_000));
    });
    const { get: once } = run();
    const config = { baseUrl: `http://127.0.0.1:${server.port}`, http2PriorKnowledge: true };
    const large = await once({ ...config, maxResponseSize: 6_000_000 });
    expect(large.body).toHaveLength(5_000_000);
    expect(large.headers?.filter(([name]) => name === 'set-cookie')).toHaveLength(2);
    expect(await once({ ...config, path: '/none' })).toMatchObject({ ok: true, code: '204' });
    expect(await once({ ...config, path: '/none', method: 'HEAD' })).toMatchObject({ ok: true });
    expect(server.sessions).toHaveLength(1);
  });

  it('opens a connection for each request with keepAlive off', async () => {
    const server = await http2Server(hello);
    const { get: once } = run();
    const config = {
      baseUrl: `http://127.0.0.1:${server.port}`,
      http2PriorKnowledge: true,
      keepAlive: false,
    };
    for (let i = 0; i < 3; i++) expect((await once(config)).seen.connected).toBe(1);
    expect(server.sessions).toHaveLength(3);
    await expect.poll(server.open).toBe(0);
  });

  it('finishes the request on its way after a GOAWAY without error, then opens a new connection', async () => {
    const server = await http2Server((stream, headers, count) => {
      if (count === 0) stream.session?.goaway(constants.NGHTTP2_NO_ERROR, stream.id ?? 0);
      setTimeout(() => hello(stream, headers, count), 20);
    });
    const { get: once } = run();
    const config = { baseUrl: `http://127.0.0.1:${server.port}`, http2PriorKnowledge: true };
    expect((await once(config)).ok).toBe(true);
    expect(await once(config)).toMatchObject({ ok: true, seen: { connected: 1 } });
    expect(server.sessions).toHaveLength(2);
  });

  const reset = 'org.apache.hc.core5.http2.H2StreamResetException';
  const broken = 'org.apache.hc.core5.http2.H2ConnectionException';
  const begun = (stream: ServerHttp2Stream) => {
    stream.respond({ ':status': 200, 'content-length': '10' });
    stream.write('1234');
  };
  it.each<[string, Reply, string, string, Partial<HttpConfig>?]>([
    ['REFUSED_STREAM', (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM), 'http2.refused', reset],
    ['INTERNAL_ERROR', (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR), 'http2.reset', reset],
    ['CANCEL', (stream) => stream.close(constants.NGHTTP2_CANCEL), 'http2.reset', reset],
    [
      'a reset in the body',
      (stream) => {
        begun(stream);
        setTimeout(() => stream.close(constants.NGHTTP2_INTERNAL_ERROR), 30);
      },
      'http2.reset',
      reset,
    ],
    [
      'a GOAWAY with an error',
      (stream) => stream.session?.destroy(new Error('x'), constants.NGHTTP2_ENHANCE_YOUR_CALM),
      'http2.goaway',
      broken,
    ],
    [
      'RST',
      (stream) => socketOf(stream)?.resetAndDestroy(),
      'reset.before_headers',
      'java.net.SocketException',
    ],
    [
      'a closed connection',
      (stream) => socketOf(stream)?.destroy(),
      'closed.before_headers',
      'org.apache.http.NoHttpResponseException',
    ],
    [
      'a connection closed in the body',
      (stream) => {
        begun(stream);
        setTimeout(() => socketOf(stream)?.destroy(), 30);
      },
      'truncated',
      'org.apache.http.ConnectionClosedException',
    ],
    [
      'silence',
      () => undefined,
      'timeout.first_byte',
      'java.net.SocketTimeoutException',
      { firstByteTimeout: 80 },
    ],
    ['silence in the body', begun, 'timeout.idle', 'java.net.SocketTimeoutException', { idleTimeout: 80 }],
    [
      'a body without end',
      (stream) => {
        stream.respond({ ':status': 200 });
        stream.end(Buffer.alloc(2_000_000));
      },
      'response.too_large',
      'java.io.IOException',
    ],
  ])('%s is reported, and the next request succeeds', async (_, reply, cause, exception, config) => {
    const server = await http2Server((stream, headers, count) =>
      (count === 0 ? reply : hello)(stream, headers, count),
    );
    const { get: once } = run();
    const base = { baseUrl: `http://127.0.0.1:${server.port}`, http2PriorKnowledge: true };
    const outcome = await once({ ...base, ...config });
    expect(outcome.failure).toContain(`${cause}: `);
    expect(outcome).toMatchObject({ ok: false, code: `Non HTTP response code: ${exception}` });
    expect(await once(base)).toMatchObject({ ok: true, seen: { connected: 1 } });
  });

  it.each([
    ['HTTP/1.1', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['something else', '220 mail.example.com ESMTP\r\n'],
  ])('to a server that speaks %s is http2.protocol', async (_, text) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(text));
    });
    const port = await listen(server);
    afterTest(() => void server.close());
    const outcome = await get({ port });
    expect(outcome.failure).toMatch(/^http2\.protocol: .* broke HTTP\/2: /);
    expect(outcome.code).toBe(`Non HTTP response code: ${broken}`);
  });

  it('does not send what HTTP/2 cannot say', async () => {
    const server = await http2Server(hello);
    const outcome = await get(server, { headers: { 'Transfer-Encoding': 'chunked' } });
    expect(outcome.failure).toMatch(/^request\.invalid: /);
    expect((await get(server, { headers: { 'X-A': 'a\r\nb' } })).failure).toMatch(/^request\.invalid: /);
    expect((await get(server, { method: 'A B' })).failure).toMatch(/^request\.invalid: /);
    expect(server.sessions.length).toBeLessThanOrEqual(3);
  });

  it('ends with its user and with the run', async () => {
    const server = await http2Server((stream, headers, count) => count === 0 && hello(stream, headers, 0));
    const { sampler, user, get: once } = run();
    const config = { baseUrl: `http://127.0.0.1:${server.port}`, http2PriorKnowledge: true };
    await once(config);
    expect(server.open()).toBe(1);
    sampler.endUser(user);
    await expect.poll(server.open).toBe(0);
    const inFlight = once(config);
    await expect.poll(server.open).toBe(1);
    sampler.abort();
    expect((await inFlight).failure).toMatch(/^interrupted: /);
    await expect.poll(server.open).toBe(0);
  });
});
