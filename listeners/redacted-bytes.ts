/** Bytes without the secrets in them, be they text or not. The same bytes when there are none. */
export function redactedBytes(bytes: Uint8Array, redact: (text: string) => string): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  // What is UTF-8 comes back as it was; as Latin-1, any bytes do.
  const encoding = Buffer.from(text).equals(buffer) ? 'utf8' : 'latin1';
  const whole = encoding === 'utf8' ? text : buffer.toString('latin1');
  const redacted = redact(whole);
  return redacted === whole ? bytes : Buffer.from(redacted, encoding);
}
