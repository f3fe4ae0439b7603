import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { Bucket, Storage } from '@google-cloud/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Crc32c } from '../../engine/checksum/crc32c.ts';
import { fakeGcsBinary, fakeGcsTarget, sandboxTarget } from '../test-support/storage-targets.ts';
import type { StorageTarget } from '../test-support/storage-targets.ts';

if (!fakeGcsBinary)
  console.warn('The comparison with fake-gcs-server is skipped: LOADPLAN_FAKE_GCS names no binary.');

const kib = 1024;
const bytes = (count: number) =>
  Buffer.from(Uint8Array.from({ length: count }, (_, n) => (n * 31 + (n >> 8)) & 255));
const crcOf = (content: Buffer) => {
  const sum = new Crc32c();
  sum.update(content);
  return sum.base64();
};
const md5Of = (content: Buffer) => createHash('md5').update(content).digest('base64');

interface World {
  readonly origin: string;
  readonly storage: Storage;
  readonly bucket: Bucket;
  readonly b: string;
}

/** The code and reason of the failure. */
async function refusal(work: Promise<unknown>) {
  const error = (await work.then(
    () => ({ code: 'no refusal' }),
    (problem: unknown) => problem,
  )) as { code?: unknown; status?: unknown };
  return error.code ?? error.status;
}

async function raw({ origin }: World, method: string, path: string, init: RequestInit = {}) {
  const reply = await fetch(path.startsWith('http') ? path : origin + path, {
    method,
    redirect: 'manual',
    ...init,
  });
  const body = Buffer.from(await reply.arrayBuffer());
  const text = body.toString();
  const json = (reply.headers.get('content-type') ?? '').includes('json') ? (JSON.parse(text) as Json) : {};
  return { status: reply.status, headers: reply.headers, body, text, json };
}
type Json = Record<string, unknown> & {
  error?: { code: number; message: string; errors: { reason: string }[] };
};

async function session(world: World, name: string) {
  const started = await raw(
    world,
    'POST',
    `/upload/storage/v1/b/${world.b}/o?uploadType=resumable&name=${name}`,
    {
      body: '{}',
      headers: { 'content-type': 'application/json' },
    },
  );
  const url = started.headers.get('location') ?? '';
  return (range: string, body?: Buffer) =>
    raw(world, 'PUT', url, {
      headers: { 'content-range': range },
      ...(body ? { body: new Uint8Array(body) } : {}),
    });
}

const media = (world: World, name: string, body: Buffer, headers: Record<string, string> = {}) =>
  raw(world, 'POST', `/upload/storage/v1/b/${world.b}/o?uploadType=media&name=${name}`, {
    body: new Uint8Array(body),
    headers,
  });

const save = (world: World, name: string, body: Buffer | string, options = {}) =>
  world.bucket.file(name).save(body, { resumable: false, ...options });

type Case = [
  title: string,
  run: (world: World) => Promise<unknown>,
  expected: unknown,
  emulatorDiffers?: string,
];

