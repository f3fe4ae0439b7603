import { messageOf } from '../../engine/model/errors.ts';
import type { InputType } from 'node:zlib';
import * as zlib from 'node:zlib';
import { promisify } from 'node:util';

/** A body decompressed, or why it could not be. */
export type Decoded =
  | { readonly body: Uint8Array; readonly cause?: undefined }
  | { readonly cause: string; readonly detail: string };

interface Codec {
  now(input: InputType, options: zlib.ZlibOptions): Buffer;
  later(input: InputType, options: zlib.ZlibOptions): Promise<Buffer>;
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

/**
 * The body behind a Content-Encoding. Stops as soon as it exceeds `maxBytes`. Codings other than gzip,
 * deflate and br leave the body as it came; so does a list of codings.
 */
export async function decode(body: Buffer, encoding: string, maxBytes: number): Promise<Decoded> {
  const coding = encoding.trim().toLowerCase().replace(/^x-/, '');
  const codec = codecOf(coding, body);
  if (codec === undefined || body.length === 0) return { body };
  const options = { maxOutputLength: Math.max(1, maxBytes) };
  try {
    return {
      body: body.length <= AT_ONCE_BYTES ? codec.now(body, options) : await codec.later(body, options),
    };
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    if (tooLarge) return { cause: 'response.too_large', detail: `${maxBytes} bytes once decompressed` };
    return { cause: `decode.${coding}`, detail: messageOf(error) };
  }
}

/** `deflate` means zlib's format, and raw deflate from servers that took the name at its word (RFC 9110 §8.4.1.2). */
function codecOf(coding: string, body: Buffer): Codec | undefined {
  if (coding === 'gzip') return gunzip;
  if (coding === 'br') return brotli;
  if (coding === 'deflate') return ((body[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw;
  return undefined;
}
