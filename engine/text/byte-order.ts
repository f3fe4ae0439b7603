/** Longer marks first: that of UTF-32 begins like that of UTF-16. */
const marks: readonly (readonly [name: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
];

/** The charset whose byte order mark a body begins with; null: none. */
export function byMark(body: Uint8Array): string | null {
  const first = body[0] ?? 0x20;
  if (first !== 0 && first < 0xef) return null;
  return marks.find(([, mark]) => mark.every((byte, at) => body[at] === byte))?.[0] ?? null;
}

/** By which of the first four bytes are zero, as of texts that begin with ASCII (RFC 4627 §3). */
const zeros: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['utf-32be', /^000x/],
  ['utf-32le', /^x000/],
  ['utf-16be', /^0x/],
  ['utf-16le', /^x0/],
];

/** UTF-16 or UTF-32 of a body without a mark that begins with an ASCII character; null for what is neither. */
export function byZeros(body: Uint8Array): string | null {
  if (body.length < 2 || (body[0] !== 0 && body[1] !== 0)) return null;
  const shape = Array.from(body.subarray(0, 4), (byte) => (byte === 0 ? '0' : 'x')).join('');
  return zeros.find(([, pattern]) => pattern.test(shape))?.[0] ?? null;
}
