import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Certificates, hasOpenssl } from './test-support/certificates.ts';
import { environmentProxies } from './environment-proxies.ts';
import { noFiles, run } from './test-support/perform.ts';
import { proxyServer } from './test-support/proxy-server.ts';
import { ok, rawServer, textServer } from './test-support/servers.ts';
import { tlsServer } from './test-support/tls-server.ts';

const certificates = new Certificates();
const body = (outcome: { body?: Uint8Array }) => Buffer.from(outcome.body ?? []).toString();

describe('an http:// URL', () => {
  it('is asked for through the proxy as it stands, and counted to the byte', async () => {
    const proxy = await textServer(ok('from the proxy'));
    const { get } = run();
    const config = { baseUrl: 'http://api.example.com:81/v1', path: '/a?b=1', headers: { Cookie: 'c=1' } };
    const outcome = await get({ ...config, proxy: `http://ann:p%40ss@127.0.0.1:${proxy.port}` });
    expect(body(outcome)).toBe('from the proxy');
    expect(proxy.received()).toMatch(
      /^GET http:\/\/api\.example\.com:81\/v1\/a\?b=1 HTTP\/1\.1\r\nhost: api\.example\.com:81\r\n/,
    );
    expect(proxy.received()).toContain(`proxy-authorization: Basic ${btoa('ann:p@ss')}\r\n`);
    expect(outcome).toMatchObject({
      bytesSent: proxy.bytesReceived(),
      url: 'http://api.example.com:81/v1/a?b=1',
    });
  });

  it('answers with what the proxy says when it does not know the user', async () => {
    const proxy = await proxyServer({ credentials: 'ann:secret' });
    const outcome = await run().get({ baseUrl: 'http://a.test', proxy: `http://127.0.0.1:${proxy.port}` });
    expect(outcome).toMatchObject({ ok: false, code: '407' });
  });

  it('is not asked for through the proxy under noProxy', async () => {
    const proxy = await proxyServer();
    const server = await textServer(ok('direct'));
    const config = { baseUrl: server.url, proxy: `http://127.0.0.1:${proxy.port}`, noProxy: ['127.*'] };
    expect(body(await run().get(config))).toBe('direct');
    expect(proxy.asked).toEqual([]);
  });

  it('has connections of its own for each proxy', async () => {
    const [one, two] = [await proxyServer(), await proxyServer({ credentials: 'ann:secret' })];
    const server = await textServer(ok());
    const { get } = run();
    const baseUrl = server.url;
    await get({ baseUrl, proxy: `http://127.0.0.1:${one.port}` });
    const secret = `http://ann:secret@127.0.0.1:${two.port}`;
    for (const path of ['/a', '/b']) expect((await get({ baseUrl, path, proxy: secret })).ok).toBe(true);
    expect((await get({ baseUrl, path: '/c' })).seen.connected).toBe(1);
    expect(one.asked).toHaveLength(1);
    expect(two.asked).toEqual(['/a', '/b'].map((path) => `GET ${server.url}${path} as ann:secret`));
  });
});

describe.skipIf(!hasOpenssl)('an https:// URL', () => {
  it.each([
    ['plain', 'http'],
    ['TLS', 'https'],
  ])('goes through a tunnel of a proxy that speaks %s', async (_, scheme) => {
    const tls = certificates.selfSigned('server');
    const proxy = await proxyServer(
      scheme === 'https' ? { tls, credentials: 'a:b' } : { credentials: 'a:b' },
    );
    const server = await tlsServer(tls, (socket) => String((socket as { servername?: string }).servername));
    const { get } = run();
    const config = {
      baseUrl: `https://api.example.com:${server}`,
      proxy: `${scheme}://a:b@127.0.0.1:${proxy.port}`,
      insecure: true,
    };
    const first = await get(config);
    expect(body(first)).toBe('api.example.com');
    expect(first.seen.connected).toBe(1);
    expect((await get(config)).seen.connected).toBe(0);
    expect(proxy.asked).toEqual([`CONNECT api.example.com:${server} as a:b`]);
    expect(first.bytesSent).toBeLessThan(200);
  });

  it('is checked against its own name, not the proxy’s', async () => {
    const proxy = await proxyServer();
    certificates.selfSigned('issuer', 'Issuer');
    const server = await tlsServer(certificates.signed('localhost', 'issuer'));
    const options = { proxy: `http://127.0.0.1:${proxy.port}`, ca: certificates.path('issuer.pem') };
    const { get } = run((file) => readFileSync(file));
    expect((await get({ baseUrl: `https://localhost:${server}`, ...options })).ok).toBe(true);
    const other = await get({ baseUrl: `https://other.test:${server}`, ...options });
    expect(other.failure).toMatch(/^tls\.wrong_name: /);
  });
});

