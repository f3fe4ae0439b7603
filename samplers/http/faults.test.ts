import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HttpConfig } from './schema.ts';
import { run } from './test-support/perform.ts';
import { ok, rawServer } from './test-support/servers.ts';

interface Row {
  readonly fault: string;
  readonly reply: (socket: Socket) => void;
  readonly config?: Partial<HttpConfig>;
  readonly cause: string;
  readonly code: string;
  readonly message?: string | RegExp;
  /** Body bytes that came before the fault. */
  readonly bodyBytes?: number;
}

const head = 'HTTP/1.1 200 OK\r\n';
const ten = `${head}Content-Length: 10\r\n\r\n1234`;
const wait = { firstByteTimeout: 80 };
const socketException = 'java.net.SocketException';
const timeout = 'java.net.SocketTimeoutException';
const protocol = 'org.apache.http.client.ClientProtocolException';
const cut = 'org.apache.http.ConnectionClosedException';

const rows: Row[] = [
  {
    fault: 'RST before the reply',
    reply: (socket) => socket.resetAndDestroy(),
    cause: 'reset.before_headers',
    code: socketException,
    message: 'Connection reset',
  },
  {
    fault: 'RST in the body',
    reply: (socket) => socket.write(ten, () => setTimeout(() => socket.resetAndDestroy(), 30)),
    cause: 'reset.mid_body',
    code: socketException,
    bodyBytes: 4,
  },
  {
    fault: 'FIN before the reply',
    reply: (socket) => socket.end(),
    cause: 'closed.before_headers',
    code: 'org.apache.http.NoHttpResponseException',
    message: /^127\.0\.0\.1:\d+ failed to respond$/,
  },
  {
    fault: 'FIN within the headers',
    reply: (socket) => socket.end(`${head}Content-`),
    cause: 'closed.before_headers',
    code: 'org.apache.http.NoHttpResponseException',
  },
  {
    fault: 'no reply',
    reply: () => undefined,
    config: wait,
    cause: 'timeout.first_byte',
    code: timeout,
    message: 'Read timed out',
  },
  {
    fault: 'a hang within the headers',
    reply: (socket) => socket.write(`${head}Content-Le`),
    config: wait,
    cause: 'timeout.first_byte',
    code: timeout,
  },
  {
    fault: 'headers that drip in',
    reply: (socket) => drip(socket, `${head}X-Long: ${'x'.repeat(500)}`),
    config: wait,
    cause: 'timeout.first_byte',
    code: timeout,
  },
  {
    fault: 'a hang in the body',
    reply: (socket) => socket.write(ten),
    config: { idleTimeout: 80 },
    cause: 'timeout.idle',
    code: timeout,
    bodyBytes: 4,
  },
  {
    fault: 'a body that drips in',
    reply: (socket) => drip(socket, `${head}Content-Length: 500\r\n\r\n${'x'.repeat(500)}`),
    config: { idleTimeout: 80, timeout: 250 },
    cause: 'timeout.total',
    code: timeout,
  },
  {
    fault: 'fewer bytes than Content-Length says',
    reply: (socket) => socket.end(ten),
    cause: 'truncated',
    code: cut,
    message: 'Premature end of Content-Length delimited message body (expected: 10; received: 4)',
    bodyBytes: 4,
  },
  {
    fault: 'fewer bytes on a connection that is to close',
    reply: (socket) => socket.end(`${head}Connection: close\r\nContent-Length: 10\r\n\r\n1234`),
    cause: 'truncated',
    code: cut,
    bodyBytes: 4,
  },
  {
    fault: 'chunks without an end',
    reply: (socket) => socket.end(`${head}Transfer-Encoding: chunked\r\n\r\n4\r\n1234\r\n`),
    cause: 'truncated',
    code: cut,
    message: 'Premature end of chunk coded message body: closing chunk expected',
    bodyBytes: 4,
  },
  {
    fault: 'chunks without an end on a connection that is to close',
    reply: (socket) =>
      socket.end(`${head}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n1234\r\n`),
    cause: 'truncated',
    code: cut,
    bodyBytes: 4,
  },
  broken(
    'a chunk size that is no number',
    `${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`,
    'invalid_character_in_chunk_size',
  ),
  broken(
    'a negative Content-Length',
    `${head}Content-Length: -5\r\n\r\n`,
    'invalid_character_in_content_length',
  ),
  broken('a status that is no number', 'HTTP/1.1 ABC\r\n\r\n', 'invalid_status_code'),
  broken('HTTP/0.9', '<html>hello</html>', 'not_http'),
  broken('an SMTP banner', '220 mail.example.com ESMTP\r\n', 'not_http'),
  broken('an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'not_http'),
  broken('NUL in a header', `${head}X-A: a\0b\r\nContent-Length: 0\r\n\r\n`, 'invalid_header_value_char'),
  broken(
    'two Content-Lengths that differ',
    `${head}Content-Length: 4\r\nContent-Length: 5\r\n\r\n12345`,
    'content_length',
  ),
  broken('a header of 70 kB', `${head}X-A: ${'x'.repeat(70_000)}\r\n\r\n`, 'header_overflow'),
  broken('5000 headers', `${head}${'X-A: b\r\n'.repeat(5000)}\r\n`, 'header_overflow'),
  broken('status 000', 'HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n', 'status'),
  broken('101', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', 'upgrade'),
  {
    fault: 'a body without end',
    reply: (socket) => {
      socket.write(`${head}\r\n`);
      const pump = () => {
        while (!socket.destroyed && socket.write('x'.repeat(16_384)));
      };
      socket.on('drain', pump);
      pump();
    },
    config: { maxResponseSize: 100_000 },
    cause: 'response.too_large',
    code: 'java.io.IOException',
  },
  {
    fault: 'a gzip bomb',
    reply: (socket) => gzipped(socket, gzipSync(Buffer.alloc(20_000_000))),
    cause: 'response.too_large',
    code: 'java.io.IOException',
  },
  {
    fault: 'a small gzip bomb',
    reply: (socket) => gzipped(socket, gzipSync(Buffer.alloc(2_000_000))),
    cause: 'response.too_large',
    code: 'java.io.IOException',
  },
  {
    fault: 'gzip that is none',
    reply: (socket) => gzipped(socket, Buffer.from('plain text')),
    cause: 'decode.gzip',
    code: 'java.util.zip.ZipException',
  },
  {
    fault: 'gzip that is cut off',
    reply: (socket) => gzipped(socket, gzipSync(Buffer.from('hello'.repeat(100))).subarray(0, 20)),
    cause: 'decode.gzip',
    code: 'java.util.zip.ZipException',
  },
];

describe('a fault of the server', () => {
  it.each(rows)('$fault is $cause, and the next request succeeds', async (row) => {
    const server = await rawServer((socket, _, count) => {
      if (count === 0) row.reply(socket);
      else socket.write(ok('fine'));
    });
    const { get } = run();
    const startMs = performance.now();
    const outcome = await get({ ...row.config, baseUrl: server.url });
    expect(outcome.ok).toBe(false);
    expect(outcome.failure).toMatch(new RegExp(`^${row.cause}: .*127\\.0\\.0\\.1:${server.port}.*\\.$`));
    expect(outcome.code).toBe(`Non HTTP response code: ${row.code}`);
    if (row.message !== undefined) {
      expect(outcome.message.replace('Non HTTP response message: ', '')).toMatch(row.message);
    }
    if (row.bodyBytes !== undefined) {
      expect(outcome.failure).toContain(`after ${row.bodyBytes} `);
      expect(outcome.bytesReceived).toBeGreaterThan(row.bodyBytes);
    }
    expect(outcome.bytesSent).toBe(server.bytesReceived());
    expect(outcome.url).toBe(`${server.url}/`);
    expect(performance.now() - startMs).toBeLessThan(2000);
    expect(await get({ baseUrl: server.url })).toMatchObject({ ok: true, code: '200' });
  });

  it('a refused connection is connect.refused, with nothing sent', async () => {
    const server = await rawServer(() => undefined);
    const probe = connect(server.port, '127.0.0.1');
    const { localPort } = await once(probe, 'connect').then(() => probe);
    probe.destroy();
    const outcome = await run().get({ baseUrl: `http://127.0.0.1:${localPort}` });
    expect(outcome).toMatchObject({
      ok: false,
      code: 'Non HTTP response code: java.net.ConnectException',
      message: 'Non HTTP response message: Connection refused',
      failure: `connect.refused: 127.0.0.1:${localPort} refused the connection. Does the server run, and is this its port?`,
      bytesSent: 0,
      bytesReceived: 0,
      dataType: 'text',
      seen: { connected: 0, firstByte: 0 },
    });
  });

  it.skipIf(process.platform !== 'linux')('a full accept queue is connect.timeout, on time', async () => {
    const script = `const s = require('node:net').createServer();
      s.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
        require('node:fs').writeSync(1, String(s.address().port));
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      });`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [port] = (await once(child.stdout, 'data')) as [Buffer];
    const fillers = Array.from({ length: 4 }, () => connect(Number(port.toString()), '127.0.0.1'));
    for (const filler of fillers) filler.on('error', () => undefined);
    const startMs = performance.now();
    const outcome = await run().get({ baseUrl: `http://127.0.0.1:${port.toString()}`, connectTimeout: 200 });
    const tookMs = performance.now() - startMs;
    for (const filler of fillers) filler.destroy();
    child.kill('SIGKILL');
    expect(outcome.code).toBe('Non HTTP response code: org.apache.http.conn.ConnectTimeoutException');
    expect(outcome.failure).toMatch(/^connect\.timeout: .* within 200ms\. Check .*\.$/);
    expect(tookMs).toBeGreaterThanOrEqual(199.5);
    expect(tookMs).toBeLessThan(400);
  });

  it('a reset of a reused connection says so', async () => {
    const server = await rawServer((socket, _, count) => {
      if (count === 0) socket.write(ok('fine'));
      else socket.resetAndDestroy();
    });
    const { get } = run();
    expect((await get({ baseUrl: server.url })).ok).toBe(true);
    const outcome = await get({ baseUrl: server.url, method: 'POST', body: 'x' });
    expect(outcome.failure).toMatch(/^reset\.before_headers: .* \(reused connection\)\. Look at .*\.$/);
    expect(server.connections()).toBe(1);
  });

  it('a connection that the server closed in between is replaced without a failure', async () => {
    const server = await rawServer((socket) => socket.end(ok('fine')));
    const { get } = run();
    for (let i = 0; i < 3; i++) {
      const outcome = await get({ baseUrl: server.url });
      expect(outcome).toMatchObject({ ok: true, seen: { connected: 1 } });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(server.connections()).toBe(3);
  });
});

describe('what looks like a fault and is none', () => {
  it.each([
    [
      'status 999',
      'HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n',
      { ok: false, code: '999', message: 'Odd' },
    ],
    [
      '103 Early Hints',
      `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${ok('x')}`,
      { ok: true, code: '200' },
    ],
    ['bytes after the body', `${ok('x')}trash`, { ok: true, code: '200' }],
    ['a body that ends with the connection', `${head}\r\nall of it`, { ok: true, code: '200' }],
    [
      'an early 413',
      'HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
      { ok: false, code: '413' },
    ],
  ])('%s', async (_, text, expected) => {
    const server = await rawServer((socket) => {
      if (text.includes('Content-Length')) socket.write(text);
      else socket.end(text);
    });
    const { get } = run();
    const body = text.includes('413') ? 'x'.repeat(5_000_000) : 'x';
    expect(await get({ baseUrl: server.url, method: 'POST', body })).toMatchObject(expected);
    expect(await get({ baseUrl: server.url })).toMatchObject({ code: expected.code });
  });
});

describe('deadlines', () => {
  it('are kept to within a few milliseconds', async () => {
    const server = await rawServer(() => undefined);
    const { get } = run();
    for (const limit of [{ timeout: 50 }, { firstByteTimeout: 120 }, { timeout: 200 }]) {
      const startMs = performance.now();
      await get({ baseUrl: server.url, ...limit });
      const lateMs = performance.now() - startMs - (Object.values(limit)[0] ?? 0);
      expect(lateMs).toBeGreaterThanOrEqual(-0.5);
      expect(lateMs).toBeLessThan(100);
    }
  });

  it('of one request do not touch the next on the same connection', async () => {
    const server = await rawServer((socket, _, count) => {
      if (count < 3) setTimeout(() => socket.write(ok()), count === 2 ? 150 : 0);
    });
    const { get } = run();
    expect((await get({ baseUrl: server.url, timeout: 60_000 })).ok).toBe(true);
    expect((await get({ baseUrl: server.url, timeout: 100 })).ok).toBe(true);
    expect((await get({ baseUrl: server.url, timeout: 5000 })).ok).toBe(true);
    const outcome = await get({ baseUrl: server.url, timeout: 60 });
    expect(outcome.failure).toMatch(
      /^timeout\.total: .* within 60ms, .* \(reused connection\)\. timeout sets the limit\.$/,
    );
    expect(server.connections()).toBe(1);
  });

  it('of 0 are none', async () => {
    const server = await rawServer((socket) => setTimeout(() => socket.write(ok()), 60));
    const outcome = await run().get({
      baseUrl: server.url,
      timeout: 0,
      connectTimeout: 0,
      firstByteTimeout: 0,
      idleTimeout: 0,
    });
    expect(outcome.ok).toBe(true);
  });

  it('cover all hops of a redirect together', async () => {
    const redirect = 'HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n';
    const server = await rawServer((socket) => setTimeout(() => socket.write(redirect), 40));
    const outcome = await run().get({ baseUrl: server.url, timeout: 150 });
    expect(outcome.failure).toMatch(/^timeout\.total: .* within 150ms, given up before its answer/);
    expect(outcome.seen.parts.length).toBeGreaterThan(1);
  });
});

function broken(fault: string, text: string, reason: string): Row {
  return {
    fault,
    reply: (socket) => socket.write(text, 'latin1'),
    cause: `protocol.${reason}`,
    code: protocol,
  };
}

function drip(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || at >= text.length) clearInterval(timer);
    else socket.write(text.charAt(at++));
  }, 15);
}

function gzipped(socket: Socket, body: Buffer): void {
  socket.write(`${head}Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`);
  socket.write(body);
}
