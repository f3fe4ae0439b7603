import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { dataSet } from '../../engine/generate/data-set.ts';
import { readDataSet } from '../../engine/generate/written.ts';
import { endlessPieces } from './payload/endless.ts';
import type { GcsConfig } from './schema.ts';
import { gcsRun } from './test-support/gcs-run.ts';
import { answerJson, scriptedServer } from './test-support/scripted-server.ts';
import { sessionServer, type Fate } from './test-support/session-server.ts';

const KiB = 1024;
const folder = mkdtempSync(join(tmpdir(), 'loadplan-resumable-'));
afterAll(() => rmSync(folder, { recursive: true }));

const stream = { size: 900 * KiB + 1, compressibility: 0.3, seed: 5 };
const streamContent = Buffer.concat([...endlessPieces(stream, 0, stream.size)]);
writeFileSync(join(folder, 'a.bin'), streamContent);
const text = 'id,name\n'.repeat(100_000);
const rows = { generate: 'facts', rows: 5000, seed: 7, bad: 0, format: 'csv', header: true } as const;
const rowsContent = await buffer(dataSet(readDataSet(rows)));

const contents: [what: string, Partial<GcsConfig>, Buffer][] = [
  ['a text', { text }, Buffer.from(text)],
  ['a file', { file: 'a.bin' }, streamContent],
  ['generated rows', rows, rowsContent],
  ['a stream', { stream }, streamContent],
];

/** What a session meets, and how often something was sent again; `chunks`: the same in chunks of 256 KiB. */
const fates: [what: string, readonly (Fate | undefined)[], again: number][] = [
  ['503 on the content', [{ status: 503 }], 1],
  ['503 on the content and on the question', [{ status: 503 }, { status: 503 }], 2],
  ['503 on the content twice', [{ status: 503 }, undefined, { status: 503 }], 2],
  ['429 and 408', [{ status: 429 }, undefined, { status: 408 }], 2],
  ['a reset before anything is kept', [{ resetAfter: 0 }], 1],
  ['a reset after one byte', [{ resetAfter: 1 }], 1],
  ['a reset in the middle', [{ resetAfter: 123_457 }], 1],
  ['two resets, each further on', [{ resetAfter: 50_000 }, undefined, { resetAfter: 70_000 }], 2],
  ['a reset, and 503 on the question', [{ resetAfter: 100_000 }, { status: 503 }], 2],
  ['a reset of the question', [{ resetAfter: 100_000 }, { resetAfter: 0 }], 2],
  ['a 308 that has only some', [{ keeps: 99_999 }], 0],
  ['a 308 that has one byte', [{ keeps: 1 }], 0],
  ['a 308 without Range', [{ keeps: 0 }], 1],
  ['a 308 whose Range is written without "="', [{ keeps: 10, range: '0-9' }], 0],
  [
    'a question that finds less than before',
    [{ keeps: 70_000 }, { status: 502 }, { keeps: 0, range: 'bytes=0-9' }],
    1,
  ],
  ['a session that is gone', [{ gone: 404 }], 1],
  ['a session that is gone when it is asked', [{ resetAfter: 100_000 }, { gone: 410 }], 2],
  ['a session that goes twice', [{ gone: 410 }, { keeps: 100_000 }, { gone: 404 }], 2],
];

describe.each(contents)('a resumable upload of %s', (_, payload, content) => {
  it.each(fates)('survives %s', async (_what, fate, again) => {
    for (const way of [{}, { chunkSize: 256 * KiB }]) {
      const server = await sessionServer(fate);
      const pauses: number[] = [];
      const pause = (attempt: number) => Promise.resolve(void pauses.push(attempt));
      const outcome = await gcsRun(server.url, folder, pause).perform({
        upload: 'x',
        retries: 3,
        ...payload,
        ...way,
      });
      expect(outcome.failure ?? outcome.explanation).toBeUndefined();
      expect(server.object()?.equals(content)).toBe(true);
      expect(outcome.metrics).toMatchObject({ gcs_bytes: content.length });
      expect(outcome.metrics?.['gcs_retries'] ?? 0).toBe(again);
      expect(pauses).toHaveLength(again);
    }
  });

  it('survives that the last answer is lost', async () => {
    const chunks = Math.ceil(content.length / (256 * KiB));
    for (const [way, before] of [
      [{}, 0],
      [{ chunkSize: 256 * KiB }, chunks - 1],
    ] as const) {
      const server = await sessionServer([
        ...Array.from({ length: before }, () => undefined),
        { isLost: true },
      ]);
      const { perform } = gcsRun(server.url, folder, () => Promise.resolve());
      const outcome = await perform({ upload: 'x', retries: 1, ...payload, ...way });
      expect(outcome).toMatchObject({ ok: true, metrics: { gcs_retries: 1 } });
      expect(server.object()?.equals(content)).toBe(true);
      expect(server.ranges.at(-1)).toBe('bytes */*');
    }
  });
});

