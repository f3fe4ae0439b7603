import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../engine/model/sample.ts';
import { failures } from './failures.ts';
import { detailOf, failedOf } from './test-support/detail.ts';
import { expectGolden } from './test-support/golden.ts';
import { environmentOf, resultOf, runInfoOf, type Said } from './test-support/run.ts';

async function captured(
  samples: readonly Sample[],
  config: Record<string, unknown> = {},
): Promise<{ environment: Said; files: string[]; read: (file: string) => string }> {
  const environment = environmentOf();
  const listener = failures.create(config, environment);
  await listener.start?.(runInfoOf(environment.folder));
  for (const sample of samples) await listener.samples?.([sample]);
  await listener.end?.(await resultOf([]));
  const folder = join(environment.folder, 'failures');
  return {
    environment,
    files: existsSync(folder) ? readdirSync(folder).sort() : [],
    read: (file) => readFileSync(join(folder, file), 'utf8'),
  };
}

const bodyOf = (text: string) => text.slice(text.indexOf('======== answer'));

describe('failures', () => {
  it('writes a readable file, secrets and what gives access hidden', async () => {
    const { files, read } = await captured([failedOf({ tags: { endpoint: 'issues' } })]);
    expect(files).toEqual(['001-get-issues-503.txt', 'index.json']);
    expectGolden('failure.txt', read('001-get-issues-503.txt'));
  });

  it('shows a body in its charset', async () => {
    const body = Buffer.from('\x93\xfa\x96{', 'latin1');
    const detail = detailOf({ body, contentType: 'text/html; charset=Shift_JIS' });
    const { files, read } = await captured([failedOf({ detail })]);
    expect(bodyOf(read(files[0] ?? ''))).toMatch(/its body of 4 bytes whole\n[^]*\n日本\n/);
  });

  it('has an index', async () => {
    const { read } = await captured([failedOf({ label: 'Log in' }), failedOf({ failure: 'no s3cret' })]);
    expect(JSON.parse(read('index.json'))).toEqual([
      {
        file: '001-log-in-503.txt',
        label: 'Log in',
        threadName: 'Users 1-1',
        startEpochMs: 1_763_822_100_000,
        elapsedMs: 20,
        ok: false,
        code: '503',
        message: 'Service Unavailable',
        failure: 'expected status 200, found 503',
      },
      expect.objectContaining({ file: '002-get-issues-503.txt', failure: 'no ***' }),
    ]);
  });

  it('takes the first of each label and code, and so many at all', async () => {
    const samples = ['a 500', 'a 500', 'a 500', 'a 503', 'b 500', 'c 500', 'd 500'].map((one) => {
      const [label = '', code = ''] = one.split(' ');
      return failedOf({ label, code });
    });
    const { files } = await captured(samples, { perLabel: 2, most: 5 });
    expect(files).toEqual([
      '001-a-500.txt',
      '002-a-500.txt',
      '003-a-503.txt',
      '004-b-500.txt',
      '005-c-500.txt',
      'index.json',
    ]);
  });

  it.each<[string, Partial<Sample>, Record<string, unknown>]>([
    ['that went well', { ok: true }, {}],
    ['with another label', {}, { labels: ['Log in'] }],
  ])('takes none %s, and then makes no folder', async (_case, changes, config) => {
    expect((await captured([failedOf(changes)], config)).files).toEqual([]);
  });

  it('names the exception of a failure without an answer', async () => {
    const { files, read } = await captured([
      failedOf({
        code: 'Non HTTP response code: java.net.ConnectException',
        message: 'Non HTTP response message: Connection refused',
        detail: detailOf({ request: null, headers: [], body: new Uint8Array() }),
      }),
    ]);
    expect(files[0]).toBe('001-get-issues-connectexception.txt');
    expect(read(files[0]!)).toContain('======== request\n(nothing was sent, or the sampler does not tell)\n');
    expect(bodyOf(read(files[0]!))).toBe(
      '======== answer\nNon HTTP response code: java.net.ConnectException Non HTTP response message: Connection refused\n',
    );
  });

  it.each<[string, Partial<Sample>, string, string]>([
    ['a text', { detail: detailOf({ body: Buffer.from('ünï') }) }, 'of 5 bytes whole', 'ünï'],
    [
      'a text beyond the limit',
      { detail: detailOf({ body: Buffer.from('x'.repeat(50)) }) },
      'of 50 bytes cut off after 20 characters',
      'x'.repeat(20),
    ],
    [
      'a text of which only a part came',
      { detail: detailOf({ body: Buffer.from('x'.repeat(8192 + 10)), bodyBytes: 1_000_000 }) },
      'of 1000000 bytes cut off after 10 characters',
      'x'.repeat(10),
    ],
    [
      'a secret at the end of what came',
      { detail: detailOf({ body: Buffer.from(`yy${'x'.repeat(8190)}s3c`), bodyBytes: 9000 }) },
      'of 9000 bytes cut off after 3 characters',
      'yyx',
    ],
    [
      'a binary answer',
      { dataType: 'bin', detail: detailOf({ body: Uint8Array.from({ length: 60 }, (_, i) => i) }) },
      'of 60 bytes in base64, cut off after 20 bytes',
      'AAECAwQFBgcICQoLDA0ODxAREhM=',
    ],
    [
      'bytes that are no text',
      { detail: detailOf({ body: Uint8Array.of(0xff, 1) }) },
      'of 2 bytes in base64',
      '/wE=',
    ],
    [
      'a secret among bytes that are no text',
      { detail: detailOf({ body: Buffer.from([0xff, ...Buffer.from('s3cret')]) }) },
      'of 7 bytes left out: it is binary and holds a secret',
      '',
    ],
    [
      'control characters',
      { detail: detailOf({ body: Buffer.from('\x1b[31m\r\n\tred\0') }) },
      'of 12 bytes whole',
      '\\x1b[31m\n\tred\\x00',
    ],
  ])('shows %s', async (_case, changes, how, body) => {
    const { files, read } = await captured([failedOf(changes)], { bodyLimit: 20 });
    const text = bodyOf(read(files[0]!));
    expect(text.split('\n')[0]).toBe(`======== answer, its body ${how}`);
    expect(text.slice(text.indexOf('\n\n') + 2)).toBe(`${body}\n`);
  });

  it('says that the body of the request was cut', async () => {
    const { request } = detailOf();
    const long = { ...request!, body: 'x'.repeat(30) };
    const { files, read } = await captured([failedOf({ detail: detailOf({ request: long }) })], {
      bodyLimit: 20,
    });
    expect(read(files[0]!)).toContain('======== request, its body cut off after 20 characters\n');
  });

  it('abandoned, leaves its index', async () => {
    const environment = environmentOf();
    const listener = failures.create({}, environment);
    await listener.samples?.([failedOf()]);
    listener.abandon?.();
    await listener.end?.(await resultOf([]));
    expect(JSON.parse(readFileSync(join(environment.folder, 'failures', 'index.json'), 'utf8'))).toHaveLength(
      1,
    );
  });

  it('says what it cannot write, and leaves alone what is there', async () => {
    const environment = environmentOf();
    const folder = join(environment.folder, 'failures');
    mkdirSync(folder);
    const file = join(folder, '001-get-issues-503.txt');
    writeFileSync(file, 'mine');
    await expect(failures.create({}, environment).samples?.([failedOf()])).rejects.toThrow(
      `cannot write ${file}: file already exists`,
    );
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});
