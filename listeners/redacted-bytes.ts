import { charsetOf } from '../engine/text/charset-of.ts';
import { exactText } from '../engine/text/read-text.ts';
import { redactedBody } from './shown-body.ts';

type Redact = (text: string) => string;

/**
 * The bytes of a body without the secrets in them, be they text or not. The same bytes when there are none. What holds one is
 * written in its own charset where that is UTF-8, UTF-16 or Latin-1, and in UTF-8 with its mark otherwise.
 */
export function redactedBytes(bytes: Uint8Array, redact: Redact, contentType?: string): Uint8Array {
  const { name } = charsetOf(bytes, contentType);
  const isOwn = name !== 'utf-8' && name !== 'windows-1252';
  const text = isOwn ? exactText(bytes, name, false) : null;
  if (text !== null) {
    const redacted = redactedBody(text, redact);
    if (redacted !== text) return encoded(redacted, name);
  }
  return redactedPlain(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), redact) ?? bytes;
}

/** Null: there are none. */
function redactedPlain(buffer: Buffer, redact: Redact): Buffer | null {
  const text = buffer.toString('utf8');
  // What is UTF-8 comes back as it was; as Latin-1, any bytes do.
  const encoding = Buffer.from(text).equals(buffer) ? 'utf8' : 'latin1';
  const whole = encoding === 'utf8' ? text : buffer.toString('latin1');
  const redacted = redactedBody(whole, redact);
  return redacted === whole ? null : Buffer.from(redacted, encoding);
}

function encoded(text: string, charset: string): Buffer {
  const marked = `\ufeff${text}`;
  if (charset === 'utf-16le') return Buffer.from(marked, 'utf16le');
  return charset === 'utf-16be' ? Buffer.from(marked, 'utf16le').swap16() : Buffer.from(marked);
}
