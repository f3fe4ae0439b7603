import type { Host, HostFile } from '../../model/ports.ts';

/** A file whose lines, delimiters and quotes can be found in its bytes, and how its texts are read. */
export interface TextFile {
  readonly file: HostFile;
  /** Throws an `Error` for bytes that are not of the encoding; the index is that of the row. */
  readonly text: (bytes: Uint8Array, index?: number) => string;
  /** A text as it stands in the file. */
  readonly bytes: (text: string) => Uint8Array;
}

const encoder = new TextEncoder();
const ascii = /^[\0-\x7f]*$/;

/**
 * Opens a file in some encoding. One in which bytes below 128 may be part of other characters (UTF-16, ISO-2022-JP), and one
 * with a delimiter whose bytes are not known, is read whole and kept as UTF-8.
 */
export function openText(host: Host, path: string, encoding: string, delimiter = ''): TextFile {
  const decoder = new TextDecoder(encoding || 'utf-8', { ignoreBOM: true, fatal: true });
  const direct = decoder.encoding === 'utf-8' || (ascii.test(delimiter) && !wide.test(decoder.encoding));
  if (direct) {
    return {
      file: host.open(path),
      text: (bytes, index = 0) => {
        try {
          return decoder.decode(bytes);
        } catch {
          throw new Error(
            `${path}, row ${index + 1}: there are bytes that are not ${decoder.encoding}. Give the file's encoding, such as encoding: windows-1252.`,
          );
        }
      },
      bytes: (text) => encoder.encode(text),
    };
  }
  const whole = encoder.encode(host.readFile(path, encoding));
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    file: { sizeBytes: whole.length, read: (into, offset) => fill(into, whole.subarray(offset)) },
    text: (bytes) => utf8.decode(bytes),
    bytes: (text) => encoder.encode(text),
  };
}

const wide = /^(utf-16|iso-2022-jp|replacement)/;

function fill(into: Uint8Array, from: Uint8Array): number {
  const given = from.subarray(0, into.length);
  into.set(given);
  return given.length;
}
