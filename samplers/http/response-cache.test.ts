import { describe, expect, it } from 'vitest';
import type { Answer } from './exchange.ts';
import type { HttpRequest } from './request.ts';
import { requestOf } from './request.ts';
import { ResponseCache } from './response-cache.ts';
import type { HttpConfig } from './schema.ts';
import { configured, noFiles, run } from './test-support/perform.ts';
import { ok, rawServer } from './test-support/servers.ts';

function request(config: Partial<HttpConfig> = {}): HttpRequest {
  const made = requestOf(configured({ baseUrl: 'http://h', ...config }), noFiles);
  if ('cause' in made) throw new Error(made.failure);
  return made;
}

function answer(lines: Readonly<Record<string, string>>, given: Partial<Answer> = {}): Answer {
  const headers = Object.entries(lines).flatMap(([name, value]) => [Buffer.from(name), Buffer.from(value)]);
  const rest = { cookie: '', statusText: '', chunks: [], fault: null, bytesReceived: 0, bytesSent: 0 };
  const isStale = false;
  return { request: request(), status: 200, headers, isStale, ...rest, ...given };
}

const now = Date.parse('Sun, 06 Nov 1994 08:49:37 GMT');
const minutes = (n: number) => new Date(now + 60_000 * n).toUTCString();

/** For how long a request is spared after an answer, in seconds; up to an hour. */
function sparedSeconds(given: Answer, options = {}): number {
  let seconds = 0;
  const cache = new ResponseCache(() => now + 1000 * seconds);
  cache.store(given, options);
  while (seconds < 3600 && cache.isFresh(request())) seconds += 1;
  return seconds;
}

describe('the cache', () => {
  it.each([
    ['nothing said', {}, 0],
    ['max-age', { 'Cache-Control': 'private, max-age=30' }, 30],
    ['max-age before Expires', { 'cache-control': 'max-age="20"', expires: minutes(30) }, 20],
    ['max-age of 0', { 'cache-control': 'max-age=0', etag: '"a"' }, 0],
    ['max-age that is none', { 'cache-control': 'max-age=x', etag: '"a"' }, 0],
    ['Expires', { expires: minutes(1) }, 60],
    ['Expires by the clock of the server', { date: minutes(-10), expires: minutes(-9) }, 60],
    ['Expires that is no date', { expires: '0', etag: '"a"' }, 0],
    ['no-cache', { 'cache-control': 'no-cache', expires: minutes(1) }, 0],
    ['no-store', { 'cache-control': 'max-age=60, No-Store' }, 0],
    ['a tenth of the age', { date: minutes(0), 'last-modified': minutes(-10) }, 60],
    ['Vary: *', { 'cache-control': 'max-age=60', vary: '*' }, 0],
  ])('spares requests by %s', (_, headers, seconds) => {
    expect(sparedSeconds(answer(headers))).toBe(seconds);
    expect(sparedSeconds(answer(headers), { useExpires: false })).toBe(0);
  });

  it.each([
    [{ status: 404 }],
    [{ status: 302 }],
    [{ request: request({ method: 'POST' }) }],
    [{ request: request({ method: 'HEAD' }) }],
    [{ fault: { cause: 'truncated', code: '', message: '', failure: '' } }],
  ])('learns nothing from an answer with %j', (given) => {
    expect(sparedSeconds(answer({ 'cache-control': 'max-age=60' }, given))).toBe(0);
  });

  it('asks for what may have changed by the validators it knows, and keeps them over a 304', () => {
    const cache = new ResponseCache(() => now);
    expect(cache.conditions(request())).toEqual([]);
    cache.store(answer({ ETag: '"1"', 'Last-Modified': minutes(-1) }), { useExpires: false });
    const both = ['if-none-match', '"1"', 'if-modified-since', minutes(-1)];
    expect(cache.conditions(request())).toEqual(both);
    expect(cache.conditions(request({ path: '/other' }))).toEqual([]);
    expect(cache.conditions(request({ method: 'POST' }))).toEqual([]);
    cache.store(answer({ 'cache-control': 'max-age=9' }, { status: 304 }), {});
    expect(cache.isFresh(request())).toBe(true);
    expect(cache.conditions(request())).toEqual(both);
    cache.store(answer({ etag: '"2"' }), {});
    expect(cache.conditions(request())).toEqual(['if-none-match', '"2"']);
  });

  it('heeds what an answer depends on', () => {
    const cache = new ResponseCache(() => now);
    const french = request({ headers: { 'Accept-Language': 'fr' } });
    cache.store(answer({ vary: 'accept-language', 'cache-control': 'max-age=9' }, { request: french }), {});
    expect(cache.isFresh(french)).toBe(true);
    expect(cache.isFresh(request({ headers: { 'ACCEPT-language': 'fr', x: 'y' } }))).toBe(true);
    expect(cache.isFresh(request({ headers: { 'Accept-Language': 'de' } }))).toBe(false);
    expect(cache.isFresh(request())).toBe(false);
  });

  it('forgets what was unused longest', () => {
    const cache = new ResponseCache(() => now);
    const of = (path: string) => request({ path });
    const store = (path: string) =>
      cache.store(answer({ 'cache-control': 'max-age=9' }, { request: of(path) }), { maxEntries: 2 });
    store('/a');
    store('/b');
    cache.isFresh(of('/a'));
    store('/c');
    expect(['/a', '/b', '/c'].map((path) => cache.isFresh(of(path)))).toEqual([true, false, true]);
  });
});

describe('a request with a cache', () => {
  const cached = 'Cache-Control: max-age=60\r\nETag: "x"\r\n';

  it('leaves no sample when it is spared, or one that says so', async () => {
    const server = await rawServer((socket) => socket.write(ok('body', cached)));
    const { get, ask } = run();
    expect(await get({ baseUrl: server.url, cache: true })).toMatchObject({ code: '200', message: 'OK' });
    expect(await ask({ baseUrl: server.url, cache: true })).toBeNull();
    expect(await ask({ baseUrl: server.url, cache: { onHit: 'sample' } })).toEqual({
      ok: true,
      code: '200',
      message: '(ex cache)',
      dataType: 'text',
      bytesReceived: 0,
      bytesSent: 0,
      url: `${server.url}/`,
    });
    expect(await get({ baseUrl: server.url, cache: false })).toMatchObject({ message: 'OK' });
    expect(server.received().match(/GET/g)).toHaveLength(2);
  });

  it('belongs to one user and forgets when told', async () => {
    const server = await rawServer((socket) => socket.write(ok('', cached)));
    const { ask, user } = run();
    const config = { baseUrl: server.url, cache: { clearEachIteration: true } };
    expect([await ask(config), await ask(config)]).toMatchObject([{ code: '200' }, null]);
    user.iteration = 1;
    expect([await ask(config), await ask(config)]).toMatchObject([{ code: '200' }, null]);
    expect(await run().ask(config)).not.toBeNull();
    expect(server.received()).not.toContain('if-none-match');
  });

  it('asks whether a thing has changed, counted to the byte; 304 is a success', async () => {
    const server = await rawServer((socket, text) =>
      socket.write(
        text.includes('if-none-match: "x"')
          ? 'HTTP/1.1 304 Not Modified\r\n\r\n'
          : ok('body', 'ETag: "x"\r\n'),
      ),
    );
    const { get } = run();
    const first = await get({ baseUrl: server.url, cache: true });
    const second = await get({ baseUrl: server.url, cache: true });
    expect(second).toMatchObject({ ok: true, code: '304' });
    expect(first.bytesSent + second.bytesSent).toBe(server.bytesReceived());
  });
});
