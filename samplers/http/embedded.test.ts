import { createServer, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkHttp } from './check.ts';
import { run } from './test-support/perform.ts';
import { afterTest, listen } from './test-support/servers.ts';

interface Page {
  readonly type?: string;
  readonly body?: string | Buffer;
  readonly status?: number;
  readonly headers?: Record<string, string>;
}

type Pages = Readonly<Record<string, Page>>;

function respond(
  response: ServerResponse,
  { type = 'text/html', body = '', status = 200, headers = {} }: Page,
) {
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(headers['content-encoding'] === 'gzip' ? gzipSync(body) : body);
}

/** A site; `/slow…` answers when as many requests for such are waiting as `together`. */
async function site(pages: Pages, together = 1) {
  const requests: { method: string; url: string; headers: Record<string, unknown> }[] = [];
  const waiting: (() => void)[] = [];
  let connections = 0;
  let most = 0;
  const server = createServer((request, response) => {
    const { url = '', method = '', headers } = request;
    requests.push({ method, url, headers });
    const answer = () => respond(response, pages[url] ?? { status: 404 });
    if (!url.startsWith('/slow')) {
      answer();
      return;
    }
    most = Math.max(most, waiting.push(answer));
    if (waiting.length === together) for (const one of waiting.splice(0)) one();
  });
  server.on('connection', () => (connections += 1));
  const port = await listen(server);
  afterTest(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}`, requests, connections: () => connections, most: () => most };
}

const paths = (parts: readonly { readonly url: string | null }[], url: string) =>
  parts.map((part) => part.url?.replace(url, ''));

describe('embedded resources', () => {
  it('are found in a page of any charset', async () => {
    const { url, requests } = await site({
      '/': { body: Buffer.from('<meta charset=Shift_JIS><img src="\x83\x5c.png">', 'latin1') },
      '/%E3%82%BD.png': { type: 'image/png', body: 'png' },
      '/16': {
        type: 'text/css; charset=utf-16le',
        body: Buffer.from('a { background: url(é.png) }', 'utf16le'),
      },
      '/%C3%A9.png': { type: 'image/png', body: 'png' },
    });
    for (const path of ['/', '/16']) {
      expect(await run().get({ baseUrl: url, path, embedded: true })).toMatchObject({ ok: true });
    }
    expect(requests.map((one) => one.url)).toEqual(['/', '/%E3%82%BD.png', '/16', '/%C3%A9.png']);
  });

  it('are parts after the page; the outcome is the page’s, with the bytes of all', async () => {
    const { url, requests } = await site({
      '/': { body: '<img src="a.png"><link rel="stylesheet" href="s.css"><img src="a.png#again">' },
      '/a.png': { type: 'image/png', body: 'png' },
      '/s.css': { type: 'text/css', body: '@import "t.css"; a { background: url(b.png) }' },
      '/t.css': { type: 'text/css', body: 'a { background: url(a.png) }' },
      '/b.png': { type: 'image/png', body: 'png' },
    });
    const outcome = await run().get({
      method: 'GET',
      baseUrl: url,
      headers: { 'X-A': 'b', Authorization: 'mine' },
      embedded: { parallel: 1 },
    });
    expect(outcome).toMatchObject({ ok: true, code: '200', url: `${url}/` });
    expect(paths(outcome.seen.parts, url)).toEqual(['/', '/a.png', '/s.css', '/t.css', '/b.png']);
    const sum = (key: 'bytesReceived' | 'bytesSent') =>
      outcome.seen.parts.reduce((bytes, part) => bytes + part[key], 0);
    expect(outcome).toMatchObject({ bytesReceived: sum('bytesReceived'), bytesSent: sum('bytesSent') });
    expect(Buffer.from(outcome.body ?? []).toString()).toContain('<img');
    expect(requests.map(({ method }) => method)).toEqual(Array(5).fill('GET'));
    expect(requests[4]?.headers).toMatchObject({ 'x-a': 'b', authorization: 'mine' });
  });

  it.each([
    ['a page without any', { '/': { body: '<p>' } }],
    ['a page that failed', { '/': { body: '<img src="a.png">', status: 500 } }],
    ['what is no page', { '/': { body: '<img src="a.png">', type: 'application/json' } }],
  ])('of %s are none, and there are no parts', async (_, pages: Pages) => {
    const { url, requests } = await site(pages);
    const outcome = await run().get({ baseUrl: url, embedded: true });
    expect(outcome.seen.parts).toEqual([]);
    expect(requests).toHaveLength(1);
  });

  it('are only those that are wanted', async () => {
    const body = ['a.png', 'b.png', 'c.js'].map((name) => `<img src="${name}">`).join('');
    const { url } = await site({ '/': { body }, '/b.png': {} });
    const outcome = await run().get({
      baseUrl: url,
      embedded: { include: '.*\\.png', exclude: `${url}/a.*` },
    });
    expect(paths(outcome.seen.parts, url)).toEqual(['/', '/b.png']);
    const none = await run().get({ baseUrl: url, embedded: { include: 'png' } });
    expect(none.seen.parts).toEqual([]);
  });

  it.each([
    [6, {}],
    [2, { parallel: 2 }],
  ])('are loaded %i at a time over as many connections', async (together, options) => {
    const names = Array.from({ length: 12 }, (_, n) => `/slow${n}`);
    const images = Object.fromEntries(names.map((name) => [name, { type: 'image/png' }]));
    const body = names.map((name) => `<img src="${name}">`).join('');
    const { url, connections, most } = await site({ '/': { body }, ...images }, together);
    const outcome = await run().get({ baseUrl: url, embedded: options });
    expect(outcome.ok).toBe(true);
    expect([most(), connections()]).toEqual([together, together]);
    expect(outcome.seen.parts).toHaveLength(13);
  });

  it('that fail make the sample fail, with JMeter’s message, unless told otherwise', async () => {
    const { url } = await site({
      '/': { body: '<img src="gone.png"><img src="a.png"><img src="http://127.0.0.1:1/x">' },
      '/a.png': {},
    });
    const outcome = await run().get({ baseUrl: url, embedded: { parallel: 1 } });
    expect(outcome).toMatchObject({
      ok: false,
      code: '200',
      message:
        `Embedded resource download error:${url}/gone.png code:404 message:Not Found, ` +
        'http://127.0.0.1:1/x code:Non HTTP response code: java.net.ConnectException message:' +
        'Non HTTP response message: Connection refused, ',
      failure: `embedded: 2 of the page's resources failed, first ${url}/gone.png: 404 Not Found`,
    });
    expect(outcome.seen.parts.map(({ ok }) => ok)).toEqual([true, false, true, false]);
    const ignoring = await run().get({ baseUrl: url, embedded: { ignoreFailures: true } });
    expect(ignoring).toMatchObject({ ok: true, message: 'OK' });
    expect(ignoring.seen.parts.map(({ ok }) => ok)).toContain(false);
  });

  it('that redirect are one part each; a page that was redirected is its last hop', async () => {
    const { url } = await site({
      '/': { status: 302, headers: { location: '/page' } },
      '/page': { body: '<img src="old.png">', headers: { 'content-encoding': 'gzip' } },
      '/old.png': { status: 301, headers: { location: '/new.png' } },
      '/new.png': { type: 'image/png', body: 'png' },
    });
    const outcome = await run().get({ baseUrl: url, embedded: true });
    expect(paths(outcome.seen.parts, url)).toEqual(['/', '/page', '/new.png']);
    expect(outcome.seen.parts.map(({ code }) => code)).toEqual(['302', '200', '200']);
  });

  it('nested too deep are failures, and a frame that shows itself is loaded once', async () => {
    const frame = (n: number) => ({ body: `<iframe src="/${n + 1}"></iframe><iframe src="/${n}"></iframe>` });
    const { url, requests } = await site(
      Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((n) => [`/${n}`, frame(n)])),
    );
    const outcome = await run().get({ baseUrl: url, path: '/0', embedded: true });
    expect(requests.map((request) => request.url)).toEqual(['/0', '/1', '/2', '/3', '/4', '/5']);
    expect(outcome.seen.parts.at(-1)).toMatchObject({
      ok: false,
      url: `${url}/6`,
      message: 'Non HTTP response message: Maximum frame/iframe nesting depth exceeded.',
    });
  });

  it('go to another origin without the credentials for this one', async () => {
    const other = await site({ '/x.png': {} });
    const { url } = await site({
      '/': { body: `<img src="${other.url}/x.png">`, headers: { 'set-cookie': 'a=1' } },
    });
    await run().get({
      baseUrl: url,
      embedded: true,
      auth: { basic: { username: 'ann', password: 'p' } },
      headers: { Cookie: 'mine=1', 'Content-Type': 'x/y', 'X-A': 'b' },
    });
    expect(other.requests[0]?.headers).toMatchObject({ 'x-a': 'b' });
    expect(Object.keys(other.requests[0]?.headers ?? {})).not.toContain('authorization');
    expect(other.requests[0]?.headers['cookie']).not.toBe('mine=1');
  });

  it('that are cached are spared and leave no part', async () => {
    const { url, requests } = await site({
      '/': { body: '<img src="a.png"><img src="b.png">' },
      '/a.png': { headers: { 'cache-control': 'max-age=60' } },
      '/b.png': {},
    });
    const { get } = run();
    await get({ baseUrl: url, embedded: true, cache: true });
    const outcome = await get({ baseUrl: url, embedded: true, cache: true });
    expect(paths(outcome.seen.parts, url)).toEqual(['/', '/b.png']);
    expect(requests).toHaveLength(5);
  });

  it('have bodies and headers only where they are asked for', async () => {
    const { url } = await site({
      '/': { body: '<img src="a.png"><link rel=stylesheet href=s.css>' },
      '/a.png': { type: 'image/png', body: 'png', headers: { 'x-id': '7' } },
      '/s.css': { type: 'text/css', body: 'a{}' },
    });
    const { get } = run();
    const config = { baseUrl: url, embedded: { parallel: 1 } };
    const plain = await get(config);
    expect(plain.seen.parts.slice(1).map(({ headers }) => headers)).toEqual([undefined, undefined]);
    expect(plain.seen.parts[1]?.body).toBeUndefined();
    const { seen } = await get(config, { keepBody: true, keepHeaders: true, keepRequest: false });
    const [, image, style] = seen.parts;
    expect(Buffer.from(image?.body ?? []).toString()).toBe('png');
    expect(image?.headers).toContainEqual(['x-id', '7']);
    expect(Buffer.from(style?.body ?? []).toString()).toBe('a{}');
    expect(image?.request).toBeUndefined();
  });

  it('are given up when the run is stopped', async () => {
    const body = Array.from({ length: 20 }, (_, n) => `<img src="/slow${n}">`).join('');
    const { url, requests, most } = await site({ '/': { body } }, 100);
    const { get, sampler } = run();
    const outcome = get({ baseUrl: url, embedded: { parallel: 3 } });
    await expect.poll(most).toBe(3);
    sampler.abort();
    expect((await outcome).failure).toMatch(/first .*slow0: interrupted: /);
    expect(requests).toHaveLength(4);
  });

  it('end with the time limit of the sample', async () => {
    const { url } = await site({ '/': { body: '<img src="/slow">' } }, 2);
    const outcome = await run().get({ baseUrl: url, embedded: true, timeout: 150 });
    expect(outcome.failure).toMatch(/timeout\.total: /);
  });

  it('are chosen by patterns that are checked before the run', () => {
    const check = (embedded: unknown) => checkHttp({ url: 'http://h/', embedded }, true);
    expect(check({ include: '(' })).toMatch(/^embedded\.include is not a regular expression: /);
    expect(check({ exclude: '[', parallel: 2 })).toMatch(/^embedded\.exclude/);
    expect([check({ include: '${x}(' }), check({ include: '.*' }), check(true)]).toEqual([null, null, null]);
  });
});