/** What the official client does, and what is put on the wire by hand, with the answers of the real service. */
const cases: Case[] = [
  [
    'a media upload is an object with its checksums',
    async (w) => {
      const { json } = await media(w, 'media.bin', bytes(1000), { 'content-type': 'text/x-a' });
      return [
        json['size'],
        json['crc32c'],
        json['md5Hash'],
        json['contentType'],
        json['kind'],
        json['bucket'] === w.b,
      ];
    },
    ['1000', crcOf(bytes(1000)), md5Of(bytes(1000)), 'text/x-a', 'storage#object', true],
  ],
  [
    'a multipart upload with its metadata comes back',
    async (w) => {
      await save(w, 'a/ü b.txt', 'Grüße', {
        contentType: 'text/plain',
        metadata: { metadata: { run: '7' } },
      });
      const [metadata] = await w.bucket.file('a/ü b.txt').getMetadata();
      const [content] = await w.bucket.file('a/ü b.txt').download();
      return [content.toString(), metadata.contentType, metadata.metadata, metadata.size];
    },
    ['Grüße', 'text/plain', { run: '7' }, '7'],
  ],
  [
    'a multipart upload may hold what looks like its boundary',
    async (w) => {
      const content = Buffer.from('\r\n--\r\n--x\r\n\r--'.repeat(9000));
      await save(w, 'boundary', content);
      return (await w.bucket.file('boundary').download())[0].equals(content);
    },
    true,
  ],
  [
    'an empty object is one',
    async (w) => {
      await save(w, 'empty', '');
      return [
        (await w.bucket.file('empty').getMetadata())[0].size,
        (await w.bucket.file('empty').download())[0].length,
      ];
    },
    ['0', 0],
  ],
  [
    'a resumable upload in one request',
    async (w) => {
      await w.bucket.file('one').save(bytes(700 * kib), { resumable: true });
      return md5Of((await w.bucket.file('one').download())[0]);
    },
    md5Of(bytes(700 * kib)),
  ],
  [
    'a resumable upload in chunks',
    async (w) => {
      await w.bucket.file('chunks').save(bytes(700 * kib), { resumable: true, chunkSize: 256 * kib });
      return md5Of((await w.bucket.file('chunks').download())[0]);
    },
    md5Of(bytes(700 * kib)),
  ],
  [
    'a chunked upload whose size is a multiple of the chunk',
    async (w) => {
      await w.bucket.file('even').save(bytes(512 * kib), { resumable: true, chunkSize: 256 * kib });
      return (await w.bucket.file('even').getMetadata())[0].crc32c;
    },
    crcOf(bytes(512 * kib)),
  ],
  [
    'an empty resumable upload',
    async (w) => {
      await w.bucket.file('none').save('', { resumable: true });
      return (await w.bucket.file('none').getMetadata())[0].size;
    },
    '0',
  ],
  [
    'a file from disk',
    async (w) => {
      const folder = await mkdtemp(join(tmpdir(), 'upload-'));
      await writeFile(join(folder, 'f.bin'), bytes(5000));
      await w.bucket.upload(join(folder, 'f.bin'), { destination: 'disk/f.bin' });
      await rm(folder, { recursive: true });
      return (await w.bucket.file('disk/f.bin').getMetadata())[0].md5Hash;
    },
    md5Of(bytes(5000)),
  ],
  [
    'chunks by hand: 308 says how far it is, the last answers the object',
    async (w) => {
      const put = await session(w, 'hand');
      const all = bytes(300 * kib);
      const first = await put('bytes 0-262143/*', all.subarray(0, 262_144));
      const last = await put(`bytes 262144-307199/307200`, all.subarray(262_144));
      return [first.status, first.headers.get('range'), last.status, last.json['size'], last.json['crc32c']];
    },
    [308, 'bytes=0-262143', 200, '307200', crcOf(bytes(300 * kib))],
  ],
  [
    'a status query before any byte has no Range',
    async (w) => {
      const put = await session(w, 'query');
      const asked = await put('bytes */*');
      return [asked.status, asked.headers.get('range')];
    },
    [308, null],
    'issue 2354: a status query ends the upload',
  ],
  [
    'a status query in the middle, and at the end',
    async (w) => {
      const put = await session(w, 'middle');
      await put('bytes 0-262143/*', bytes(262_144));
      const asked = await put('bytes */*');
      await put('bytes 262144-262153/262154', bytes(10));
      const after = await put('bytes */*');
      return [asked.status, asked.headers.get('range'), after.status, after.json['size']];
    },
    [308, 'bytes=0-262143', 200, '262154'],
    'issue 2354: a status query ends the upload',
  ],
  [
    'a status query with the total ends an upload that has it all',
    async (w) => {
      const put = await session(w, 'ends');
      await put('bytes 0-262143/*', bytes(262_144));
      const asked = await put('bytes */262144');
      return [asked.status, asked.json['size']];
    },
    [200, '262144'],
  ],
  [
    'a chunk below 256 KiB that is not the last is refused in plain text',
    async (w) => {
      const put = await session(w, 'small');
      const reply = await put('bytes 0-99999/*', bytes(100_000));
      return [reply.status, /equal or greater than 262144.*contained 100000 bytes/.test(reply.text)];
    },
    [400, true],
    'it takes any size',
  ],
  [
    'of a chunk that is not a multiple of 256 KiB whole blocks are kept',
    async (w) => {
      const put = await session(w, 'odd');
      const first = await put('bytes 0-299999/*', bytes(300_000));
      const rest = await put('bytes 262144-299999/300000', bytes(300_000).subarray(262_144));
      return [first.status, first.headers.get('range'), rest.status, rest.json['crc32c']];
    },
    [308, 'bytes=0-262143', 200, crcOf(bytes(300_000))],
    'it keeps all',
  ],
  [
    'a chunk beyond what is there is 503, in plain text',
    async (w) => {
      const put = await session(w, 'gap');
      const reply = await put('bytes 262144-524287/*', bytes(262_144));
      return [
        reply.status,
        /upload offset is 262144 byte\(s\), which exceeds already uploaded size of 0/.test(reply.text),
      ];
    },
    [503, true],
    'it appends whatever comes',
  ],
  [
    'a chunk that is sent again is not taken twice',
    async (w) => {
      const put = await session(w, 'twice');
      const all = bytes(524_288);
      await put('bytes 0-262143/*', all.subarray(0, 262_144));
      await put('bytes 0-262143/*', all.subarray(0, 262_144));
      const last = await put('bytes 262144-524287/524288', all.subarray(262_144));
      return [last.status, last.json['crc32c']];
    },
    [200, crcOf(bytes(524_288))],
    'it appends whatever comes',
  ],
  [
    'a body shorter than its range is refused',
    async (w) => {
      const put = await session(w, 'short');
      const reply = await put('bytes 0-524287/524288', bytes(1000));
      return [reply.status, /There were 1000 byte\(s\).*should have been 524288/.test(reply.text)];
    },
    [400, true],
    'issue 2354: it credits the declared range',
  ],
  [
    'a Content-Range of another form is refused',
    async (w) => (await (await session(w, 'form'))('0-9', bytes(10))).status,
    400,
  ],
  [
    'an upload that is given up is gone',
    async (w) => {
      const started = await raw(w, 'POST', `/upload/storage/v1/b/${w.b}/o?uploadType=resumable&name=up`, {
        body: '{}',
      });
      const url = started.headers.get('location') ?? '';
      return [(await raw(w, 'DELETE', url)).status, (await raw(w, 'PUT', url, { body: 'x' })).status];
    },
    [499, 404],
    'it knows no DELETE of an upload',
  ],
  [
    'a range',
    async (w) => {
      await save(w, 'range', bytes(1000));
      const reply = await raw(w, 'GET', `/storage/v1/b/${w.b}/o/range?alt=media`, {
        headers: { range: 'bytes=10-19' },
      });
      return [
        reply.status,
        reply.headers.get('content-range'),
        reply.body.equals(bytes(1000).subarray(10, 20)),
      ];
    },
    [206, 'bytes 10-19/1000', true],
  ],
  [
    'a range through the client, to the end and from the end',
    async (w) => {
      await save(w, 'range2', bytes(1000));
      const [tail] = await w.bucket.file('range2').download({ start: 990 });
      const [last] = await w.bucket.file('range2').download({ start: -5, end: undefined } as object);
      return [tail.length, last.length > 0];
    },
    [10, true],
  ],
  [
    'a range beyond the end is 416',
    async (w) => {
      await save(w, 'range3', bytes(10));
      return (
        await raw(w, 'GET', `/storage/v1/b/${w.b}/o/range3?alt=media`, { headers: { range: 'bytes=10-' } })
      ).status;
    },
    416,
  ],
  [
    'a download tells checksums and generation',
    async (w) => {
      await save(w, 'hash', bytes(10));
      const { headers } = await raw(w, 'GET', `/download/storage/v1/b/${w.b}/o/hash?alt=media`);
      const [metadata] = await w.bucket.file('hash').getMetadata();
      return [
        headers.get('x-goog-hash')?.includes(`crc32c=${crcOf(bytes(10))}`),
        headers.get('x-goog-generation') === metadata.generation,
      ];
    },
    [true, true],
  ],
  [
    'gzipped content is unpacked for who does not accept gzip',
    async (w) => {
      const packed = gzipSync('a'.repeat(5000));
      await save(w, 'zip', packed, { metadata: { contentEncoding: 'gzip' } });
      const [plain] = await w.bucket.file('zip').download();
      const kept = await raw(w, 'GET', `/storage/v1/b/${w.b}/o/zip?alt=media`, {
        headers: { 'accept-encoding': 'identity' },
      });
      const [asIs] = await w.bucket.file('zip').download({ decompress: false });
      return [plain.toString() === 'a'.repeat(5000), kept.text === 'a'.repeat(5000), asIs.equals(packed)];
    },
    [true, true, true],
  ],
  [
    'gzip: true of the client',
    async (w) => {
      await save(w, 'zip2', 'b'.repeat(5000), { gzip: true });
      const [metadata] = await w.bucket.file('zip2').getMetadata();
      return [
        (await w.bucket.file('zip2').download())[0].length,
        metadata.contentEncoding,
        Number(metadata.size) < 200,
      ];
    },
    [5000, 'gzip', true],
  ],
  [
    'metadata are patched, key by key',
    async (w) => {
      await save(w, 'patch', 'x', { metadata: { metadata: { a: '1', b: '2' } } });
      await w.bucket.file('patch').setMetadata({ cacheControl: 'no-store', metadata: { a: null, c: '3' } });
      const [metadata] = await w.bucket.file('patch').getMetadata();
      return [metadata.metadata, metadata.cacheControl, metadata.metageneration];
    },
    [{ b: '2', c: '3' }, 'no-store', '2'],
    'its metageneration stays 1',
  ],
  [
    'a list with prefix and delimiter',
    async (w) => {
      for (const name of ['l/a.csv', 'l/b/1.csv', 'l/b/2.csv', 'l/c/1.csv', 'm/x']) await save(w, name, 'x');
      const query = { prefix: 'l/', delimiter: '/', autoPaginate: false };
      const [files, , answer] = (await w.bucket.getFiles(query)) as unknown as [
        { name: string }[],
        object,
        { prefixes: string[] },
      ];
      return [files.map(({ name }) => name), answer.prefixes];
    },
    [['l/a.csv'], ['l/b/', 'l/c/']],
  ],
  [
    'a list in pages',
    async (w) => {
      for (const n of [1, 2, 3, 4, 5]) await save(w, `p/${n}`, 'x');
      const names: string[][] = [];
      let query: object | null = { prefix: 'p/', maxResults: 2, autoPaginate: false };
      while (query) {
        const [files, next] = (await w.bucket.getFiles(query)) as unknown as [
          { name: string }[],
          object | null,
        ];
        names.push(files.map(({ name }) => name));
        query = next;
      }
      return names.filter((page) => page.length > 0);
    },
    [['p/1', 'p/2'], ['p/3', 'p/4'], ['p/5']],
  ],
  [
    'prefixes count in a page, and come once',
    async (w) => {
      for (const name of ['q/a/1', 'q/a/2', 'q/b/1', 'q/c']) await save(w, name, 'x');
      const seen: string[] = [];
      for (let token = '', more = true; more; more = token !== '') {
        const { json } = await raw(
          w,
          'GET',
          `/storage/v1/b/${w.b}/o?prefix=q/&delimiter=/&maxResults=1&pageToken=${token}`,
        );
        seen.push(
          ...((json['prefixes'] as string[] | undefined) ?? []),
          ...((json['items'] as { name: string }[] | undefined) ?? []).map(({ name }) => name),
        );
        token = (json['nextPageToken'] as string | undefined) ?? '';
      }
      return seen;
    },
    ['q/a/', 'q/b/', 'q/c'],
    'it pages objects and prefixes apart',
  ],
  [
    'a list from startOffset before endOffset',
    async (w) => {
      for (const name of ['s1', 's2', 's3']) await save(w, name, 'x');
      return (await w.bucket.getFiles({ startOffset: 's2', endOffset: 's3' }))[0].map(({ name }) => name);
    },
    ['s2'],
  ],
  [
    'compose joins content; crc32c, no md5, and the count',
    async (w) => {
      await save(w, 'c1', bytes(1000), { contentType: 'text/csv' });
      await save(w, 'c2', bytes(2000));
      await w.bucket.combine(['c1', 'c2'], 'c12');
      const [metadata] = await w.bucket.file('c12').getMetadata();
      const whole = Buffer.concat([bytes(1000), bytes(2000)]);
      const [content] = await w.bucket.file('c12').download();
      return [
        metadata.size,
        metadata.crc32c === crcOf(whole),
        metadata.md5Hash,
        metadata.componentCount,
        content.equals(whole),
      ];
    },
    ['3000', true, undefined, 2, true],
    'it gives composed objects an MD5 and no count',
  ],
  [
    'compose of 33 is refused',
    async (w) => {
      await save(w, 'c', 'x');
      const sourceObjects = Array.from({ length: 33 }, () => ({ name: 'c' }));
      const { status } = await raw(w, 'POST', `/storage/v1/b/${w.b}/o/big/compose`, {
        body: JSON.stringify({ sourceObjects }),
        headers: { 'content-type': 'application/json' },
      });
      return status;
    },
    400,
  ],
  [
    'compose of what is not there is 404',
    async (w) => refusal(w.bucket.combine(['nobody', 'either'], 'out')),
    404,
    'it answers 500',
  ],
  [
    'a copy, also to another bucket',
    async (w) => {
      await save(w, 'orig', bytes(500), { contentType: 'text/x' });
      await w.storage.createBucket(`${w.b}-2`);
      await w.bucket.file('orig').copy(w.storage.bucket(`${w.b}-2`).file('copy'));
      const [metadata] = await w.storage.bucket(`${w.b}-2`).file('copy').getMetadata();
      return [metadata.size, metadata.contentType, metadata.crc32c];
    },
    ['500', 'text/x', crcOf(bytes(500))],
  ],
  [
    'a move',
    async (w) => {
      await save(w, 'from', 'x');
      await w.bucket.file('from').move('to');
      return [(await w.bucket.file('from').exists())[0], (await w.bucket.file('to').exists())[0]];
    },
    [false, true],
  ],
  [
    'a deleted object is gone, and 404 a second time',
    async (w) => {
      await save(w, 'gone', 'x');
      await w.bucket.file('gone').delete();
      return [(await w.bucket.file('gone').exists())[0], await refusal(w.bucket.file('gone').delete())];
    },
    [false, 404],
  ],
  [
    'the form of a refusal',
    async (w) => {
      const { status, json } = await raw(w, 'GET', `/storage/v1/b/${w.b}/o/nobody`);
      return [status, json.error?.code, json.error?.message, json.error?.errors[0]?.reason];
    },
    [404, 404, 'No such object: {b}/nobody', 'notFound'],
    'its message is "Not Found"',
  ],
  [
    'a bucket that is not there is 404',
    async (w) => refusal(w.storage.bucket('no-such-bucket').file('x').save('x', { resumable: false })),
    404,
  ],
  [
    'buckets are made, listed and deleted',
    async (w) => {
      await w.storage.createBucket(`${w.b}-new`);
      const [listed] = await w.storage.getBuckets();
      const isListed = listed.some(({ name }) => name === `${w.b}-new`);
      await w.storage.bucket(`${w.b}-new`).delete();
      return [isListed, (await w.storage.bucket(`${w.b}-new`).exists())[0]];
    },
    [true, false],
  ],
  ['a bucket twice is 409', async (w) => refusal(w.storage.createBucket(w.b)), 409],
  [
    'a bucket with objects cannot be deleted',
    async (w) => {
      await save(w, 'keeps', 'x');
      return refusal(w.bucket.delete());
    },
    409,
    'it answers 412',
  ],
  ['a bucket of a wrong name is refused', async (w) => refusal(w.storage.createBucket('Not_A_Bucket!')), 400],
  [
    'ifGenerationMatch: 0 makes an object only if there is none',
    async (w) => {
      const once = { preconditionOpts: { ifGenerationMatch: 0 } };
      await save(w, 'if0', 'x', once);
      return refusal(save(w, 'if0', 'y', once));
    },
    412,
  ],
  [
    'ifGenerationMatch guards a resumable upload',
    async (w) => {
      await save(w, 'if1', 'x');
      return refusal(
        w.bucket.file('if1').save('y', { resumable: true, preconditionOpts: { ifGenerationMatch: 0 } }),
      );
    },
    412,
  ],
  [
    'ifGenerationMatch guards a delete',
    async (w) => {
      await save(w, 'if2', 'x');
      const [{ generation }] = await w.bucket.file('if2').getMetadata();
      const other = await refusal(w.bucket.file('if2').delete({ ifGenerationMatch: 1 }));
      await w.bucket.file('if2').delete({ ifGenerationMatch: Number(generation) });
      return [other, (await w.bucket.file('if2').exists())[0]];
    },
    [412, false],
    'it ignores preconditions of a delete',
  ],
  [
    'a wrong x-goog-hash makes no object',
    async (w) => {
      const { status, json } = await media(w, 'badhash', bytes(10), {
        'x-goog-hash': `crc32c=${crcOf(bytes(11))}`,
      });
      return [status, json.error?.errors[0]?.reason, (await w.bucket.file('badhash').exists())[0]];
    },
    [400, 'invalid', false],
    'it looks at no x-goog-hash',
  ],
  [
    'a wrong md5Hash in the metadata makes no object',
    async (w) => {
      const code = await refusal(
        save(w, 'badmd5', bytes(10), { metadata: { md5Hash: md5Of(bytes(11)) }, validation: false }),
      );
      return [code, (await w.bucket.file('badmd5').exists())[0]];
    },
    [400, false],
  ],
  [
    'an object that is written again has another generation',
    async (w) => {
      await save(w, 'again', 'x');
      const [first] = await w.bucket.file('again').getMetadata();
      await save(w, 'again', 'yy');
      const [second] = await w.bucket.file('again').getMetadata();
      return [BigInt(second.generation!) > BigInt(first.generation!), second.size];
    },
    [true, '2'],
  ],
  [
    'the paths without /storage/v1, as STORAGE_EMULATOR_HOST makes them',
    async (w) => {
      await save(w, 'bare', 'x');
      return (await raw(w, 'GET', `/b/${w.b}/o/bare`)).json['name'];
    },
    'bare',
    'it has no such paths',
  ],
  [
    'twenty uploads at once',
    async (w) => {
      await Promise.all(Array.from({ length: 20 }, (_, n) => save(w, `many/${n}`, bytes(50_000 + n))));
      const [files] = await w.bucket.getFiles({ prefix: 'many/' });
      return files.reduce((sum, { metadata }) => sum + Number(metadata.size), 0);
    },
    20 * 50_000 + 190,
  ],
];

