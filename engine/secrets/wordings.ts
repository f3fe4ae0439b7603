const utf8 = new TextEncoder();

/**
 * The texts by which a secret is found, once what was encoded has been decoded: itself, what is left of it where
 * characters got lost, and its bytes in hexadecimal and Base64.
 */
export function wordingsOf(secret: string): string[] {
  const forms = new Set([
    secret,
    secret.normalize('NFC'),
    secret.normalize('NFD'),
    secret.replaceAll('\r\n', '\n'),
  ]);
  const trimmed = secret.trim();
  // A header loses spaces at its ends; a URL loses tabs and line ends, and its backslashes are slashes.
  const inUrl = secret.replaceAll(/[\t\r\n]/g, '').replaceAll('\\', '/');
  for (const shorter of [trimmed, inUrl]) {
    if (isSearched(shorter)) forms.add(shorter);
  }
  const encoded = [...forms].flatMap((form) => [...bytesForms(utf8.encode(form)), ...latinForms(form)]);
  return [...new Set([...forms, ...lostForms(secret), ...encoded])].filter((form) => form !== '');
}

/** Shorter ones are part of too many innocent words. */
export const shortestSearched = 6;

/** Whether a secret is long enough to be searched for in what others write. */
export function isSearched(secret: string): boolean {
  return Array.from(secret).length >= shortestSearched;
}

function latinForms(text: string): string[] {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const isLatin = codes.some((code) => code > 0x7f) && codes.every((code) => code <= 0xff);
  return isLatin ? bytesForms(new Uint8Array(codes)) : [];
}

/** What a program leaves that writes or reads a charset without some of the characters. */
function lostForms(text: string): string[] {
  const kept = text.replaceAll(/[^\0-\x7f]/gu, '');
  if (kept === text || kept.length < 4) return [];
  return [
    text.replaceAll(/[^\0-\x7f]/gu, '?'),
    text.replaceAll(/[^\0-\x7f]/gu, '\ufffd'),
    text.replaceAll(/[^\0-\x7f]/gu, (found) => '\ufffd'.repeat(utf8.encode(found).length)),
  ];
}

function bytesForms(bytes: Uint8Array): string[] {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const base64 = [0, 1, 2].map((before) => base64Core(bytes, before));
  const urlSafe = base64.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'));
  return [hex, hex.toUpperCase(), ...base64, ...urlSafe];
}

/**
 * What stands in a Base64 text wherever these bytes do, `before` bytes behind a multiple of three: only the characters
 * that no neighbour changes.
 */
function base64Core(bytes: Uint8Array, before: number): string {
  const padded = new Uint8Array(before + bytes.length);
  padded.set(bytes, before);
  let latin = '';
  for (const byte of padded) latin += String.fromCharCode(byte);
  const whole = btoa(latin).replace(/=+$/, '');
  const last = (8 * padded.length) % 6 === 0 ? whole.length : whole.length - 1;
  return whole.slice(Math.ceil((8 * before) / 6), last);
}
