import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { OpenOptions } from '../../../engine/model/sampler.ts';
import type { GcsConfig } from '../schema.ts';
import { endlessPieces } from './endless.ts';

/** What an upload holds. It can be opened more than once, and gives the same bytes each time. */
export interface Payload {
  /** Null: known only once it is made. */
  readonly sizeBytes: number | null;
  /** Null: nothing is known of it. */
  readonly contentType: string | null;
  /** The bytes from one place to another (exclusive); those of a payload without a size come whole. */
  open(fromByte: number, toByte: number): Readable;
  /** Rows that were made; null where there are no rows. */
  rows?(): number;
}

const readBytes = 2 ** 20;

/** The payload of an upload. Throws what the file system throws. */
export async function payloadOf(
  config: GcsConfig,
  { pathOf }: Pick<OpenOptions, 'pathOf'>,
): Promise<Payload> {
  const { file, text, json, stream } = config;
  if (file !== undefined) return filePayload(pathOf(file));
  if (stream !== undefined) {
    return {
      sizeBytes: stream.size,
      contentType: null,
      open: (from, to) => Readable.from(endlessPieces(stream, from, to), { objectMode: false }),
    };
  }
  const bytes = Buffer.from(json ?? text ?? '');
  return {
    sizeBytes: bytes.length,
    contentType: json === undefined ? null : 'application/json',
    open: (from, to) => Readable.from([bytes.subarray(from, to)], { objectMode: false }),
  };
}

async function filePayload(path: string): Promise<Payload> {
  const { size } = await stat(path);
  return {
    sizeBytes: size,
    contentType: null,
    open: (from, to) =>
      to > from
        ? createReadStream(path, { start: from, end: to - 1, highWaterMark: readBytes })
        : Readable.from([], { objectMode: false }),
  };
}
