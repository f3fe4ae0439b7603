import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { deflateLevel } from './formats.ts';

/**
 * Pieces as one gzip file; the work is done beside the event loop. The compressed bytes are the same where zlib is the
 * same, what comes out of them again is the same everywhere.
 */
export async function* gzipped(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gzip = createGzip({ level: deflateLevel, chunkSize: 64 * 1024 });
  const done = pipeline(Readable.from(pieces, { highWaterMark: 4 }), gzip);
  done.catch(() => undefined); // told by the loop below
  for await (const piece of gzip) if (piece instanceof Uint8Array) yield piece;
  await done;
}
