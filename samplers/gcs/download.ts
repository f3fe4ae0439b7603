import { createHash, type Hash } from 'node:crypto';
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import { formatBytes } from '../../engine/model/units.ts';
import type { Call } from './call.ts';
import { CheckedCrc32c } from './client.ts';
import { ChecksumError } from './checksum-error.ts';
import { checkContent } from './expected-answer.ts';
import type { Done, Operation } from './operation.ts';

/** How much of what is not an object's content is quoted. */
const shownBytes = 200;

/** The client's stream does not compare what is not stored as is (`file.js`, safeToValidate), and says nothing: it is done here. */
export async function download({ bucket, config, call }: Operation, name: string): Promise<Done> {
  const { range, validation, maxResponseSize } = config;
  const stream = bucket.file(name).createReadStream({ ...range, validation: false, decompress: false });
  const sums = { crc32c: new CheckedCrc32c(), md5: createHash('md5') };
  const kept: Buffer[] = [];
  let contentBytes = 0;
  let start = '';
  for await (const piece of stream) {
    if (!Buffer.isBuffer(piece)) continue;
    if (contentBytes === 0) start = piece.subarray(0, shownBytes).toString();
    contentBytes += piece.length;
    if (range === undefined && validation === 'crc32c') sums.crc32c.update(piece);
    if (range === undefined && validation === 'md5') sums.md5.update(piece);
    if (!call.options.context.keepBody) continue;
    if (contentBytes > maxResponseSize) {
      throw new Error(
        `${name} has more than maxResponseSize (${formatBytes(maxResponseSize)}), and something reads it`,
      );
    }
    kept.push(piece);
  }
  call.expects(() => checkContent(call.status, call.headers, start));
  if (range === undefined && validation !== 'none') compare(call, name, validation, sums);
  return { body: await plain(Buffer.concat(kept), call), contentBytes };
}

/** Whole objects come with their checksums: `x-goog-hash: crc32c=…,md5=…`. */
function compare(
  { headers }: Call,
  name: string,
  validation: 'crc32c' | 'md5',
  sums: { readonly crc32c: CheckedCrc32c; readonly md5: Hash },
): void {
  const told = [headers['x-goog-hash'] ?? ''].flat().join(',').split(',');
  const expected = told.map((one) => one.trim()).find((one) => one.startsWith(`${validation}=`));
  // What the service decompresses on the way has the checksum of what it stores.
  const isAsStored =
    (headers['x-goog-stored-content-encoding'] ?? 'identity') === (headers['content-encoding'] ?? 'identity');
  if (expected === undefined || !isAsStored) return;
  const found = validation === 'md5' ? sums.md5.digest('base64') : sums.crc32c.base64();
  if (expected.slice(validation.length + 1) === found) return;
  throw new ChecksumError(`${name} came with ${found}, the service says ${expected}`);
}

/** What is stored as gzip comes as gzip; who reads it wants the text. */
async function plain(content: Buffer, { headers, options: { context } }: Call): Promise<Uint8Array> {
  if (!context.keepBody || headers['content-encoding'] !== 'gzip') return content;
  return promisify(gunzip)(content);
}