describe('a resumable upload', () => {
  const large = { upload: 'x', text } as const;
  const perform = (url: string, config: Partial<GcsConfig>) =>
    gcsRun(url, folder, () => Promise.resolve()).perform({ ...large, ...config });

  it.each([
    ['none', 0, 1],
    ['two', 2, 5],
  ] as const)('gives up after as many retries as it may have: %s', async (_, retries, puts) => {
    const server = await sessionServer(
      Array.from({ length: 20 }, (_one, index) => (index % 2 === 0 ? { status: 503 } : undefined)),
    );
    const outcome = await perform(server.url, { retries });
    expect([outcome.ok, outcome.code, outcome.metrics?.['gcs_retries'] ?? 0]).toEqual([
      false,
      '503',
      retries,
    ]);
    expect(outcome.message).toContain('backendError: Not now.');
    expect(server.ranges).toHaveLength(puts);
  });

  it('counts anew once something has got through', async () => {
    const resets = Array.from({ length: 5 }, (_, index) => [
      { resetAfter: 10_000 + index },
      undefined,
    ]).flat();
    const server = await sessionServer(resets);
    const outcome = await perform(server.url, { retries: 1 });
    expect(outcome).toMatchObject({ ok: true, metrics: { gcs_retries: 5 } });
  });

  it('goes on from the byte that the service names, without chunks', async () => {
    const server = await sessionServer([{ resetAfter: 300_000 }]);
    await perform(server.url, { retries: 1 });
    expect(server.ranges).toEqual(['bytes 0-*/*', 'bytes */*', 'bytes 300000-*/*']);
  });

  it.each([
    ['begins elsewhere', { keeps: 100, range: 'bytes=5-99' }, 'Range: bytes=5-99'],
    ['is more than was sent', { keeps: 100, range: 'bytes=0-99999999' }, 'Range: bytes=0-99999999'],
    ['is none', { keeps: 100, range: 'everything' }, 'Range: everything'],
  ])('fails in words where a Range %s', async (_, fate, found) => {
    const server = await sessionServer([fate]);
    const outcome = await perform(server.url, { retries: 3 });
    expect([outcome.ok, outcome.code]).toEqual([false, '308']);
    expect(outcome.failure).toContain('expected a Range from byte 0 on');
    expect(outcome.failure).toContain(found);
  });

  it('fails in words where the service takes nothing', async () => {
    const server = await sessionServer(Array.from({ length: 9 }, () => ({ keeps: 0 })));
    const outcome = await perform(server.url, { retries: 2 });
    expect(outcome.failure).toMatch(
      /^answer\.unexpected: expected that the service takes what is sent .*no Range/,
    );
    expect(server.ranges).toHaveLength(3);
  });

  it.each([
    ['none', {}, 'found "{}"'],
    ['no address', { location: 'http://[' }, 'Location: http://['],
    ['no address of HTTP', { location: 'file:///etc/passwd' }, 'Location: file:///etc/passwd'],
  ])('fails in words where what begins it has %s', async (_, headers, found) => {
    const server = await scriptedServer(answerJson(200, {}, headers));
    const outcome = await perform(server.url, {});
    expect([outcome.ok, outcome.code]).toEqual([false, '200']);
    expect(outcome.failure).toContain(
      'answer.unexpected: expected the address of an upload session (header Location)',
    );
    expect(outcome.failure).toContain(found);
  });

  it('waits longer each time, and no longer than its time', async () => {
    const server = await sessionServer(Array.from({ length: 20 }, () => ({ status: 503 })));
    const attempts: number[] = [];
    const { perform: timed } = gcsRun(server.url, folder, (attempt, signal) => {
      attempts.push(attempt);
      if (attempts.length < 3) return Promise.resolve();
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('over'))));
    });
    const { failure } = await timed({ ...large, retries: 9, timeout: 300 });
    expect(attempts).toEqual([0, 1, 2]);
    expect(failure).toMatch(/^timeout\.total/);
  });

  it('finishes a session that has everything and says that it has not ended', async () => {
    const server = await sessionServer([{ keeps: text.length }]);
    const outcome = await perform(server.url, {});
    expect(outcome.ok).toBe(true);
    expect(server.ranges).toEqual(['bytes 0-*/*', `bytes */${text.length}`]);
  });
});
