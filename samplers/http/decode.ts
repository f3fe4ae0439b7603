import { messageOf } from '../../engine/model/errors.ts';
import type { InputType } from 'node:zlib';
import * as zlib from 'node:zlib';
import { promisify } from 'node:util';

/** A body decompressed, or why it could not be. */
export type Decoded =
  | { readonly body: Uint8Array; readonly cause?: undefined }
  | { readonly cause: string; readonly detail: string };

interface Codec {
  readonly now: (input: InputType, options: zlib.ZlibOptions) => Buffer;
  readonly later: (input: InputType, options: zlib.ZlibOptions) => Promise<Buffer>;
}

/** Bodies up to this size are decompressed at once: cheaper than a thread, and too small for a bomb to hold up others. */
const AT_ONCE_BYTES = 16_384;

const gunzip: Codec = {
  now: zlib.gunzipSync,
  later: promisify<InputType, zlib.ZlibOptions, Buffer>(zlib.gunzip),
};
const inflate: Codec = {
  now: zlib.inflateSync,
  later: promisify<InputType, zlib.ZlibOptions, Buffer>(zlib.inflate),
};
const inflateRaw: Codec = {
  now: zlib.inflateRawSync,
  later: promisify<InputType, zlib.ZlibOptions, Buffer>(zlib.inflateRaw),
};
const brotli: Codec = {
  now: zlib.brotliDecompressSync,
  later: promisify<InputType, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress),
};

/** Codings that are taken off; the sentence of a fault lists them. */
const codecs: Readonly<Record<string, (body: Buffer) => Codec>> = {
  gzip: () => gunzip,
  br: () => brotli,
  // Zlib's format, and raw deflate from servers that took the name at its word (RFC 9110 §8.4.1.2).
  deflate: (body) => (((body[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw),
  ...zstd(zlib),
};

/**
 * The body behind the lines of Content-Encoding: codings in any case, taken off in the reverse of the order in which they
 * were put on. Stops as soon as one exceeds `maxBytes`.
 */
export async function decode(body: Buffer, lines: readonly string[], maxBytes: number): Promise<Decoded> {
  const options = { maxOutputLength: Math.max(1, maxBytes) };
  let rest = body;
  for (const coding of codingsOf(lines).reverse()) {
    if (rest.length === 0) break;
    const codec = Object.hasOwn(codecs, coding) ? codecs[coding]?.(rest) : undefined;
    if (codec === undefined) return { cause: 'decode.unsupported', detail: coding };
    try {
      rest = rest.length <= AT_ONCE_BYTES ? codec.now(rest, options) : await codec.later(rest, options);
    } catch (error) {
      const tooLarge = error instanceof RangeError;
      if (tooLarge) return { cause: 'response.too_large', detail: `${maxBytes} bytes once decompressed` };
      return { cause: `decode.${coding}`, detail: messageOf(error) };
    }
  }
  return { body: rest };
}

/** `x-gzip` is an old name of gzip; `identity` is none. */
function codingsOf(lines: readonly string[]): string[] {
  return lines
    .flatMap((line) => line.split(','))
    .map((coding) => coding.trim().toLowerCase().replace(/^x-/, ''))
    .filter((coding) => coding !== '' && coding !== 'identity');
}

interface Zstd {
  readonly zstdDecompressSync: Codec['now'];
  readonly zstdDecompress: (
    input: InputType,
    options: zlib.ZlibOptions,
    done: (error: Error | null, result: Buffer) => void,
  ) => void;
}

/** Node has it from 22.15 on. */
function zstd(library: object): { readonly zstd?: () => Codec } {
  if (!hasZstd(library)) return {};
  const later = promisify<InputType, zlib.ZlibOptions, Buffer>(library.zstdDecompress);
  const codec: Codec = { now: library.zstdDecompressSync, later };
  return { zstd: () => codec };
}

function hasZstd(library: object): library is Zstd {
  return 'zstdDecompressSync' in library && 'zstdDecompress' in library;
}