const targets: [string, boolean, () => Promise<StorageTarget>][] = [
  ['the sandbox', true, sandboxTarget],
  ['fake-gcs-server', fakeGcsBinary !== '', fakeGcsTarget],
];

describe.each(targets)('Cloud Storage on %s', (name, isThere, start) => {
  let target: StorageTarget;
  let buckets = 0;
  beforeAll(async () => {
    if (isThere) target = await start();
  });
  afterAll(async () => {
    if (isThere) await target.close();
  });

  it.skipIf(!isThere).each(cases)('%s', async (_, run, expected, emulatorDiffers) => {
    if (name !== 'the sandbox' && emulatorDiffers) return;
    const b = `test-bucket-${++buckets}`;
    const [bucket] = await target.storage.createBucket(b);
    const result = await run({ origin: target.origin, storage: target.storage, bucket, b });
    expect(JSON.parse(JSON.stringify(result ?? null).replaceAll(b, '{b}'))).toEqual(
      JSON.parse(JSON.stringify(expected)),
    );
  });
});

describe('the sandbox', () => {
  it('has the landing bucket from the start', async () => {
    const { storage, close } = await sandboxTarget();
    expect((await storage.getBuckets())[0].map(({ name }) => name)).toEqual(['pipeline-landing']);
    await close();
  });

  it('counts and checksums what is larger than it keeps, and says so when it is read', async () => {
    const { storage, close } = await sandboxTarget({ keepObjectBytes: 100_000 });
    const file = storage.bucket('pipeline-landing').file('large.bin');
    const pieces = Array.from({ length: 20 }, () => bytes(60_000));
    await file.save(Readable.from(pieces), { resumable: false });
    const [metadata] = await file.getMetadata();
    const whole = Buffer.concat(pieces);
    expect(metadata).toMatchObject({ size: '1200000', crc32c: crcOf(whole), md5Hash: md5Of(whole) });
    await expect(file.download()).rejects.toThrow(/counted and checksummed the 1200000 bytes of large.bin/);
    await close();
  });

  it('keeps whole blocks of an upload that breaks off, which then goes on', async () => {
    const { origin, storage, close } = await sandboxTarget();
    const bucket = storage.bucket('pipeline-landing');
    const world = { origin, storage, bucket, b: 'pipeline-landing' };
    const all = bytes(1_000_000);
    const started = await raw(
      world,
      'POST',
      '/upload/storage/v1/b/pipeline-landing/o?uploadType=resumable&name=broken',
      { body: '{}' },
    );
    const url = started.headers.get('location') ?? '';
    const stopper = new AbortController();
    const half = new ReadableStream({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(all.subarray(0, 600_000)));
        setTimeout(() => stopper.abort(), 200);
        return new Promise(() => undefined);
      },
    });
    const sent = {
      method: 'PUT',
      body: half,
      duplex: 'half',
      signal: stopper.signal,
      headers: { 'content-range': 'bytes 0-*/*' },
    };
    await expect(fetch(url, sent as RequestInit)).rejects.toThrow();
    const asked = await raw(world, 'PUT', url, { headers: { 'content-range': 'bytes */*' } });
    expect([asked.status, asked.headers.get('range')]).toEqual([308, 'bytes=0-524287']);
    const rest = new Uint8Array(all.subarray(524_288));
    const done = await raw(world, 'PUT', url, {
      body: rest,
      headers: { 'content-range': 'bytes 524288-*/*' },
    });
    expect([done.status, done.json['size'], done.json['crc32c']]).toEqual([200, '1000000', crcOf(all)]);
    expect((await bucket.file('broken').download())[0].equals(all)).toBe(true);
    await close();
  });

  const ask = async (origin: string, fault: object) =>
    (await fetch(`${origin}/sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) })).status;

  it('cuts an upload where it is asked to, and keeps the whole blocks', async () => {
    const { origin, storage, close } = await sandboxTarget();
    const world = { origin, storage, bucket: storage.bucket('pipeline-landing'), b: 'pipeline-landing' };
    const put = await session(world, 'cut');
    await ask(origin, {
      kind: 'resetMidUpload',
      path: '/upload/storage/*',
      method: 'PUT',
      afterBytes: 300_000,
    });
    await expect(put('bytes 0-*/*', bytes(900_000))).rejects.toThrow();
    const asked = await put('bytes */*');
    expect([asked.status, asked.headers.get('range')]).toEqual([308, 'bytes=0-262143']);
    await close();
  });

  it('tells a wrong checksum where it is asked to, which the client notices', async () => {
    const { origin, storage, close } = await sandboxTarget();
    await ask(origin, { kind: 'wrongChecksum', path: '/upload/storage/*' });
    const file = storage.bucket('pipeline-landing').file('sum');
    await expect(file.save('x', { resumable: false, validation: 'crc32c' })).rejects.toThrow(
      /corrupt|integrity|match/i,
    );
    await file.save('x', { resumable: false });
    await ask(origin, { kind: 'wrongChecksum', path: '/storage/v1/*', method: 'GET' });
    await expect(file.download()).rejects.toThrow(/mismatch|did not match/i);
    await close();
  });

  it('is over its quota where it is asked to be', async () => {
    const { origin, storage, close } = await sandboxTarget();
    const fault = { kind: 'status', path: '/upload/storage/*', status: 429, reason: 'rateLimitExceeded' };
    await ask(origin, { ...fault, message: 'The rate of changes to the object exceeds the limit.' });
    const file = storage.bucket('pipeline-landing').file('quota');
    await expect(file.save('x', { resumable: false })).rejects.toMatchObject({ code: 429 });
    await close();
  });

  it('leaves no file behind', async () => {
    const folders = async () =>
      (await readdir(tmpdir())).filter((name) => name.startsWith('loadplan-sandbox-'));
    const before = await folders();
    const { storage, close } = await sandboxTarget();
    await storage.bucket('pipeline-landing').file('x').save('x', { resumable: false });
    const [made] = (await folders()).filter((name) => !before.includes(name));
    expect(await readFile(join(tmpdir(), made!, (await readdir(join(tmpdir(), made!)))[0]!), 'utf8')).toBe(
      'x',
    );
    await close();
    expect(await folders()).not.toContain(made);
  });

  it('answers the asked share of requests with 503', async () => {
    const { origin, close } = await sandboxTarget({ errorRatio: 1 });
    const reply = await fetch(`${origin}/storage/v1/b`);
    expect([reply.status, ((await reply.json()) as Json).error?.errors[0]?.reason]).toEqual([
      503,
      'backendError',
    ]);
    await close();
  });
});
