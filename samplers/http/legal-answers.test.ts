import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { run } from './test-support/perform.ts';
import { afterTest, listen, ok, rawServer } from './test-support/servers.ts';

const chunks = '2\r\nhi\r\n0\r\n\r\n';
const chunked = 'Transfer-Encoding: chunked\r\n';

/** Answers that RFC 9110 and 9112 allow, or tell a client to read. */
const answers: [what: string, answer: string, status: string, body: string][] = [
  ['304 with the length of what it spares', 'HTTP/1.1 304 Same\r\nContent-Length: 5\r\n\r\n', '304', ''],
  ['304 with a coding', `HTTP/1.1 304 Same\r\n${chunked}\r\n`, '304', ''],
  ['204 with a length', 'HTTP/1.1 204 None\r\nContent-Length: 5\r\n\r\n', '204', ''],
  ['100 that nobody asked for', `HTTP/1.1 100 Continue\r\n\r\n${ok('hi')}`, '200', 'hi'],
  [
    '100, 102 and 103 with headers',
    'HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n' +
      `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${ok('hi')}`,
    '200',
    'hi',
  ],
  ['a length before chunks', `HTTP/1.1 200 OK\r\nContent-Length: 50\r\n${chunked}\r\n${chunks}`, '200', 'hi'],
  ['a length behind chunks', `HTTP/1.1 200 OK\r\n${chunked}Content-Length: 2\r\n\r\n${chunks}`, '200', 'hi'],
  ['the same length twice', `HTTP/1.1 200 OK\r\ncontent-length: 2\r\n${ok('hi').slice(17)}`, '200', 'hi'],
  [
    'the same length three times, one of 11 bytes',
    `HTTP/1.1 200 OK\r\n${'Content-Length: 11\r\n'.repeat(3)}\r\nhello world`,
    '200',
    'hello world',
  ],
  [
    'the same length twice before chunks',
    `HTTP/1.1 200 OK\r\n${'Content-Length: 2\r\n'.repeat(2)}${chunked}\r\n${chunks}`,
    '200',
    'hi',
  ],
  ['lines that end in LF alone', 'HTTP/1.1 200 OK\nContent-Length: 2\nX-A: b\n\nhi', '200', 'hi'],
  [
    'spaces behind the size of a chunk',
    `HTTP/1.1 200 OK\r\n${chunked}\r\n2  \r\nhi\r\n0\r\n\r\n`,
    '200',
    'hi',
  ],
  ['no reason', 'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi', '200', 'hi'],
];

describe('a legal answer', () => {
  it.each(answers)(
    '%s is taken, whole or byte by byte, and the connection is kept',
    async (_, text, ...told) => {
      const [code, body] = told;
      const server = await rawServer((socket, request) => {
        if (request.includes(' /whole ')) socket.write(text, 'latin1');
        else void dripped(text, (one) => socket.write(one, 'latin1'));
      });
      const { get } = run();
      for (const path of ['/whole', '/dripped', '/whole']) {
        const outcome = await get({ baseUrl: server.url, path });
        expect(outcome).toMatchObject({ ok: true, code });
        expect(Buffer.from(outcome.body ?? []).toString()).toBe(body);
      }
      expect(server.connections()).toBe(1);
    },
  );

  it('with a coding called identity is as long as it says', async () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n';
    const server = await rawServer((socket) => socket.write(`${head}hi`));
    expect(await run().get({ baseUrl: server.url })).toMatchObject({ ok: true, code: '200' });
  });

  it('to HEAD has a length and no body', async () => {
    const server = await rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'));
    const { get } = run();
    for (let i = 0; i < 2; i++) {
      expect(await get({ baseUrl: server.url, method: 'HEAD' })).toMatchObject({ ok: true, code: '200' });
    }
    expect(server.connections()).toBe(1);
  });

  it('204 with a body that does not belong to it does not break the next one', async () => {
    const server = await rawServer((socket, _, count) => {
      socket.write(count === 0 ? 'HTTP/1.1 204 None\r\nContent-Length: 5\r\n\r\n12345' : ok('hi'));
    });
    const { get } = run();
    expect(await get({ baseUrl: server.url })).toMatchObject({ ok: true, code: '204' });
    expect(await get({ baseUrl: server.url })).toMatchObject({ ok: true, code: '200' });
  });

  it('304 with a length is what a cache asks for', async () => {
    const server = createServer((request, response) => {
      const isKnown = request.headers['if-none-match'] === '"a"';
      response.strictContentLength = false;
      response.writeHead(isKnown ? 304 : 200, { ETag: '"a"', 'Content-Length': 5 });
      response.end(isKnown ? '' : 'hello');
    });
    const baseUrl = `http://127.0.0.1:${await listen(server)}`;
    afterTest(() => void server.close());
    const { get } = run();
    const codes: string[] = [];
    for (let i = 0; i < 3; i++) codes.push((await get({ baseUrl, cache: true })).code);
    expect(codes).toEqual(['200', '304', '304']);
  });
});

async function dripped(text: string, write: (one: string) => void): Promise<void> {
  for (const one of text.split('')) {
    write(one);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
