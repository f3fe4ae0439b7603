import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';

const plan = (step: string, defaults = '{ bucket: b, endpoint: "http://127.0.0.1:1", project: p }') => `
name: Storage
properties: { schema: facts }
variables: { size: 1GB }
defaults: { gcs: ${defaults} }
threadGroups: [{ name: Users, steps: [{ gcs: ${step} }] }]
`;

describe('before the run it is told that', () => {
  it.each([
    ['{ upload: a, delete: b, text: x }', 'a step does one thing, found upload and delete: keep one of them'],
    ['{ kind: media }', 'nothing says what to do: write one of upload, download, list'],
    ['{ upload: a }', 'nothing says what to upload: write one of file, text, json, generate, stream'],
    ['{ upload: a, text: x, file: y }', 'an upload has one content, found file and text: keep one of them'],
    ['{ upload: a, file: gone.csv }', 'there is no file "gone.csv" in the plan\'s folder'],
    [
      '{ upload: a, text: x, chunkSize: 300000B }',
      'chunkSize must be a multiple of 256KiB, found 300000 bytes. The next are 256KiB and 512KiB',
    ],
    ['{ upload: a, text: x, chunkSize: 8MB }', 'chunkSize must be a multiple of 256KiB, found 8000000 bytes'],
    ['{ upload: a, text: x, chunkSize: 100KiB }', 'at least 256KiB'],
    ['{ upload: a, stream: { size: 10 } }', '"10" has no unit. Write 10MB, 10MiB or 10B.'],
    [
      '{ upload: a, stream: { size: 10gigs } }',
      'expected a size such as 10GB, 512MiB or 100B, found "10gigs".',
    ],
    ['{ upload: a, stream: { compressibility: 1 } }', 'size'],
    ['{ upload: a, stream: { size: 1GB, compressibility: 2 } }', 'from 0 to 1'],
    ['{ upload: a, generate: facts }', 'generate needs rows: how many'],
    ['{ upload: a, generate: fcats, rows: 10 }', 'Did you mean "facts"?'],
    [
      '{ upload: a, generate: facts, rows: 10, format: csv, compression: snappy }',
      'csv is not compressed by snappy',
    ],
    ['{ upload: a, kind: media, text: x, customMetadata: { a: b } }', 'a media upload carries no metadata'],
    ['{ upload: a, kind: composite, text: x, validation: md5 }', 'composed objects have no MD5'],
    [
      '{ upload: a, kind: parallel, text: x }',
      'expected one of "resumable", "multipart", "media", "composite"',
    ],
    ['{ upload: a, text: x, parts: 33 }', 'from 2 to 32'],
    ['{ download: a, range: { start: 9, end: 3 } }', 'range ends at byte 3, before it starts at 9'],
    ['{ list: a, range: { start: 9 } }', 'range is for download, not for list'],
    ['{ compose: a }', 'compose needs sources: the objects to put together'],
    ['{ download: a, endpoint: "127.0.0.1:4443" }', 'endpoint must be the origin of a server'],
    ['{ download: a, buket: b }', 'Did you mean "bucket"?'],
  ])('%s: %s', async (step, expected) => {
    expect((await mistakes(plan(step))).join('\n')).toContain(expected);
  });

  it('there is no bucket, and no project to create one in', async () => {
    expect((await mistakes(plan('{ download: a }', '{}'))).join()).toContain('nothing says which bucket');
    expect((await mistakes(plan('{ createBucket: a }', '{}'))).join()).toContain(
      'createBucket needs a project',
    );
  });
});

it.each([
  'a/bare-name.csv',
  '{ upload: a, stream: { size: 10GB, compressibility: 0.5 }, kind: composite, parts: 32, chunkSize: 8MiB }',
  '{ upload: a, generate: "${schema}", rows: 100k, format: parquet }',
  '{ upload: a, stream: { size: "${size}" } }',
  '{ upload: a, kind: composite, generate: facts, rows: 10 }',
])('%s is right', async (step) => {
  await expect(prepareYaml(plan(step))).resolves.toBeDefined();
});
