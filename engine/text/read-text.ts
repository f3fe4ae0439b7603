import { charsetOf } from './charset-of.ts';

/** The text of a body; bytes that its charset does not have become U+FFFD. */
export function textOf(body: Uint8Array, contentType?: string): string {
  return decoded(body, charsetOf(body, contentType).name);
}

/** Bytes in a charset of `charsetNamed`. What cannot be read becomes U+FFFD. */
export function decoded(bytes: Uint8Array, charset: string): string {
  return read(bytes, charset, { fatal: false, isCut: false });
}

/** The same; null where there is something that cannot be read. Of bytes that were cut, a last character may be missing. */
export function exactText(bytes: Uint8Array, charset: string, isCut: boolean): string | null {
  try {
    return read(bytes, charset, { fatal: true, isCut });
  } catch {
    return null;
  }
}

interface How {
  readonly fatal: boolean;
  readonly isCut: boolean;
}

type Decoder = InstanceType<typeof TextDecoder>;
const decoders = new Map<string, Decoder>();

function read(bytes: Uint8Array, charset: string, how: How): string {
  if (charset.startsWith('utf-32')) return utf32(bytes, charset.endsWith('le'), how);
  const text = decoderFor(charset, how).decode(bytes, { stream: how.isCut });
  return charset === 'windows-1252' ? text.replaceAll(/[\x80-\x9f]/g, windows1252) : text;
}

/** One that is left in the middle of a character is not used again. */
function decoderFor(charset: string, { fatal, isCut }: How): Decoder {
  if (fatal || isCut) return new TextDecoder(charset, { fatal });
  const known = decoders.get(charset);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(charset);
  decoders.set(charset, decoder);
  return decoder;
}

/** Node 20 and 22 read windows-1252 as ISO-8859-1. */
function windows1252(character: string): string {
  return upperWindows1252[character.charCodeAt(0) - 0x80] ?? character;
}

const upperWindows1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

/** Node has no decoder for it. */
function utf32(bytes: Uint8Array, littleEndian: boolean, { fatal, isCut }: How): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, littleEndian);
    const isCharacter = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    if (!isCharacter && fatal) throw new TypeError('not a character of UTF-32');
    if (at > 0 || point !== 0xfeff) text += isCharacter ? String.fromCodePoint(point) : '\ufffd';
  }
  if (at === bytes.length || isCut) return text;
  if (fatal) throw new TypeError('not a whole character of UTF-32');
  return `${text}\ufffd`;
}
