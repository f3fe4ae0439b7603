import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSet } from '../../engine/generate/data-set.ts';
import { readDataSet } from '../../engine/generate/written.ts';
import { Crc32c } from '../../engine/checksum/crc32c.ts';
import {
  fakeGcsBinary,
  fakeGcsTarget,
  sandboxTarget,
  type StorageTarget,
} from '../../sandbox/test-support/storage-targets.ts';
import { endlessPieces } from './payload/endless.ts';
import type { GcsConfig } from './schema.ts';
import { gcsRun, type GcsRun } from './test-support/gcs-run.ts';

if (!fakeGcsBinary)
  console.warn('The cases on fake-gcs-server are skipped: LOADPLAN_FAKE_GCS names no binary.');

const MiB = 2 ** 20;
const crcOf = (content: Uint8Array) => {
  const sum = new Crc32c();
  sum.update(content);
  return sum.base64();
};
const endless = { size: 5 * MiB + 3, compressibility: 0.5, seed: 9 };
const endlessContent = Buffer.concat([...endlessPieces(endless, 0, endless.size)]);
const fileContent = Buffer.alloc(700_000, 'id,name\n1,Ann\n');

const facts = { generate: 'facts', rows: 2000, seed: 7, bad: '5%', format: 'csv', header: true } as const;
const factsContent = await buffer(dataSet(readDataSet(facts)));

const uploads: [what: string, Partial<GcsConfig>, Uint8Array][] = [
  ['a text by media', { kind: 'media', text: 'hello' }, Buffer.from('hello')],
  ['nothing by media', { kind: 'media', text: '' }, Buffer.from('')],
  [
    'a stream by media, compared by MD5',
    { kind: 'media', stream: endless, validation: 'md5' },
    endlessContent,
  ],
  ['JSON by multipart', { kind: 'multipart', json: '{"id":1}' }, Buffer.from('{"id":1}')],
  ['nothing by multipart', { kind: 'multipart', text: '' }, Buffer.from('')],
  ['a file by multipart', { kind: 'multipart', file: 'orders.csv' }, fileContent],
  [
    'a stream by multipart, compared by MD5',
    { kind: 'multipart', stream: endless, validation: 'md5' },
    endlessContent,
  ],
  ['a text, resumable', { kind: 'resumable', text: 'hello' }, Buffer.from('hello')],
  ['nothing, resumable', { kind: 'resumable', text: '' }, Buffer.from('')],
  ['a stream, resumable in one request', { kind: 'resumable', stream: endless }, endlessContent],
  ['a stream, resumable in chunks', { kind: 'resumable', chunkSize: MiB, stream: endless }, endlessContent],
  [
    'chunks that end with the content',
    { chunkSize: 2 * MiB, stream: { ...endless, size: 4 * MiB } },
    endlessContent.subarray(0, 4 * MiB),
  ],
  ['a stream in parts', { kind: 'composite', parts: 3, stream: endless }, endlessContent],
  ['parts in chunks', { kind: 'composite', parts: 2, chunkSize: MiB, stream: endless }, endlessContent],
  ['a file in parts', { kind: 'composite', parts: 4, file: 'orders.csv' }, fileContent],
  ['fewer bytes than parts', { kind: 'composite', parts: 4, text: 'abc' }, Buffer.from('abc')],
  ['nothing in parts', { kind: 'composite', text: '' }, Buffer.from('')],
  ['generated rows by media', { kind: 'media', ...facts }, factsContent],
  ['generated rows by multipart', { kind: 'multipart', ...facts }, factsContent],
  ['generated rows in chunks', { chunkSize: MiB / 4, ...facts }, factsContent],
  ['generated rows in parts', { kind: 'composite', ...facts }, factsContent],
  ['without comparing', { kind: 'multipart', text: 'x', validation: 'none' }, Buffer.from('x')],
];