describe('a proxy of the environment', () => {
  const runThrough = (environment: Record<string, string>) =>
    run(noFiles, environmentProxies(environment).proxies);

  it('is asked for other machines, and not for this one', async () => {
    const proxy = await textServer(ok('from the proxy'));
    const server = await textServer(ok('direct'));
    const { get } = runThrough({ HTTP_PROXY: `http://ann:pw@127.0.0.1:${proxy.port}` });
    expect(body(await get({ baseUrl: 'http://api.test' }))).toBe('from the proxy');
    expect(proxy.received()).toMatch(/^GET http:\/\/api\.test\/ HTTP\/1\.1/);
    expect(proxy.received()).toContain(`proxy-authorization: Basic ${btoa('ann:pw')}\r\n`);
    expect(body(await get({ baseUrl: server.url }))).toBe('direct');
  });

  it('gives way to that of the plan, which may lead to this machine', async () => {
    const proxy = await textServer(ok('the plan has one'));
    const config = { baseUrl: 'http://localhost:1', proxy: `http://127.0.0.1:${proxy.port}` };
    expect(body(await runThrough({ HTTP_PROXY: 'http://127.0.0.1:1' }).get(config))).toBe('the plan has one');
  });

  it.each([
    ['exempts it', { noProxy: ['*.test'], dns: { 'api.test': '127.0.0.1' } }],
    ['says where it is', { dns: { '*.test': '127.0.0.1' } }],
  ])('is not asked for a host where the plan %s', async (_, config) => {
    const server = await textServer(ok('direct'));
    const { get } = runThrough({ HTTP_PROXY: 'http://127.0.0.1:1' });
    expect(body(await get({ baseUrl: `http://api.test:${server.port}`, ...config }))).toBe('direct');
  });

  it('is looked at anew for each server that a redirect leads to', async () => {
    const server = await textServer(ok('direct'));
    const proxy = await textServer(
      `HTTP/1.1 302 Found\r\nLocation: ${server.url}/\r\nContent-Length: 0\r\n\r\n`,
    );
    const { get } = runThrough({ HTTP_PROXY: `http://127.0.0.1:${proxy.port}` });
    expect(body(await get({ baseUrl: 'http://api.test' }))).toBe('direct');
  });

  it.skipIf(!hasOpenssl)('is asked for a tunnel to https:// servers', async () => {
    const proxy = await proxyServer({ credentials: 'ann:pw' });
    const server = await tlsServer(certificates.selfSigned('tunnelled'));
    const { get } = runThrough({
      HTTPS_PROXY: `ann:pw@127.0.0.1:${proxy.port}`,
      HTTP_PROXY: 'http://127.0.0.1:1',
    });
    expect((await get({ baseUrl: `https://api.test:${server}`, insecure: true })).ok).toBe(true);
    expect(proxy.asked).toEqual([`CONNECT api.test:${server} as ann:pw`]);
  });
});

describe('a proxy that opens no tunnel', () => {
  it.each<[string, (socket: Socket) => unknown, string, string]>([
    [
      'wants to know the user',
      (socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n'),
      'proxy.auth_required',
      'java.io.IOException',
    ],
    [
      'forbids it',
      (socket) => socket.end('HTTP/1.0 403 Forbidden\r\n\r\n'),
      'proxy.refused',
      'java.io.IOException',
    ],
    [
      'speaks something else',
      (socket) => socket.end('220 mail\r\n\r\n'),
      'proxy.protocol',
      'java.io.IOException',
    ],
    [
      'talks without end',
      (socket) => socket.write('x'.repeat(100_000)),
      'proxy.protocol',
      'java.io.IOException',
    ],
    ['hangs up', (socket) => socket.end(), 'proxy.closed', 'java.io.IOException'],
    ['resets', (socket) => socket.resetAndDestroy(), 'proxy.reset', 'java.net.SocketException'],
    ['is silent', () => undefined, 'proxy.timeout', 'java.net.SocketTimeoutException'],
  ])('because it %s', async (_, reply, cause, exception) => {
    const proxy = await rawServer(reply);
    const outcome = await run().get({
      baseUrl: 'https://api.example.com',
      proxy: `http://ann:secret@127.0.0.1:${proxy.port}`,
      connectTimeout: 300,
    });
    expect(outcome.failure?.split(':')[0]).toBe(cause);
    expect(outcome.failure).toContain('api.example.com');
    expect(JSON.stringify(outcome)).not.toContain('secret');
    expect(outcome).toMatchObject({
      code: `Non HTTP response code: ${exception}`,
      bytesSent: 0,
      seen: { connected: 0 },
    });
    await expect.poll(() => proxy.openSockets.size).toBe(0);
  });

  it('says as Java does what it said', async () => {
    const proxy = await textServer('HTTP/1.1 407 Who Are You\r\n\r\n');
    const config = { baseUrl: 'https://a.test', proxy: `http://127.0.0.1:${proxy.port}` };
    expect((await run().get(config)).message).toBe(
      'Non HTTP response message: Unable to tunnel through proxy. Proxy returns "HTTP/1.1 407 Who Are You"',
    );
  });

  it.each(['http://a.test', 'https://a.test'])('or is not there: %s', async (baseUrl) => {
    const outcome = await run().get({ baseUrl, proxy: 'http://127.0.0.1:1' });
    expect(outcome.failure).toMatch(/^proxy\.unreachable: no connection to the proxy on the way to a\.test/);
    expect(outcome.code).toBe('Non HTTP response code: java.net.ConnectException');
  });

  it('or is none, as a variable turns out, fails the request without sending it', async () => {
    const outcome = await run().get({ baseUrl: 'http://a.test', proxy: 'ftp://x' });
    expect(outcome.failure).toMatch(/^request\.invalid: .*a proxy is written http:\/\/host:port/);
  });
});
