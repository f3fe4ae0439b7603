import { createRequire } from 'node:module';
import { didYouMean } from '../../engine/model/did-you-mean.ts';
import type { KnownMistake } from '../../engine/model/sampler.ts';
import { Recent } from './recent.ts';

/** A text as bytes. Throws an `UnwritableText` where a charset has no such character. */
export type Write = (text: string) => Buffer;

export const inUtf8: Write = (text) => Buffer.from(text);

/** A charset lacks a character: what Java and iconv would send as a question mark. */
export class UnwritableText extends Error {
  override readonly name = 'UnwritableText';
}

const writers = new Recent<string, Write>();

/** What writes texts in a charset. Throws an `UnwritableText` when nothing here writes it. */
export function charsetWriter(name: string | undefined): Write {
  if (name === undefined || /^utf-?8$/i.test(name)) return inUtf8;
  return writers.get(name) ?? writers.add(name, writerOf(name));
}

/** What is wrong with the name of a charset, or null. */
export function charsetMistake(name: string): string | null {
  if (isKnown(name)) return null;
  return `charset must be one that is known here, such as ISO-8859-1, windows-1252, Shift_JIS or UTF-16LE, found "${name}".${didYouMean(name, usual)}`;
}

/** The same of what is known of a configuration before the run. */
export function charsetMistakes({ charset }: Readonly<Record<string, unknown>>): KnownMistake[] {
  const message = typeof charset === 'string' ? charsetMistake(charset) : null;
  return message === null ? [] : [{ key: 'charset', message }];
}

const usual = [
  ...['UTF-8', 'UTF-16', 'UTF-16LE', 'UTF-16BE', 'US-ASCII', 'windows-1250', 'windows-1251', 'windows-1252'],
  ...['ISO-8859-1', 'ISO-8859-2', 'ISO-8859-5', 'ISO-8859-15', 'KOI8-R', 'Shift_JIS', 'EUC-JP', 'EUC-KR'],
  ...['GBK', 'GB18030', 'Big5'],
];

/** iconv-lite knows these, too; they are no charsets. */
const noCharsets = /^(base64|hex|binary|utf-?7.*|cesu-?8|singlebyte|internal|_.*)$/i;

interface Codec {
  encode(text: string, charset: string): Buffer;
  decode(bytes: Buffer, charset: string): string;
  encodingExists(charset: string): boolean;
}

let loaded: Codec | undefined;

/** Loaded for plans that write in another charset: it and its tables take some 40 ms. */
function iconv(): Codec {
  if (loaded !== undefined) return loaded;
  const found: unknown = createRequire(import.meta.url)('iconv-lite');
  if (!isCodec(found)) throw new Error('iconv-lite is not what it was');
  return (loaded = found);
}

function isCodec(found: unknown): found is Codec {
  return typeof found === 'object' && found !== null && 'encode' in found && 'encodingExists' in found;
}

function isKnown(name: string): boolean {
  return name !== '' && !noCharsets.test(name) && iconv().encodingExists(name);
}

function writerOf(name: string): Write {
  const mistake = charsetMistake(name);
  if (mistake !== null) throw new UnwritableText(mistake);
  const encode = (text: string) => iconv().encode(text, name);
  if (/^(utf|ucs)/i.test(name)) return encode;
  const isKept = (text: string, bytes: Buffer) => iconv().decode(bytes, name) === text;
  return (text) => {
    const bytes = encode(text);
    if (isKept(text, bytes)) return bytes;
    const lacking = Array.from(text).find((one) => !isKept(one, encode(one))) ?? text.slice(0, 20);
    throw new UnwritableText(`${name} has no character "${lacking}"`);
  };
}

/**
 * Form fields or a query, percent-encoded in UTF-8, in another charset. A byte that the charset makes of a character and
 * that is none of the unreserved ones (RFC 3986 §2.3) is percent-encoded.
 */
export function fieldsIn(write: Write, encoded: string): string {
  return encoded.replaceAll(/(?:%[89A-F][\dA-F])+/gi, (run) =>
    write(decodeURIComponent(run))
      .toString('latin1')
      .replaceAll(/[^\w.~-]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`),
  );
}
