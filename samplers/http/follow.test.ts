import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { run } from './test-support/perform.ts';
import { ok, rawServer, textServer } from './test-support/servers.ts';

describe('redirects', () => {
  it('become parts, and the outcome is the last hop with the bytes of all', async () => {
    const hops = [
      'HTTP/1.1 302 Found\r\nLocation: b?x=1\r\nContent-Length: 3\r\n\r\nabc',
      'HTTP/1.1 307 Again\r\nLocation: /c\r\nContent-Length: 0\r\n\r\n',
      ok('done'),
    ];
    const server = await rawServer((socket, _, count) => socket.write(hops[count] ?? ''));
    const outcome = await run().get({ method: 'POST', baseUrl: server.url, path: '/dir/a', json: '{}' });
    const lines = server.received().match(/(GET|POST) \S+ HTTP\/1\.1/g);
    expect(lines).toEqual(['POST /dir/a HTTP/1.1', 'GET /dir/b?x=1 HTTP/1.1', 'GET /c HTTP/1.1']);
    expect(server.received().match(/content-type/g)).toHaveLength(1);
    expect(outcome).toMatchObject({
      ok: true,
      code: '200',
      url: `${server.url}/c`,
      bytesReceived: hops.join('').length,
      bytesSent: server.bytesReceived(),
      seen: { parts: [{ code: '302' }, { code: '307', url: `${server.url}/dir/b?x=1` }, { code: '200' }] },
    });
    expect(Buffer.from(outcome.body ?? []).toString()).toBe('done');
  });

  it('have bodies, headers and requests as parts only where they are asked for', async () => {
    const packed = gzipSync('abc');
    const first = `HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`;
    const server = await rawServer((socket, _, count) =>
      socket.write(count % 2 === 0 ? Buffer.concat([Buffer.from(first), packed]) : ok('done')),
    );
    const { get } = run();
    const kept = async (keepBody: boolean, keepHeaders: boolean, keepRequest: boolean) => {
      const { seen } = await get({ baseUrl: server.url }, { keepBody, keepHeaders, keepRequest });
      return seen.parts.map(({ body, headers, request }) => [
        body && Buffer.from(body).toString(),
        headers?.find(([name]) => name === 'Location')?.[1],
        request?.url.replace(server.url, ''),
      ]);
    };
    expect(await kept(false, false, false)).toEqual([[], []].map(() => [undefined, undefined, undefined]));
    expect(await kept(true, false, false)).toEqual([
      ['abc', undefined, undefined],
      ['done', undefined, undefined],
    ]);
    expect(await kept(false, true, true)).toEqual([
      [undefined, '/b', '/'],
      [undefined, undefined, '/b'],
    ]);
    const { seen, body } = await get({ baseUrl: server.url });
    expect(seen.parts.some((part) => part.body ?? part.headers ?? part.request)).toBe(false);
    expect(Buffer.from(body ?? []).toString()).toBe('done');
  });

  it.each([
    ['301', 'POST', 'GET', ''],
    ['302', 'PUT', 'GET', ''],
    ['303', 'POST', 'GET', ''],
    ['303', 'HEAD', 'HEAD', ''],
    ['307', 'POST', 'POST', 'data'],
    ['308', 'PUT', 'PUT', 'data'],
  ])('%s turns %s into %s with the body "%s"', async (status, method, next, body) => {
    const redirect = `HTTP/1.1 ${status} X\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n`;
    const server = await rawServer((socket, _, count) => socket.write(count === 0 ? redirect : ok()));
    const sent = method === 'HEAD' ? {} : { body: 'data' };
    await run().get({ method, baseUrl: server.url, ...sent });
    const second = server.received().split(`${next} /next `)[1];
    expect(second?.split('\r\n\r\n')[1]).toBe(body);
  });

  it('stop at the limit', async () => {
    const server = await textServer('HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n');
    const outcome = await run().get({ baseUrl: server.url });
    expect(outcome).toMatchObject({
      ok: false,
      code: 'Non HTTP response code: java.io.IOException',
      message: 'Non HTTP response message: Exceeded maximum number of redirects: 20',
    });
    expect(outcome.failure).toMatch(/^redirect\.limit: /);
    expect(outcome.seen.parts).toHaveLength(21);
    expect(outcome.bytesSent).toBe(server.bytesReceived());
  });

  it('are plain successes when not followed', async () => {
    const server = await textServer('HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n');
    const outcome = await run().get({ baseUrl: server.url, followRedirects: false });
    expect(outcome).toMatchObject({ ok: true, code: '302', seen: { parts: [] } });
  });

  it.each([
    ['', 'redirect.location', 'java.lang.IllegalArgumentException'],
    ['Location: file:///etc/passwd\r\n', 'redirect.target', 'java.net.MalformedURLException'],
    ['Location: http://[\r\n', 'redirect.target', 'java.net.MalformedURLException'],
  ])('that lead nowhere fail: "%s"', async (location, cause, exception) => {
    const server = await textServer(`HTTP/1.1 302 Found\r\n${location}Content-Length: 0\r\n\r\n`);
    const outcome = await run().get({ baseUrl: server.url });
    expect(outcome).toMatchObject({
      ok: false,
      code: `Non HTTP response code: ${exception}`,
      seen: { parts: [] },
    });
    expect(outcome.failure).toMatch(new RegExp(`^${cause}: `));
  });

  it("to another origin do not carry the author's Authorization and Cookie", async () => {
    const other = await textServer(ok());
    const server = await textServer(`HTTP/1.1 307 X\r\nLocation: ${other.url}/\r\nContent-Length: 0\r\n\r\n`);
    const headers = { authorization: 'Bearer x', Cookie: 'a=1', Host: 'h', 'X-Kept': 'y' };
    expect((await run().get({ baseUrl: server.url, headers })).ok).toBe(true);
    expect(server.received()).toContain('authorization: Bearer x\r\n');
    expect(other.received()).not.toMatch(/authorization|cookie|host: h\r/i);
    expect(other.received()).toContain('X-Kept: y\r\n');
  });
});
