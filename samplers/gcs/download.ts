import { constants, gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import { formatBytes } from '../../engine/model/units.ts';
import { textOf, type Call } from './call.ts';
import { ChecksumError } from './checksum-error.ts';
import { checkContent } from './expected-answer.ts';
import type { Done, Operation } from './operation.ts';
import { refusalOf } from './refusal.ts';
import { RefusedError } from './refused-error.ts';
import { repeatedly } from './retried.ts';
import { RunningSum } from './sums.ts';
import { objectUrl, requestOf } from './wire.ts';

/** How much of what is not an object's content is quoted. */
const shownBytes = 200;

/** A content that breaks off is asked for anew, if `retries` allow. */
export async function download(operation: Operation, name: string): Promise<Done> {
  const { config, call } = operation;
  const { range, validation } = config;
  const { sum, kept, start } = await repeatedly(operation, () => received(operation, name));
  call.expects(() => checkContent(call.status, call.headers, start));
  if (range === undefined && validation !== 'none') compare(call, name, validation, sum);
  return { body: await plain(Buffer.concat(kept), call), contentBytes: sum.bytes };
}

interface Received {
  readonly sum: RunningSum;
  /** All of it, if somebody reads it. */
  readonly kept: readonly Buffer[];
  /** Its beginning. */
  readonly start: string;
}

async function received({ bucket, config, call }: Operation, name: string): Promise<Received> {
  const { range, validation, maxResponseSize } = config;
  const { keepBody, onlyShown = false } = call.options.context;
  const sum = new RunningSum(range === undefined ? validation : 'none');
  const kept: Buffer[] = [];
  let start = '';
  const headers = {
    'accept-encoding': 'gzip',
    'cache-control': 'no-store',
    ...(range === undefined ? {} : { range: `bytes=${range.start}-${range.end ?? ''}` }),
  };
  const { body, status, statusText } = await call.send(
    requestOf('GET', objectUrl(call, bucket, name, { alt: 'media' }), { headers }),
  );
  if (status >= 300) {
    call.refusal = refusalOf(status, statusText, await textOf(body));
    if (call.refusal !== null) throw new RefusedError(call.refusal);
  }
  for await (const piece of buffers(body)) {
    if (sum.bytes === 0) start = piece.subarray(0, shownBytes).toString();
    sum.update(piece);
    if (!keepBody) continue;
    if (sum.bytes <= maxResponseSize) kept.push(piece);
    // Of what is only shown, the beginning is enough.
    else if (!onlyShown) throw tooLarge(name, maxResponseSize);
  }
  return { sum, kept, start };
}

async function* buffers(body: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const piece of body) if (Buffer.isBuffer(piece)) yield piece;
}

function tooLarge(name: string, most: number): Error {
  return new Error(`${name} has more than maxResponseSize (${formatBytes(most)}), and something reads it`);
}

/** Whole objects come with their checksums: `x-goog-hash: crc32c=…,md5=…`. */
function compare({ headers }: Call, name: string, validation: 'crc32c' | 'md5', sum: RunningSum): void {
  const told = [headers['x-goog-hash'] ?? ''].flat().join(',').split(',');
  const expected = told.map((one) => one.trim()).find((one) => one.startsWith(`${validation}=`));
  // What the service decompresses on the way has the checksum of what it stores.
  const isAsStored =
    (headers['x-goog-stored-content-encoding'] ?? 'identity') === (headers['content-encoding'] ?? 'identity');
  if (expected === undefined || !isAsStored) return;
  const found = sum.text();
  if (expected.slice(validation.length + 1) === found) return;
  throw new ChecksumError(`${name} came with ${found}, the service says ${expected}`);
}

/** What is stored as gzip comes as gzip; who reads it wants the text. */
async function plain(content: Buffer, { headers, options: { context } }: Call): Promise<Uint8Array> {
  if (!context.keepBody || headers['content-encoding'] !== 'gzip') return content;
  // Of what is only shown, the end may be missing.
  if (context.onlyShown === true) return promisify(gunzip)(content, { finishFlush: constants.Z_SYNC_FLUSH });
  return promisify(gunzip)(content);
}
