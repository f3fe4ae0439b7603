import { describe, expect, it } from 'vitest';
import { Cookies } from './cookies.ts';
import { configured, contextOf, run } from './test-support/perform.ts';
import { ok, rawServer, textServer } from './test-support/servers.ts';

describe('cookies', () => {
  it('set by a redirect to the same URL are sent with the next hop', async () => {
    const login =
      'HTTP/1.1 302 Found\r\nLocation: /\r\nSet-Cookie: s=1; HttpOnly\r\nContent-Length: 0\r\n\r\n';
    const server = await rawServer((socket, request) =>
      socket.write(/^cookie: s=1\r$/m.test(request) ? ok() : login),
    );
    const { get } = run();
    expect(await get({ baseUrl: server.url })).toMatchObject({ ok: true, code: '200' });
    const outcome = await get({ baseUrl: server.url, headers: { Cookie: 'mine=2' } });
    expect(server.received()).not.toContain('cookie: mine=2\r\n');
    expect(outcome.seen.parts.length).toBeGreaterThan(0);
  });

  it("join the author's own, belong to one user and can be turned off", async () => {
    const server = await textServer(ok('', 'Set-Cookie: a=1\r\nSet-Cookie: b=2; Path=/other\r\n'));
    const { get, sampler } = run();
    await get({ baseUrl: server.url });
    await get({ baseUrl: server.url, headers: { Cookie: 'mine=3' } });
    expect(server.received()).toContain('cookie: mine=3; a=1\r\n');
    const before = server.bytesReceived();
    await get({ baseUrl: server.url, cookies: false });
    await sampler.perform(
      configured({ baseUrl: server.url }),
      contextOf({ threadName: 'another', iteration: 0 }),
    );
    expect(server.received().slice(before)).not.toContain('cookie');
  });
});

describe('cookie options', () => {
  const cookieLines = (text: string) => text.match(/^cookie: .*(?=\r)/gm) ?? [];

  it('clear the jar when the user begins anew, and put the given cookies back', async () => {
    const server = await textServer(ok('', 'Set-Cookie: s=1\r\n'));
    const { get, user } = run();
    const preset = [{ name: 'consent', value: 'all' }];
    const config = { baseUrl: server.url, cookies: { clearEachIteration: true, preset } };
    await get(config);
    await get(config);
    user.iteration = 1;
    await get(config);
    await get(config);
    expect(cookieLines(server.received())).toEqual([
      'cookie: consent=all',
      'cookie: consent=all; s=1',
      'cookie: consent=all',
      'cookie: consent=all; s=1',
    ]);
  });

  it('leave the jar alone unless told, and do not undo what a server made of a given cookie', async () => {
    const server = await textServer(ok('', 'Set-Cookie: consent=none\r\n'));
    const { get, user } = run();
    const config = { baseUrl: server.url, cookies: { preset: [{ name: 'consent', value: 'all' }] } };
    await get(config);
    user.iteration = 1;
    await get(config);
    expect(cookieLines(server.received())).toEqual(['cookie: consent=all', 'cookie: consent=none']);
  });

  it.each([
    ['standard', ['cookie: a=1']],
    ['compatibility', ['cookie: bare; a=1']],
    ['ignore', []],
  ] as const)('%s sends %j', async (policy, lines) => {
    const server = await textServer(ok('', 'Set-Cookie: bare\r\nSet-Cookie: a=1\r\n'));
    const { get } = run();
    const config = { baseUrl: server.url, cookies: { policy, preset: [] } };
    await get(config);
    await get(config);
    expect(cookieLines(server.received())).toEqual(lines);
  });

  it.each([
    [{ name: 'a', value: '1' }, 'http://shop.example/x', 'a=1'],
    [{ name: 'a', value: '1' }, 'http://sub.shop.example/', ''],
    [{ name: 'a', value: '1', domain: '.shop.example' }, 'http://sub.shop.example/', 'a=1'],
    [{ name: 'a', value: '1', domain: 'other.example' }, 'http://shop.example/', ''],
    [{ name: 'a', value: '1', domain: '127.0.0.1' }, 'http://127.0.0.1/', 'a=1'],
    [{ name: 'a', value: '1', path: '/x' }, 'http://shop.example/', ''],
    [{ name: 'a', value: '1', path: '/x' }, 'http://shop.example/x/y', 'a=1'],
    [{ name: 'a', value: '1', secure: true }, 'http://shop.example/', ''],
    [{ name: 'a', value: '1', secure: true }, 'https://shop.example/', 'a=1'],
  ])('put %j into the jar, which sends to %s "%s"', (cookie, url, header) => {
    const cookies = new Cookies();
    cookies.preset('http://shop.example/', [cookie]);
    expect(cookies.header(url, '')).toBe(header);
  });
});

describe('a jar', () => {
  const url = 'http://shop.example/a/b';

  it('is capped at 50 cookies a host, 4 KiB each and 300 in all; the oldest go first', () => {
    const cookies = new Cookies();
    cookies.store(
      url,
      Array.from({ length: 180 }, (_, i) => `c${i}=1; Path=/`),
    );
    expect(cookies.header(url, '').split('; ')).toEqual(
      Array.from({ length: 50 }, (_, i) => `c${i + 130}=1`),
    );
    cookies.store(url, [`big=${'x'.repeat(5000)}; Path=/`]);
    expect(cookies.header(url, '')).not.toContain('big');
    for (let host = 0; host < 8; host++) {
      const other = `http://h${host}.example/`;
      cookies.store(
        other,
        Array.from({ length: 50 }, (_, i) => `c${i}=1`),
      );
    }
    const kept = [url, ...Array.from({ length: 8 }, (_, host) => `http://h${host}.example/`)].map(
      (each) => cookies.header(each, '').split('; ').filter(Boolean).length,
    );
    expect(kept).toEqual([0, 0, 0, 50, 50, 50, 50, 50, 50]);
  });

  it('replaces, expires and scopes cookies as RFC 6265 says', () => {
    const cookies = new Cookies();
    cookies.store(url, ['a=1; Path=/', 'b=1', 'secure=1; Secure', 'other=1; Domain=other.example', 'bad']);
    expect(cookies.header('http://shop.example/', '')).toBe('a=1');
    expect(cookies.header('http://shop.example/a/', '')).toBe('b=1; a=1');
    cookies.store(url, ['a=2; Path=/', 'b=; Max-Age=0']);
    expect(cookies.header('http://shop.example/a/', 'x=y')).toBe('x=y; a=2');
    expect(cookies.header('http://other.example/', 'x=y')).toBe('x=y');
  });
});
