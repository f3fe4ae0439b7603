import { expect, it } from 'vitest';
import { refusalOf } from './refusal.ts';
import type { GcsConfig } from './schema.ts';
import { gcsRun } from './test-support/gcs-run.ts';
import { scriptedServer } from './test-support/scripted-server.ts';

const operations: [what: string, config: Partial<GcsConfig>][] = [
  ['upload by media', { upload: 'x', kind: 'media', text: 'a' }],
  ['upload by multipart', { upload: 'x', kind: 'multipart', text: 'a' }],
  ['resumable upload', { upload: 'x', kind: 'resumable', text: 'a' }],
  ['upload in parts', { upload: 'x', kind: 'composite', text: 'ab' }],
  ['download', { download: 'x' }],
  ['list', { list: '' }],
  ['metadata', { metadata: 'x' }],
  ['delete', { delete: 'x' }],
  ['deleteAll', { deleteAll: '' }],
  ['compose', { compose: 'x', sources: ['a', 'b'] }],
  ['createBucket', { createBucket: 'b', bucket: 'b' }],
  ['deleteBucket', { deleteBucket: 'b', bucket: 'b' }],
];

it.each(
  operations.flatMap(([what, config]) => [302, 307, 308].map((status) => [what, status, config] as const)),
)('%s: a page elsewhere (%i), such as that of a log-in, is no success', async (_, status, config) => {
  const server = await scriptedServer((request, response) => {
    request.resume();
    response.writeHead(status, { location: '/log-in', 'content-type': 'text/html' }).end('<html>Log in');
  });
  const outcome = await gcsRun(server.url).perform(config);
  expect([outcome.ok, outcome.code]).toEqual([false, String(status)]);
});

it.each([
  ['', 'HTTP 502'],
  ['  \n', 'HTTP 502'],
  ['busy', 'busy'],
])('a refusal of %j without a word for its status says something', (body, message) => {
  expect(refusalOf(502, '', body)?.message).toBe(message);
});
