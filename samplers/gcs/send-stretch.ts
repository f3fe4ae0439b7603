import { pipeline } from 'node:stream/promises';
import type { CreateWriteStreamOptions, File } from '@google-cloud/storage';
import { chunkMistake } from './check.ts';
import { CheckedCrc32c } from './client.ts';
import { ChecksumError } from './checksum-error.ts';
import type { Operation } from './operation.ts';
import type { Payload } from './payload/payload.ts';

/** A stretch of a payload. */
export interface Stretch {
  readonly payload: Payload;
  readonly fromByte: number;
  readonly toByte: number;
  /** A part of an object: conditions on the object are not for it. */
  readonly isPart: boolean;
}

/** What was sent of a stretch. */
export interface SentStretch {
  readonly sentBytes: number;
  readonly sum: CheckedCrc32c;
}

/** Sends a stretch through the client, which compares the checksum. Gives its CRC32C unless it was not wanted. */
export async function sendStretch(
  operation: Operation,
  file: File,
  stretch: Stretch,
  resumable: boolean,
): Promise<SentStretch> {
  const { payload, fromByte, toByte } = stretch;
  const mistake = chunkMistake(operation.config.chunkSize ?? 0);
  if (mistake !== null) throw new RangeError(mistake);
  const sum = new CheckedCrc32c();
  file.crc32cGenerator = () => sum;
  let sentBytes = 0;
  const stream = file.createWriteStream(writeOptions(operation, stretch, resumable));
  try {
    await pipeline(
      payload.open(fromByte, toByte),
      async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          sentBytes += piece.length;
          yield piece;
        }
      },
      stream,
      { signal: operation.call.options.signal },
    );
  } catch (error) {
    throw asMismatch(error, { file, sum, validation: operation.config.validation });
  }
  return { sentBytes, sum };
}

function writeOptions(
  { config }: Operation,
  { payload, isPart }: Stretch,
  resumable: boolean,
): CreateWriteStreamOptions {
  const { chunkSize, customMetadata, ifGenerationMatch, validation } = config;
  const contentType = config.contentType ?? payload.contentType;
  return {
    resumable,
    validation: validation === 'none' ? false : validation,
    ...(resumable && chunkSize !== undefined ? { chunkSize } : {}),
    ...(contentType === null ? {} : { contentType }),
    ...(customMetadata === undefined ? {} : { metadata: { metadata: { ...customMetadata } } }),
    ...(ifGenerationMatch === undefined || isPart ? {} : { preconditionOpts: { ifGenerationMatch } }),
  };
}

/** The client's codes for checksums that differ (`file.js`, validateIntegrity). */
const mismatchCodes: readonly unknown[] = ['FILE_NO_UPLOAD', 'FILE_NO_UPLOAD_DELETE', 'MD5_NOT_AVAILABLE'];

function asMismatch(
  error: unknown,
  {
    file,
    sum,
    validation,
  }: { readonly file: File; readonly sum: CheckedCrc32c; readonly validation: string },
): unknown {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  if (!mismatchCodes.includes(code)) return error;
  const { crc32c = 'none', md5Hash = 'none' } = file.metadata;
  const found =
    validation === 'md5'
      ? `md5 ${md5Hash} for ${file.name}, what was sent has another`
      : `crc32c ${crc32c} for ${file.name}, what was sent has ${sum.base64()}`;
  const fate = code === 'FILE_NO_UPLOAD_DELETE' ? 'could not be deleted' : 'was deleted';
  return new ChecksumError(`the service has ${found}; the object is not what was sent and ${fate}`);
}
