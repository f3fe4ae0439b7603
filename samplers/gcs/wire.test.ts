import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Storage, type Bucket } from '@google-cloud/storage';
import { OAuth2Client } from 'google-auth-library';
import { expect, it } from 'vitest';
import { afterTest } from '../http/test-support/servers.ts';
import type { GcsConfig } from './schema.ts';
import { gcsRun } from './test-support/gcs-run.ts';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What may differ: how content is framed, what names a request or the module, and what undici leaves out. */
function comparable({ method = '', url = '', headers }: IncomingMessage, text: string): Seen {
  const boundary = /boundary=(\S+)/.exec(headers['content-type'] ?? '')?.[1] ?? '\0';
  const left = ['host', 'connection', 'transfer-encoding', 'content-length', 'accept-encoding'];
  const shown = Object.entries(headers).filter(([name]) => !left.includes(name));
  const anonymous = (value: string) =>
    value
      .replaceAll(boundary, 'BOUNDARY')
      .replace(/(?<=gccl\/[\d.]+-)\w+/, '')
      .replace(/(?<=gccl-invocation-id\/).*/, '');
  return {
    method,
    path: url.replace(/\?$/, ''),
    headers: Object.fromEntries(shown.map(([name, value]) => [name, anonymous(String(value))])),
    body: isJson(headers) ? JSON.stringify(sorted(JSON.parse(text))) : anonymous(text),
  };
}

const isJson = (headers: IncomingMessage['headers']) => headers['content-type'] === 'application/json';
const sorted = (value: unknown) => Object.fromEntries(Object.entries(value as object).sort());

async function recorder(): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('latin1').on('data', (piece: string) => (text += piece));
    request.on('end', () => {
      seen.push(comparable(request, text));
      const location = `http://${request.headers.host ?? ''}/session`;
      response.writeHead(request.method === 'DELETE' ? 204 : 200, {
        'content-type': 'application/json',
        'x-goog-generation': '1',
        location,
      });
      response.end(JSON.stringify({ name: 'x', size: '5', items: [{ name: 'a/ä b' }] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterTest(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const name = 'a/ä b+c.csv';
const metadata = () => ({ metadata: { run: '1' } });
const send = (bucket: Bucket, to: string, options: object) =>
  new Promise((resolve, reject) => {
    const stream = bucket.file(to).createWriteStream({ validation: false, ...options });
    stream.on('error', reject).on('finish', resolve).end('hello');
  });

const operations: [
  what: string,
  Partial<GcsConfig>,
  (bucket: Bucket, storage: Storage) => Promise<unknown>,
][] = [
  [
    'multipart',
    {
      upload: name,
      kind: 'multipart',
      contentType: 'text/x',
      customMetadata: { run: '1' },
      ifGenerationMatch: 0,
    },
    (bucket) =>
      send(bucket, name, {
        resumable: false,
        contentType: 'text/x',
        metadata: metadata(),
        preconditionOpts: { ifGenerationMatch: 0 },
      }),
  ],
  [
    'multipart by its name',
    { upload: name, kind: 'multipart' },
    (bucket) => send(bucket, name, { resumable: false }),
  ],
  [
    'multipart without a type',
    { upload: 'x', kind: 'multipart' },
    (bucket) => send(bucket, 'x', { resumable: false }),
  ],
  [
    'resumable',
    { upload: name, customMetadata: { run: '1' }, ifGenerationMatch: 0 },
    (bucket) => send(bucket, name, { metadata: metadata(), preconditionOpts: { ifGenerationMatch: 0 } }),
  ],
  ['resumable without a type', { upload: 'x' }, (bucket) => send(bucket, 'x', {})],
  ['chunks', { upload: 'x', chunkSize: 262_144 }, (bucket) => send(bucket, 'x', { chunkSize: 262_144 })],
  [
    'a list',
    { list: 'a/ä', maxResults: 10, delimiter: '/', pageToken: 'x=' },
    (bucket) =>
      bucket.getFiles({
        prefix: 'a/ä',
        maxResults: 10,
        autoPaginate: false,
        delimiter: '/',
        pageToken: 'x=',
      }),
  ],
  ['deleting', { delete: name }, (bucket) => bucket.file(name).delete()],
  [
    'composing',
    { compose: 'all.csv', sources: ['a b', 'c'], ifGenerationMatch: 3 },
    (bucket) => bucket.combine(['a b', 'c'], bucket.file('all.csv'), { ifGenerationMatch: 3 }),
  ],
  ['metadata', { metadata: name }, (bucket) => bucket.file(name).getMetadata()],
  [
    'creating',
    { createBucket: 'new', location: 'EU' },
    (_, storage) => storage.createBucket('new', { location: 'EU' }),
  ],
  ['deleting a bucket', { deleteBucket: 'tests' }, (bucket) => bucket.delete()],
  [
    'a download',
    { download: name, range: { start: 3, end: 9 } },
    (bucket) =>
      bucket
        .file(name)
        .createReadStream({ start: 3, end: 9, validation: false, decompress: false })
        .toArray(),
  ],
];

it.each(operations)('%s sends what the official client sends', async (_, config, perform) => {
  const { url, seen } = await recorder();
  const storage = new Storage({
    apiEndpoint: url,
    projectId: 'sandbox-project',
    authClient: new OAuth2Client(),
  });
  await perform(storage.bucket('tests'), storage);
  const theirs = seen.splice(0);
  const content = config.upload === undefined ? {} : { text: 'hello', validation: 'none' as const };
  const outcome = await gcsRun(url).perform(Object.assign({ maxResults: undefined }, content, config));
  expect(outcome.failure).toBeUndefined();
  expect(seen).toEqual(theirs);
});
