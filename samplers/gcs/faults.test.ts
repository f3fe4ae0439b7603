import { describe, expect, it } from 'vitest';
import type { GcsConfig } from './schema.ts';
import { gcsRun } from './test-support/gcs-run.ts';
import { answerJson, refusal, scriptedServer, type Script } from './test-support/scripted-server.ts';

const MiB = 2 ** 20;
const stream = { size: 64 * MiB, compressibility: 0, seed: 1 };

/** The kinds of operation that go different ways. */
const kinds: [what: string, Partial<GcsConfig>][] = [
  ['an upload by media', { upload: 'x', kind: 'media', stream }],
  ['an upload by multipart', { upload: 'x', kind: 'multipart', stream }],
  ['a resumable upload', { upload: 'x', kind: 'resumable', stream }],
  ['a resumable upload in chunks', { upload: 'x', kind: 'resumable', chunkSize: MiB, stream }],
  ['an upload in parts', { upload: 'x', kind: 'composite', stream }],
  ['a download', { download: 'x' }],
  ['a list', { list: '' }],
  ['deleting', { delete: 'x' }],
];
const uploads = kinds.slice(0, 5);

/** Starts sessions of resumable uploads, and treats all else as told. */
function afterSession(script: Script): Script {
  return (request, response, count) => {
    if (!request.url?.includes('uploadType=resumable')) {
      script(request, response, count);
      return;
    }
    const location = `http://${request.headers.host ?? ''}/session`;
    answerJson(200, {}, { location })(request, response, count);
  };
}

/** Takes some of a body, then does as told. */
function afterBytes(
  bytes: number,
  then: (socket: { resetAndDestroy(): unknown; destroy(): unknown }) => void,
): Script {
  return (request) => {
    let seen = 0;
    request.on('data', (piece: Buffer) => {
      seen += piece.length;
      if (seen > bytes) then(request.socket);
    });
  };
}

describe('a server that', () => {
  it.each(kinds)('never answers: %s ends in time', async (_, config) => {
    const server = await scriptedServer((request) => request.resume());
    const { perform, sampler } = gcsRun(server.url);
    const startMs = performance.now();
    const outcome = await perform({ ...config, timeout: 200 });
    expect(performance.now() - startMs).toBeLessThan(1500);
    expect(outcome.code).toBe('Non HTTP response code: java.net.SocketTimeoutException');
    expect(outcome.failure).toMatch(
      /^timeout\.total: the operation on 127\.0\.0\.1:\d+ was not over within 200ms/,
    );
    expect(outcome.metrics).toEqual({});
    await sampler.close();
    await expect.poll(server.openSockets).toBe(0);
  });

  it.each(uploads)('reads no content: %s ends in time', async (_, config) => {
    const server = await scriptedServer(afterSession(() => undefined));
    const { failure } = await gcsRun(server.url).perform({ ...config, timeout: 300 });
    expect(failure).toMatch(/^timeout\.total/);
    expect(failure).toMatch(/B were sent\.$/);
  });

  it.each(uploads)('resets in the middle: %s says so and how far it came', async (_, config) => {
    const server = await scriptedServer(
      afterSession(afterBytes(500_000, (socket) => socket.resetAndDestroy())),
    );
    const { perform } = gcsRun(server.url);
    const { ok, code, failure } = await perform(config);
    expect([ok, code]).toEqual([false, 'Non HTTP response code: java.net.SocketException']);
    expect(failure).toMatch(
      /^reset\.before_headers: .* reset the connection before it answered\. .*B were sent\.$/,
    );
  });

  it.each(uploads)('closes in the middle: %s says so', async (_, config) => {
    const server = await scriptedServer(afterSession(afterBytes(500_000, (socket) => socket.destroy())));
    const { failure } = await gcsRun(server.url).perform(config);
    expect(failure).toMatch(/^(closed|reset)\.before_headers: /);
  });

  it.each([
    [429, 'rateLimitExceeded', 'The rate of changes is too high.', 'retries: makes the client try again'],
    [403, 'quotaExceeded', 'Quota exceeded.', 'A quota is used up'],
    [403, 'forbidden', 'bob does not have storage.objects.create access.', 'lacks the permission'],
    [401, 'authError', 'Invalid Credentials', 'No credentials were sent'],
    [503, 'backendError', 'We encountered an internal error.', ''],
  ])('answers %i %s: each operation has the code and the words', async (status, reason, message, hint) => {
    const server = await scriptedServer(refusal(status, reason, message));
    for (const [what, config] of kinds) {
      const small = config.stream ? { stream: { ...stream, size: MiB } } : {};
      const outcome = await gcsRun(server.url).perform({ ...config, ...small });
      expect([what, outcome.ok, outcome.code, outcome.failure]).toEqual([
        what,
        false,
        String(status),
        undefined,
      ]);
      expect(outcome.message).toContain(`${reason}: ${message.replace(/\.$/, '')}.`);
      expect(outcome.message).toContain(hint);
      expect(outcome.explanation).toBe(outcome.message);
    }
  });

  it.each(uploads)('refuses before it has read: %s says so', async (_, config) => {
    const server = await scriptedServer(
      afterSession((_request, response) => {
        response.writeHead(403, { 'content-type': 'application/json', connection: 'close' });
        response.end(
          JSON.stringify({ error: { code: 403, message: 'No.', errors: [{ reason: 'forbidden' }] } }),
        );
      }),
    );
    const { code, message } = await gcsRun(server.url).perform(config);
    expect([code, message]).toEqual(['403', expect.stringContaining('forbidden: No.')]);
  });

  it('answers with a page instead of JSON is quoted', async () => {
    const server = await scriptedServer((request, response) => {
      request
        .resume()
        .on('end', () =>
          response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad\n gateway</h1>'),
        );
    });
    const { code, message } = await gcsRun(server.url).perform({ list: '' });
    expect([code, message]).toEqual(['502', 'gs://tests/: <h1>Bad gateway</h1>.']);
  });

  it('is not there is told', async () => {
    const { failure, code } = await gcsRun('http://127.0.0.1:9').perform({ upload: 'x', text: 'x' });
    expect(code).toBe('Non HTTP response code: java.net.ConnectException');
    expect(failure).toMatch(/^connect\.refused: 127\.0\.0\.1:9 refused the connection/);
  });
});

