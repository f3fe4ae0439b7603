import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { OpenOptions } from '../../../engine/model/sampler.ts';
import { dataSet } from '../../../engine/generate/data-set.ts';
import { readDataSet, type WrittenDataSet } from '../../../engine/generate/written.ts';
import type { GcsConfig } from '../schema.ts';
import { endlessPieces } from './endless.ts';

/** What an upload holds. It can be opened more than once, and gives the same bytes each time. */
export interface Payload {
  /** Null: known only once it is made. */
  readonly sizeBytes: number | null;
  /** Null: nothing is known of it. */
  readonly contentType: string | null;
  /** The bytes from one place to another (exclusive); those of a payload without a size always come whole. */
  open(fromByte: number, toByte: number): Readable;
  /** Rows that are made; absent where there are none. */
  readonly rows?: number;
}

const readBytes = 2 ** 18;

/** The payload of an upload. Throws what the file system throws. */
export async function payloadOf(
  config: GcsConfig,
  { pathOf }: Pick<OpenOptions, 'pathOf'>,
): Promise<Payload> {
  const { file, text, json, stream, generate } = config;
  if (file !== undefined) return filePayload(pathOf(file));
  if (stream !== undefined) {
    return {
      sizeBytes: stream.size,
      contentType: null,
      open: (from, to) => piecewise(endlessPieces(stream, from, to)),
    };
  }
  if (generate !== undefined) return generatedPayload({ ...config, generate, rows: config.rows ?? 0 });
  const bytes = Buffer.from(json ?? text ?? '');
  return {
    sizeBytes: bytes.length,
    contentType: json === undefined ? null : 'application/json',
    open: (from, to) => piecewise([bytes.subarray(from, to)]),
  };
}

/** Rows that are made on the way: how many bytes they come to is known in the end. */
function generatedPayload(written: WrittenDataSet): Payload {
  const made = dataSet(readDataSet(written));
  return {
    sizeBytes: null,
    contentType: made.contentType,
    rows: made.rows,
    open: () => piecewise(made),
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
        : piecewise([]),
  };
}

/**
 * A stream that hands pieces on as they are, one ahead. A stream of bytes, read by an iterator, joins what it has buffered into
 * a new piece: one more copy of everything that is uploaded.
 */
function piecewise(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Readable {
  return Readable.from(pieces, { objectMode: true, highWaterMark: 1 });
}
