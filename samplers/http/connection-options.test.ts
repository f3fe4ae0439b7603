import { describe, expect, it } from 'vitest';
import { ConnectionKinds, optionMistakes } from './connection-kind.ts';
import { configured, run } from './test-support/perform.ts';
import type { RawServer } from './test-support/servers.ts';
import { ok, rawServer, textServer } from './test-support/servers.ts';

const body = (outcome: { body?: Uint8Array }) => Buffer.from(outcome.body ?? []).toString();

/** Answers with the address that the connection came from, and the one that it came to. */
const echo = (): Promise<RawServer> =>
  rawServer((socket) => socket.write(ok(`${socket.remoteAddress} ${socket.localAddress}`)));

describe('keepAlive', () => {
  it('off: each request says so, is counted to the byte, and has a connection of its own', async () => {
    const server = await textServer(ok());
    const { get } = run();
    await get({ baseUrl: server.url });
    const before = server.bytesReceived();
    for (let i = 0; i < 3; i++) {
      const outcome = await get({ baseUrl: server.url, keepAlive: false });
      expect(outcome.seen.connected).toBe(1);
      expect(server.bytesReceived()).toBe(before + (i + 1) * outcome.bytesSent);
    }
    expect(server.received().match(/^connection: close\r$/gm)).toHaveLength(3);
    expect(server.connections()).toBe(4);
    expect((await get({ baseUrl: server.url })).seen.connected).toBe(0);
  });

  it('off goes for the hops of a redirect too', async () => {
    const server = await rawServer((socket, request) =>
      socket.write(
        request.startsWith('GET /first')
          ? 'HTTP/1.1 302 Found\r\nLocation: /second\r\nContent-Length: 0\r\n\r\n'
          : ok(),
      ),
    );
    expect((await run().get({ baseUrl: server.url, path: '/first', keepAlive: false })).ok).toBe(true);
    expect(server.connections()).toBe(2);
    expect(server.received().match(/^connection: close\r$/gm)).toHaveLength(2);
  });
});

describe('dns', () => {
  it('says where a host is; the Host header keeps the name', async () => {
    const server = await textServer(ok());
    const outcome = await run().get({
      baseUrl: `http://api.example.com:${server.port}`,
      dns: { 'api.example.com': '127.0.0.1' },
    });
    expect(outcome).toMatchObject({ ok: true, url: `http://api.example.com:${server.port}/` });
    expect(server.received()).toContain(`host: api.example.com:${server.port}\r\n`);
  });

  it('takes the addresses of a list in turn, one for each new connection', async () => {
    const server = await echo();
    const { get } = run();
    const config = {
      baseUrl: `http://a.example.com:${server.port}`,
      dns: { '*.example.com': ['127.0.0.1', '127.0.0.9'] },
    };
    const to = async (keepAlive: boolean) =>
      (await get({ ...config, keepAlive })).failure?.split(':')[0] ?? 'ok';
    // The server listens on the first only.
    expect([await to(false), await to(false), await to(false)]).toEqual(['ok', 'connect.refused', 'ok']);
    expect([await to(true), await to(true), await to(true)]).toEqual(['ok', 'ok', 'ok']);
  });

  it('may lead to a name that nobody knows', async () => {
    const outcome = await run().get({ baseUrl: 'http://a.test', dns: { 'a.test': 'nowhere.invalid' } });
    expect(outcome.failure).toMatch(/^dns\.(notfound|unavailable): /);
  });
});

describe('sourceAddress', () => {
  it('is where connections come from; a list is taken in turn', async () => {
    const server = await echo();
    const { get } = run();
    const from = async (sourceAddress: string | string[], keepAlive = false) =>
      body(await get({ baseUrl: server.url, sourceAddress, keepAlive })).split(' ')[0];
    expect(await from('127.0.0.2')).toBe('127.0.0.2');
    const list = ['127.0.0.3', '127.0.0.4'];
    expect([await from(list), await from(list), await from(list)]).toEqual([...list, '127.0.0.3']);
    expect([await from(list, true), await from(list, true)]).toEqual(['127.0.0.3', '127.0.0.3']);
  });

  it('works with a name for the server', async () => {
    const server = await echo();
    const config = { baseUrl: `http://localhost:${server.port}`, sourceAddress: '127.0.0.5' };
    expect(body(await run().get(config))).toBe('127.0.0.5 127.0.0.1');
  });

  it.each(['127.0.0.1', 'localhost'])(
    'that this machine does not have is told as such (%s)',
    async (host) => {
      const server = await echo();
      const outcome = await run().get({
        baseUrl: `http://${host}:${server.port}`,
        sourceAddress: '192.0.2.1',
      });
      expect(outcome.failure).toMatch(/^local\.source_address: .*does not have the sourceAddress/);
      expect(outcome.code).toBe('Non HTTP response code: java.net.BindException');
    },
  );
});

describe('kinds of connections', () => {
  const kinds = new ConnectionKinds(
    () => Buffer.of(),
    () => null,
  );
  const keyOf = (config: Parameters<typeof configured>[0]) => {
    const kind = kinds.of(configured(config));
    return 'mistake' in kind ? kind.mistake : kind.key;
  };

  it('without options are one, without a key', () => expect(keyOf({ timeout: 1 })).toBe(''));

  it('are told apart by each option, and the same for equal ones', () => {
    const choices: Parameters<typeof configured>[0][] = [
      {},
      { keepAlive: false },
      { insecure: true },
      { certificate: { pkcs12: 'a' } },
      { certificate: { pkcs12: 'a', passphrase: 'b' } },
      { ca: 'a' },
      { serverName: 'a' },
      { tlsVersion: { min: 'TLSv1.2', max: 'TLSv1.2' } },
      { proxy: 'http://a' },
      { proxy: 'http://a', noProxy: ['b'] },
      { dns: { a: '127.0.0.1' } },
      { dnsCache: 'user' },
      { sourceAddress: '127.0.0.2' },
      { http2: true },
      { http2PriorKnowledge: true },
    ];
    expect(new Set(choices.map(keyOf)).size).toBe(choices.length);
    for (const choice of choices) expect(kinds.of(configured(choice))).toBe(kinds.of(configured(choice)));
  });

  it.each([
    [{ proxy: 'a:1' }, 'proxy is not understood'],
    [{ sourceAddress: 'eth0' }, 'sourceAddress must be an IP address of this machine, found "eth0"'],
    [{ sourceAddress: ['127.0.0.1', 'x'] }, 'found "x"'],
    [{ tlsVersion: { min: 'TLSv1.3', max: 'TLSv1.2' } as const }, 'min is newer than max'],
  ])('with %j are refused', (config, message) => {
    expect(keyOf(config)).toContain(message);
    expect(optionMistakes(config)[0]?.message).toContain(message);
  });

  it('are forgotten when there are too many', () => {
    const few = new ConnectionKinds(
      () => Buffer.of(),
      () => null,
    );
    const kindOf = (serverName: string) => few.of(configured({ serverName }));
    const first = kindOf('first');
    for (let i = 0; i < 1000; i++) kindOf(`name ${i}`);
    expect(kindOf('first')).not.toBe(first);
    expect(kindOf('name 999')).toBe(kindOf('name 999'));
  });
});