describe('checksums', () => {
  const wrong = {
    name: 'x',
    size: '1',
    generation: '1',
    crc32c: 'AAAAAA==',
    md5Hash: 'AAAAAAAAAAAAAAAAAAAAAA==',
  };
  const small: [what: string, Partial<GcsConfig>][] = [
    ['media', { kind: 'media', text: 'x' }],
    ['media by MD5', { kind: 'media', text: 'x', validation: 'md5' }],
    ['multipart', { kind: 'multipart', text: 'x' }],
    ['multipart by MD5', { kind: 'multipart', text: 'x', validation: 'md5' }],
    ['resumable', { kind: 'resumable', text: 'x' }],
    ['chunks', { kind: 'resumable', chunkSize: MiB, text: 'x' }],
    ['composite', { kind: 'composite', text: 'x' }],
  ];
  it.each(small)('that differ after an upload by %s fail it, and the object goes', async (_, config) => {
    const server = await scriptedServer(afterSession(answerJson(200, wrong)));
    const outcome = await gcsRun(server.url).perform({ upload: 'x', ...config });
    expect([outcome.ok, outcome.code]).toEqual([false, 'checksum.mismatch']);
    expect(outcome.failure).toMatch(
      /^checksum\.mismatch: the service has .*; the object is not what was sent and was deleted$/,
    );
    expect(outcome.metrics).toEqual({});
    expect(server.asked.at(-1)?.method).toBe('DELETE');
  });

  it('that are missing fail an upload that is to be compared', async () => {
    const server = await scriptedServer(answerJson(200, { name: 'x', size: '1' }));
    for (const kind of ['media', 'multipart'] as const) {
      const { code, failure } = await gcsRun(server.url).perform({ upload: 'x', kind, text: 'x' });
      expect([code, failure]).toEqual(['checksum.mismatch', expect.stringContaining('crc32c none')]);
    }
  });

  const told =
    (content: string, headers: Record<string, string>): Script =>
    (request, response) => {
      request.resume().on('end', () => response.writeHead(200, headers).end(content));
    };
  it.each([
    ['CRC32C', 'crc32c', { 'x-goog-hash': 'crc32c=AAAAAA==,md5=AAAA' }],
    ['MD5', 'md5', { 'x-goog-hash': 'crc32c=AAAAAA==, md5=AAAA' }],
  ] as const)('that differ after a download, by %s, fail it', async (_, validation, headers) => {
    const server = await scriptedServer(told('hello', headers));
    const outcome = await gcsRun(server.url).perform({ download: 'x', validation });
    expect([outcome.ok, outcome.code]).toEqual([false, 'checksum.mismatch']);
    expect(outcome.failure).toContain(`the service says ${validation}=AAAA`);
    expect(await gcsRun(server.url).perform({ download: 'x', validation: 'none' })).toMatchObject({
      ok: true,
    });
  });
});

describe('a download that', () => {
  it.each([
    ['is reset', (socket: { resetAndDestroy(): unknown }) => socket.resetAndDestroy(), 'reset.mid_body'],
    ['is cut', (socket: { destroy(): unknown }) => socket.destroy(), 'truncated'],
  ] as const)('%s fails with what came, and disturbs nobody', async (_, end, cause) => {
    const server = await scriptedServer((request, response) => {
      request.resume();
      if (request.method === 'POST') {
        setTimeout(() => response.end(JSON.stringify({ name: 'slow' })), 300);
        return;
      }
      response.writeHead(200, { 'content-length': '1000000' });
      response.write(Buffer.alloc(100_000), () => setTimeout(() => end(request.socket), 50));
    });
    const slow = gcsRun(server.url).perform({
      upload: 'slow',
      kind: 'multipart',
      text: 'x',
      validation: 'none',
    });
    const { ok, failure } = await gcsRun(server.url).perform({ download: 'x' });
    expect(ok).toBe(false);
    expect(failure).toMatch(new RegExp(`^${cause}: .* after 100000 of 1000000 bytes of body`));
    expect(await slow).toMatchObject({ ok: true });
  });
});