describe.each([
  ['the sandbox', sandboxTarget],
  ['fake-gcs-server', fakeGcsTarget],
] as const)('on %s', (where, start) => {
  if (where === 'fake-gcs-server' && !fakeGcsBinary) {
    it.skip('nothing runs without LOADPLAN_FAKE_GCS', () => undefined);
    return;
  }
  let target: StorageTarget;
  let run: GcsRun;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loadplan-gcs-'));
    writeFileSync(join(folder, 'orders.csv'), fileContent);
    target = await start();
    run = gcsRun(target.origin, folder);
    expect(await run.perform({ createBucket: 'tests' })).toMatchObject({ ok: true, code: '200' });
  });
  afterAll(async () => {
    await run.sampler.close();
    await target.close();
    rmSync(folder, { recursive: true });
  });

  it.each(uploads)('uploads %s; the same bytes come back', async (what, config, content) => {
    const name = `uploads/${what}.bin`;
    const sent = await run.perform({ upload: name, ...config });
    expect(sent.message).toBe('OK');
    expect(sent).toMatchObject({ ok: true, code: '200', metrics: { gcs_bytes: content.length } });
    expect(sent.json).toMatchObject({ name, size: String(content.length), crc32c: crcOf(content) });
    expect(sent.bytesSent).toBeGreaterThan(content.length);
    expect(sent.metrics?.['gcs_rows']).toBe(config.rows);
    const got = await run.perform({ download: name });
    expect(got).toMatchObject({ ok: true, code: '200', metrics: { gcs_bytes: content.length } });
    expect(Buffer.from(got.body ?? []).equals(content)).toBe(true);
  });

  it('tells parts, composing and deleting apart, and leaves no part behind', async () => {
    const { parts, metrics } = await run.perform({
      upload: 'parted',
      kind: 'composite',
      parts: 3,
      stream: endless,
    });
    expect(parts.map(({ name, outcome }) => [name, outcome.ok]).sort()).toEqual([
      ['compose', true],
      ['delete parts', true],
      ['part 1', true],
      ['part 2', true],
      ['part 3', true],
    ]);
    expect(metrics).toMatchObject({ gcs_parts: 3, gcs_bytes: endless.size });
    expect(metrics?.['gcs_bytes_per_second']).toBeGreaterThan(0);
    expect(metrics).not.toHaveProperty('gcs_retries');
    const sent = parts.filter(({ name }) => name.startsWith('part')).map(({ outcome }) => outcome.bytesSent);
    expect(Math.min(...sent)).toBeGreaterThan(endless.size / 3 - 1);
    const { json } = await run.perform({ list: 'parted' });
    expect(json['items']).toMatchObject([{ name: 'parted' }]);
  });

  it('makes a part of each chunk', async () => {
    const { parts } = await run.perform({ upload: 'chunked', chunkSize: 2 * MiB, stream: endless });
    expect(parts.map(({ name, outcome }) => [name, outcome.ok, outcome.code])).toEqual([
      ['', true, '308'],
      ['', true, '308'],
      ['', true, '200'],
    ]);
    expect(parts[0]?.outcome.bytesSent).toBeGreaterThan(2 * MiB);
  });

  it('carries metadata, content type and the generation that must be there', async () => {
    const given = { contentType: 'text/x-orders', customMetadata: { run: '7' } };
    for (const kind of ['multipart', 'resumable'] as const) {
      const { json } = await run.perform({ upload: `told-${kind}`, kind, text: 'x', ...given });
      expect(json['metadata']).toEqual({ run: '7' });
      // fake-gcs-server does not read X-Upload-Content-Type, in which resumable uploads tell it.
      if (where === 'the sandbox' || kind === 'multipart') expect(json['contentType']).toBe('text/x-orders');
    }
    for (const kind of ['media', 'multipart', 'resumable'] as const) {
      const again = await run.perform({ upload: 'told-multipart', kind, text: 'y', ifGenerationMatch: 0 });
      expect(again).toMatchObject({ ok: false, code: '412' });
      expect(again.message).toContain('ifGenerationMatch does not hold');
      expect(again.failure).toBeUndefined();
    }
  });

  it('says what is connected and answered, and keeps the connection', async () => {
    const own = gcsRun(target.origin);
    const first = await own.perform({ upload: 'a', kind: 'multipart', text: 'x' });
    const second = await own.perform({ metadata: 'a' });
    expect([first.seen.connected, second.seen.connected]).toEqual([1, 0]);
    expect(Math.min(first.seen.firstByte, second.seen.firstByte)).toBeGreaterThan(0);
    expect(second.url).toBe(`${target.origin}/storage/v1/b/tests/o/a`);
    expect(second.request).toMatchObject({ method: 'GET', body: '' });
    expect(second.headers?.map(([name]) => name)).toContain('content-type');
    await own.sampler.close();
  });

  it.each([
    ['from a place to another', { start: 2, end: 4 }, 'cde'],
    ['to the end', { start: 7 }, 'hij'],
    ['of one byte', { start: 0, end: 0 }, 'a'],
  ])('downloads a range %s', async (_, range, expected) => {
    await run.perform({ upload: 'letters', text: 'abcdefghij' });
    const got = await run.perform({ download: 'letters', range });
    expect(got).toMatchObject({ ok: true, code: '206', metrics: { gcs_bytes: expected.length } });
    expect(Buffer.from(got.body ?? []).toString()).toBe(expected);
  });

  it('keeps no more of a download than it may, and nothing when nobody reads it', async () => {
    await run.perform({ upload: 'large', stream: { ...endless, size: MiB } });
    const refused = await run.perform({ download: 'large', maxResponseSize: 1000 });
    expect(refused).toMatchObject({ ok: false });
    expect(refused.failure).toContain('large has more than maxResponseSize (1KB)');
    const shown = await run.perform(
      { download: 'large', maxResponseSize: 1000 },
      { body: true, onlyShown: true },
    );
    expect(shown).toMatchObject({ ok: true, metrics: { gcs_bytes: MiB } });
    expect(shown.body?.length).toBeLessThan(MiB);
    const dropped = await run.perform({ download: 'large', maxResponseSize: 1000 }, { body: false });
    expect(dropped).toMatchObject({ ok: true, metrics: { gcs_bytes: MiB } });
    expect(dropped.body).toBeUndefined();
  });

  it('lists by the beginning, by folders, by pages', async () => {
    for (const name of ['l/a', 'l/b', 'l/c/d', 'm/e'])
      await run.perform({ upload: name, kind: 'media', text: name });
    const names = ({ json }: { json: Record<string, unknown> }) =>
      (json['items'] as { name: string }[]).map(({ name }) => name);
    const all = await run.perform({ list: 'l/' });
    expect(names(all)).toEqual(['l/a', 'l/b', 'l/c/d']);
    expect(all.metrics).toEqual({ gcs_objects: 3 });
    const folders = await run.perform({ list: 'l/', delimiter: '/' });
    expect([names(folders), folders.json['prefixes']]).toEqual([['l/a', 'l/b'], ['l/c/']]);
    const page = await run.perform({ list: 'l/', maxResults: 2 });
    expect(names(page)).toEqual(['l/a', 'l/b']);
    const rest = await run.perform({ list: 'l/', pageToken: String(page.json['nextPageToken']) });
    expect(names(rest)).toEqual(['l/c/d']);
    const together = await run.perform({ list: 'l/', maxResults: 1, allPages: true });
    expect(names(together)).toEqual(['l/a', 'l/b', 'l/c/d']);
    expect(together.json).not.toHaveProperty('nextPageToken');
  });

  it('composes, deletes one and deletes all', async () => {
    for (const name of ['c/1', 'c/2']) await run.perform({ upload: name, text: name });
    const whole = await run.perform({
      compose: 'c/all',
      sources: ['c/1', 'c/2', 'c/1'],
      contentType: 'text/plain',
    });
    expect(whole.json).toMatchObject({ name: 'c/all', contentType: 'text/plain' });
    expect(Buffer.from((await run.perform({ download: 'c/all' })).body ?? []).toString()).toBe('c/1c/2c/1');
    expect(await run.perform({ delete: 'c/1' })).toMatchObject({ ok: true });
    expect(await run.perform({ metadata: 'c/1' })).toMatchObject({ ok: false, code: '404' });
    expect(await run.perform({ deleteAll: 'c/' })).toMatchObject({ ok: true });
    expect((await run.perform({ list: 'c/' })).json['items']).toEqual([]);
  });

  it('creates a bucket once, and deletes it', async () => {
    expect(await run.perform({ createBucket: 'other', location: 'EU' })).toMatchObject({
      ok: true,
      code: '200',
    });
    expect(await run.perform({ createBucket: 'other' })).toMatchObject({ ok: false, code: '409' });
    expect(await run.perform({ deleteBucket: 'other' })).toMatchObject({ ok: true });
    expect(await run.perform({ deleteBucket: 'other' })).toMatchObject({ ok: false, code: '404' });
  });

  const missing: [what: string, Partial<GcsConfig>][] = [
    ['an upload by media', { upload: 'x', kind: 'media', text: 'x' }],
    ['an upload by multipart', { upload: 'x', kind: 'multipart', text: 'x' }],
    ['a resumable upload', { upload: 'x', kind: 'resumable', stream: endless }],
    ['a resumable upload in chunks', { upload: 'x', chunkSize: MiB, stream: endless }],
    ['an upload in parts', { upload: 'x', kind: 'composite', stream: endless }],
    ['a download', { download: 'x' }],
    ['a list', { list: '' }],
    ['deleting', { delete: 'x' }],
    ['deleting all', { deleteAll: '' }],
    ['composing', { compose: 'x', sources: ['y'] }],
    ['metadata', { metadata: 'x' }],
  ];
  it.each(missing)('%s in a bucket that is not there is 404, with what was asked for', async (_, config) => {
    const { ok, code, message, failure } = await run.perform({ ...config, bucket: 'nowhere' });
    // fake-gcs-server fails when it is to compose there.
    const expected = where === 'fake-gcs-server' && config.compose ? '500' : '404';
    expect([ok, code, failure]).toEqual([false, expected, undefined]);
    expect(message).toContain('gs://nowhere');
  });

  it('tells a file that has gone', async () => {
    const { ok, failure } = await run.perform({ upload: 'x', file: 'gone.csv' });
    expect(ok).toBe(false);
    expect(failure).toContain('gone.csv');
  });
});
