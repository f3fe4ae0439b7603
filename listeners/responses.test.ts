import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../engine/metrics/test-support/samples.ts';
import type { Sample, SampleDetail } from '../engine/model/sample.ts';
import { fileSuffix } from './file-suffix.ts';
import { responses } from './responses.ts';
import { detailOf, failedOf } from './test-support/detail.ts';
import { environmentOf, resultOf, type Said } from './test-support/run.ts';

async function saved(
  samples: readonly Sample[],
  config: Readonly<Record<string, unknown>> & { readonly folder?: string } = {},
): Promise<{ environment: Said; files: string[]; read: (file: string) => Buffer }> {
  const environment = environmentOf();
  const listener = responses.create(config, environment);
  await listener.samples?.(samples);
  await listener.end?.(await resultOf([]));
  const folder = join(environment.folder, config.folder ?? 'responses');
  return {
    environment,
    files: existsSync(folder) ? readdirSync(folder).sort() : [],
    read: (file) => readFileSync(join(folder, file)),
  };
}

const answered = (text: string, changes: Partial<SampleDetail> = {}, sample: Partial<Sample> = {}) =>
  sampleOf({ detail: detailOf({ body: Buffer.from(text), ...changes }), ...sample });

describe('responses', () => {
  it('saves bodies by number and type, with an index', async () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff]);
    const { files, read } = await saved([
      answered('{"a":1}'),
      answered('', { body: png, bodyBytes: 6, headers: [['content-type', 'image/png']] }, { label: 'Logo' }),
    ]);
    expect(files).toEqual(['index.json', 'response-00001.json', 'response-00002.png']);
    expect(read('response-00001.json').toString()).toBe('{"a":1}');
    expect(read('response-00002.png')).toEqual(png);
    expect(JSON.parse(read('index.json').toString())).toMatchObject([
      { file: 'response-00001.json', label: 'GET /issues' },
      { file: 'response-00002.png', label: 'Logo' },
    ]);
  });

  it.each([
    ['all', ['response-00001.json', 'response-00002.json']],
    ['ok', ['response-00001.json']],
    ['failed', ['response-00001.json']],
  ])('only: %s saves %j', async (only, expected) => {
    const { files, read } = await saved([answered('ok'), failedOf()], { only });
    expect(files.slice(1)).toEqual(expected);
    expect(read(expected[0]!).toString()).toBe(only === 'failed' ? '{"error":"no ***"}' : 'ok');
  });

  it('saves those of the labels asked for, under the names asked for', async () => {
    const samples = [answered('a', {}, { label: 'a' }), answered('b', {}, { label: 'b' })];
    const { files, read } = await saved(samples, { labels: ['b'], folder: 'own', prefix: 'x-' });
    expect(files).toEqual(['index.json', 'x-00001.json']);
    expect(read('x-00001.json').toString()).toBe('b');
  });

  it.each<[string, Sample]>([
    ['has no answer', failedOf({ detail: detailOf({ headers: [], body: new Uint8Array() }) })],
    ['carries none', sampleOf()],
  ])('saves nothing of a sample that %s', async (_case, sample) => {
    expect((await saved([sample])).files).toEqual([]);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ most: 2 }, 'responses: there are 2, as many as were asked for; no more are saved'],
    [{ mostBytes: 7 }, 'responses: a further one would make it more than 7 bytes; no more are saved'],
  ])('with %j stops, and says so once', async (config, told) => {
    const { files, environment } = await saved(
      ['abc', 'def', 'ghi', 'jkl'].map((text) => answered(text)),
      config,
    );
    expect(files).toHaveLength(3);
    expect(environment.lines).toEqual([told]);
  });

  it('saves no part of a body', async () => {
    const { files, environment } = await saved([answered('abc', { bodyBytes: 100 })], { mostBytes: 50 });
    expect([files, environment.lines.length]).toEqual([[], 1]);
  });

  it('hides secrets in texts and in bytes that are none, and leaves all else as it came', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('s3cret'), Buffer.from([0x80])]);
    const { read } = await saved([answered('ünï s3cret\ufeff'), answered('', { body: bytes, bodyBytes: 9 })]);
    expect(read('response-00001.json').toString()).toBe('ünï ***\ufeff');
    expect([...read('response-00002.json')]).toEqual([0xff, 0xfe, 42, 42, 42, 0x80]);
  });
});

describe('fileSuffix', () => {
  it.each([
    ['application/json; charset=utf-8', 'json'],
    ['application/problem+json', 'json'],
    ['text/plain', 'txt'],
    ['image/svg+xml', 'svg'],
    ['image/jpeg', 'jpeg'],
    ['TEXT/HTML', 'html'],
    ['application/../../etc', 'etc'],
    ['nonsense', 'unknown'],
    ['', 'unknown'],
  ])('of %s is %s', (type, suffix) => {
    expect(fileSuffix([['Content-Type', type]])).toBe(suffix);
  });
});
