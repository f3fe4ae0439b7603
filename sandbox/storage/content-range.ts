import { plainRefusal } from './storage-error.ts';

/** What a PUT of a resumable upload says of its bytes. */
export interface ContentRange {
  /** Where its first byte belongs; null if it brings none and asks how far the upload is. */
  readonly startByte: number | null;
  /** Where its last byte belongs; null if it goes on to the end of the body. */
  readonly endByte: number | null;
  /** Size of the whole; null if it is not known yet. */
  readonly totalBytes: number | null;
}

const form = /^bytes[ =](?:\*|(\d+)-(\*|\d+))\/(\*|\d+)$/;

/** Reads a `Content-Range` (RFC 9110, 14.4, and Google's stars); without the header the body is the whole. */
export function parseContentRange(text: string): ContentRange {
  if (text === '') return { startByte: 0, endByte: null, totalBytes: null };
  const parts = form.exec(text);
  if (!parts) throw plainRefusal(400, 'Failed to parse Content-Range header.');
  const [, start, end, total] = parts;
  return { startByte: numberOr(start), endByte: numberOr(end), totalBytes: numberOr(total) };
}

function numberOr(text: string | undefined): number | null {
  return text === undefined || text === '*' ? null : Number(text);
}
