import { StorageError } from './storage-error.ts';

/** Both ends included. */
export interface ByteRange {
  readonly startByte: number;
  readonly endByte: number;
}

/**
 * The one range that a `Range` header asks for (RFC 9110, 14.2); null for all, also where the header is of
 * another form or asks for several. 416 if it begins at or after the end.
 */
export function parseRange(text: string, sizeBytes: number): ByteRange | null {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(text.trim());
  if (!parts || text.trim() === 'bytes=-') return null;
  const [, from = '', to = ''] = parts;
  const last = sizeBytes - 1;
  const startByte = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const endByte = from === '' || to === '' ? last : Math.min(last, Number(to));
  if (from !== '' && to !== '' && Number(to) < startByte) return null;
  if (startByte > last)
    throw new StorageError(416, 'requestedRangeNotSatisfiable', 'Request range not satisfiable', {
      headers: { 'content-range': `bytes */${sizeBytes}` },
    });
  return { startByte, endByte };
}