describe('retries', () => {
  const operations: [what: string, Partial<GcsConfig>][] = [
    ['a list', { list: '' }],
    ['an upload by media', { upload: 'x', kind: 'media', text: 'x' }],
    ['a long upload by media', { upload: 'x', kind: 'media', stream: { ...stream, size: 2 * MiB } }],
    ['an upload by multipart', { upload: 'x', kind: 'multipart', text: 'x' }],
    ['a long upload by multipart', { upload: 'x', kind: 'multipart', stream: { ...stream, size: 2 * MiB } }],
    ['a resumable upload', { upload: 'x', text: 'x' }],
    ['an upload in parts', { upload: 'x', kind: 'composite', text: 'x' }],
    ['a download', { download: 'x' }],
    ['deleting', { delete: 'x' }],
    ['deleting all', { deleteAll: '' }],
    ['composing', { compose: 'x', sources: ['y'] }],
    ['metadata', { metadata: 'x' }],
    ['creating a bucket', { createBucket: 'x' }],
    ['deleting a bucket', { deleteBucket: 'x' }],
  ];
  const fates: [what: string, Script, failure: RegExp][] = [
    ['a 503', refusal(503, 'backendError', 'Later.'), /^$/],
    ['a 599', refusal(599, 'other', 'Later.'), /^$/],
    ['a reset', (request) => request.socket.resetAndDestroy(), /^reset\./],
    [
      'an answer that is cut',
      (request, response) => {
        request.resume().on('end', () => {
          response.writeHead(200, { 'content-length': '1000', 'x-goog-generation': '1' });
          response.write('{"name"', () => setTimeout(() => request.socket.destroy(), 10));
        });
      },
      /^truncated/,
    ],
  ];
  const accept = afterSession(answerJson(200, { name: 'x', items: [] }, { 'x-goog-generation': '1' }));

  it.each(operations)('of %s are made when asked for, and counted', async (_, config) => {
    for (const [, fate, failure] of fates) {
      const serve = () =>
        scriptedServer((request, response, count) => (count === 0 ? fate : accept)(request, response, count));
      const server = await serve();
      const unchecked = { ...config, validation: 'none' as const };
      const once = await gcsRun(server.url).perform(unchecked);
      expect(once).toMatchObject({ ok: false, metrics: {} });
      expect(once.failure ?? '').toMatch(failure);
      const again = await serve();
      const attempts: number[] = [];
      const run = gcsRun(again.url, '', (attempt) => Promise.resolve(void attempts.push(attempt)));
      const outcome = await run.perform({ ...unchecked, retries: 2 });
      expect(outcome).toMatchObject({ ok: true, code: '200', metrics: { gcs_retries: 1 } });
      expect(attempts).toEqual([0]);
    }
  });

  it.each(operations)('of %s end when there are no more', async (_, config) => {
    const server = await scriptedServer(refusal(429, 'rateLimitExceeded', 'Slow down.'));
    const attempts: number[] = [];
    const run = gcsRun(server.url, '', (attempt) => Promise.resolve(void attempts.push(attempt)));
    const outcome = await run.perform({ ...config, retries: 3 });
    expect(outcome).toMatchObject({ ok: false, code: '429', metrics: { gcs_retries: 3 } });
    expect(attempts).toEqual([0, 1, 2]);
  });

  it.each(operations)('of %s are not made where they cannot help', async (_, config) => {
    for (const status of [400, 403, 412]) {
      const server = await scriptedServer(refusal(status, 'other', 'No.'));
      const outcome = await gcsRun(server.url).perform({ ...config, retries: 3 });
      expect(outcome).toMatchObject({ ok: false, code: String(status), metrics: {} });
    }
  });

  it('end with the time', async () => {
    const server = await scriptedServer(refusal(429, 'rateLimitExceeded', 'Slow down.'));
    const { failure } = await gcsRun(server.url).perform({ list: '', retries: 10, timeout: 300 });
    expect(failure).toMatch(/^timeout\.total/);
    expect(server.asked).toHaveLength(1);
  });
});

it('an operation that the run ends is told so at once', async () => {
  const server = await scriptedServer(() => undefined);
  const { perform, sampler } = gcsRun(server.url);
  const waiting = perform({ upload: 'x', kind: 'multipart', stream });
  await expect.poll(() => server.asked.length).toBe(1);
  sampler.abort();
  const { code, failure } = await waiting;
  expect(code).toBe('Non HTTP response code: org.apache.http.impl.execchain.RequestAbortedException');
  expect(failure).toMatch(/^interrupted: the run stopped this request/);
});
