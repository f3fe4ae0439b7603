import type { DataType } from '../../engine/model/sample.ts';

/** Name, value, name, value …: slices of what came over the wire, spelled as the server did. */
export type RawHeaders = readonly Buffer[];

/** Bytes of the header lines with their separators, and of the empty line after them. */
export function headerBytes(raw: RawHeaders): number {
  let bytes = 2 + raw.length * 2;
  for (const part of raw) bytes += part.length;
  return bytes;
}

/** The value of the first header of a name in lower case. Nothing is decoded unless lengths agree. */
export function findHeader(raw: RawHeaders, name: string): Buffer | undefined {
  for (let i = 0; i + 1 < raw.length; i += 2) {
    if (isNamed(raw[i], name)) return raw[i + 1];
  }
  return undefined;
}

/** The values of all headers of a name in lower case. */
export function findHeaders(raw: RawHeaders, name: string): string[] {
  const values: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    if (isNamed(raw[i], name)) values.push(raw[i + 1]?.toString('latin1') ?? '');
  }
  return values;
}

/** All headers as text, spelled as the server did. */
export function headerPairs(raw: RawHeaders): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    pairs.push([raw[i]?.toString('latin1') ?? '', raw[i + 1]?.toString('latin1') ?? '']);
  }
  return pairs;
}

/** JMeter's: images, audio and video are binary, except the formats among them that are text. */
export function dataTypeOf(raw: RawHeaders): DataType {
  const contentType = findHeader(raw, 'content-type');
  if (contentType === undefined || !mayBeBinary(contentType)) return 'text';
  const type = contentType.toString('latin1').toLowerCase();
  return /^(image|audio|video)\/(?!svg\+xml|x-mpegurl|mpegurl|f4m)/.test(type) ? 'bin' : 'text';
}

/** Spares making text of `text/…` and `application/…`. */
function mayBeBinary(contentType: Buffer): boolean {
  const first = (contentType[0] ?? 0) | 0x20;
  const second = (contentType[1] ?? 0) | 0x20;
  return first === 0x69 || first === 0x76 || (first === 0x61 && second === 0x75);
}

/** Whether a name as it was sent is that one, which is in lower case. */
export function isNamed(part: Buffer | undefined, name: string): boolean {
  if (part?.length !== name.length) return false;
  for (let i = 0; i < name.length; i++) {
    if (((part[i] ?? 0) | 0x20) !== name.charCodeAt(i)) return false;
  }
  return true;
}
