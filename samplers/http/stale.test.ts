import { once } from 'node:events';
import { createServer as createHttp2Server, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { HttpConfig } from './schema.ts';
import { run } from './test-support/perform.ts';
import { afterTest, listen, ok, rawServer } from './test-support/servers.ts';

/** Answers the first request of each connection; what becomes of the second is given. */
async function answeringOnce(second: (socket: Socket) => void) {
  const served = new Set<Socket>();
  return rawServer((socket) => {
    if (served.has(socket)) second(socket);
    else {
      served.add(socket);
      socket.write(ok('fine'));
    }
  });
}

const endings: [how: string, end: (socket: Socket) => void][] = [
  ['closed', (socket) => socket.end()],
  ['reset', (socket) => socket.resetAndDestroy()],
];

describe('a connection that the server has closed when it is used again', () => {
  it.each(
    endings.flatMap(([how, end]) =>
      ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'get'].map((method) => [how, method, end] as const),
    ),
  )('%s: a %s is sent once more, on a new one', async (_, method, end) => {
    const server = await answeringOnce(end);
    const { get } = run();
    expect(await get({ baseUrl: server.url })).toMatchObject({ ok: true, seen: { staleReuses: 0 } });
    const before = server.bytesReceived();
    const outcome = await get({ baseUrl: server.url, method });
    expect(outcome).toMatchObject({
      ok: true,
      code: '200',
      seen: { staleReuses: 1, connected: 1, firstByte: 1 },
    });
    expect(outcome.bytesSent).toBe(server.bytesReceived() - before);
    expect(server.connections()).toBe(2);
  });

  it.each<[string, Partial<HttpConfig>]>([
    ['POST', { method: 'POST', body: 'x' }],
    ['PUT', { method: 'PUT', body: 'x' }],
    ['DELETE', { method: 'DELETE' }],
    ['GET with staleRetry: false', { staleRetry: false }],
  ])('a %s fails and says so', async (_, config) => {
    const server = await answeringOnce((socket) => socket.end());
    const { get } = run();
    await get({ baseUrl: server.url });
    const outcome = await get({ baseUrl: server.url, ...config });
    expect(outcome.failure).toMatch(/^(closed|reset)\.before_headers: .* \(reused connection\)\. /);
    expect(outcome.seen.staleReuses).toBe(0);
    expect(server.connections()).toBe(1);
  });

  it('is asked again once only, and not when the new one is closed as well', async () => {
    const server = await rawServer((socket, _, count) => {
      if (count === 0) socket.write(ok('fine'));
      else socket.end();
    });
    const { get } = run();
    await get({ baseUrl: server.url });
    const outcome = await get({ baseUrl: server.url });
    expect(outcome.failure).toMatch(/^closed\.before_headers: .* it answered\. /);
    expect([outcome.seen.staleReuses, server.connections()]).toEqual([1, 2]);
  });

  it.each([
    ['within the status line', 'HTTP/1.1 2'],
    ['within the headers', 'HTTP/1.1 200 OK\r\nX-A'],
    ['after an interim answer', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
    ['in the body', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc'],
  ])('%s: not asked again, for the server had begun to answer', async (_, text) => {
    const server = await answeringOnce((socket) => socket.end(text));
    const { get } = run();
    await get({ baseUrl: server.url });
    const outcome = await get({ baseUrl: server.url });
    expect(outcome).toMatchObject({ ok: false, seen: { staleReuses: 0 } });
    expect(server.connections()).toBe(1);
  });

  it('is not what a deadline ends', async () => {
    const server = await answeringOnce(() => undefined);
    const { get } = run();
    await get({ baseUrl: server.url });
    const outcome = await get({ baseUrl: server.url, firstByteTimeout: 60 });
    expect(outcome.failure).toMatch(/^timeout\.first_byte/);
    expect(outcome.seen.staleReuses).toBe(0);
  });

  it('on its first request is a failure of the server', async () => {
    const server = await rawServer((socket) => socket.end());
    const outcome = await run().get({ baseUrl: server.url });
    expect(outcome.failure).toMatch(/^closed\.before_headers/);
    expect(server.connections()).toBe(1);
  });

  it('lets no GET fail when the server closes after each answer without a word', async () => {
    const server = await rawServer((socket) => socket.end(ok('fine')));
    const { get } = run();
    const outcomes = [];
    for (let i = 0; i < 20; i++) outcomes.push(await get({ baseUrl: server.url }));
    expect(outcomes.filter(({ ok: isOk }) => !isOk)).toEqual([]);
  });

  it('is asked again after a GOAWAY of HTTP/2 that crossed the request', async () => {
    const sessions: ServerHttp2Session[] = [];
    let requests = 0;
    const server = createHttp2Server();
    server.on('session', (session) => sessions.push(session));
    server.on('stream', (stream) => {
      requests += 1;
      stream.on('error', () => undefined);
      // The second stream is said to be unseen.
      if (requests === 2) stream.session?.goaway(0, 1);
      else stream.respond({ ':status': 200 }, { endStream: true });
    });
    const baseUrl = `http://127.0.0.1:${await listen(server)}`;
    afterTest(async () => {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, 'close');
    });
    const { get } = run();
    const config = { baseUrl, http2PriorKnowledge: true };
    expect(await get(config)).toMatchObject({ ok: true, seen: { staleReuses: 0 } });
    expect(await get(config)).toMatchObject({ ok: true, code: '200', seen: { staleReuses: 1 } });
    expect([requests, sessions.length]).toEqual([3, 2]);
  });
});
