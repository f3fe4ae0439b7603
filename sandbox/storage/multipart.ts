import { invalid } from './storage-error.ts';

export interface Multipart {
  /** The first part: the object's metadata, as JSON. */
  readonly metadata: string;
  /** The second part's `Content-Type`; empty if it says none. */
  readonly contentType: string;
  /** The second part's bytes as they come. */
  readonly content: AsyncIterable<Uint8Array>;
}

const headLimitBytes = 1_048_576;
const emptyLine = '\r\n\r\n';

/** The boundary of a `multipart/…` content type. */
export function boundaryOf(contentType: string): string {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare ?? '';
  if (!boundary)
    throw invalid('A multipart upload needs the header Content-Type: multipart/related; boundary=….');
  return boundary.replace(/^'(.*)'$/, '$1');
}

/**
 * Splits `multipart/related` (RFC 2387) while it comes: metadata, then content. Only the part before the
 * content is ever gathered.
 */
export async function splitMultipart(
  pieces: AsyncIterable<Uint8Array>,
  boundary: string,
): Promise<Multipart> {
  const source = pieces[Symbol.asyncIterator]();
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  let head = Buffer.from('\r\n');
  for (;;) {
    const split = splitHead(head, delimiter);
    if (split) return { ...split, content: untilDelimiter(source, split.rest, delimiter) };
    if (head.length > headLimitBytes)
      throw invalid('The metadata of a multipart upload is larger than 1 MiB.');
    const next: IteratorResult<Uint8Array, unknown> = await source.next();
    if (next.done) throw invalid('A multipart upload must have two parts, the metadata and the content.');
    head = Buffer.concat([head, next.value]);
  }
}

function splitHead(head: Buffer, delimiter: Buffer) {
  const metadataStart = head.indexOf(emptyLine, head.indexOf(delimiter));
  const metadataEnd = head.indexOf(delimiter, metadataStart + emptyLine.length);
  const contentStart = head.indexOf(emptyLine, metadataEnd + delimiter.length);
  if (metadataStart === -1 || metadataEnd === -1 || contentStart === -1) return null;
  const contentHeaders = head.toString('latin1', metadataEnd + delimiter.length, contentStart);
  return {
    metadata: head.toString('utf8', metadataStart + emptyLine.length, metadataEnd),
    contentType: /^content-type:[ \t]*(\S[^\r\n]*?)[ \t]*$/im.exec(contentHeaders)?.[1] ?? '',
    rest: head.subarray(contentStart + emptyLine.length),
  };
}

async function* untilDelimiter(
  source: AsyncIterator<Uint8Array, unknown>,
  rest: Buffer,
  delimiter: Buffer,
): AsyncGenerator<Uint8Array> {
  let piece = rest;
  for (;;) {
    const end = piece.indexOf(delimiter);
    if (end !== -1) {
      if (end > 0) yield piece.subarray(0, end);
      return drain(source);
    }
    const keptBytes = startOfDelimiter(piece, delimiter);
    if (piece.length > keptBytes) yield piece.subarray(0, piece.length - keptBytes);
    const carry = piece.subarray(piece.length - keptBytes);
    const next: IteratorResult<Uint8Array, unknown> = await source.next();
    if (next.done) throw invalid('Missing end boundary in multipart body.');
    piece = carry.length === 0 ? bufferOf(next.value) : Buffer.concat([carry, next.value]);
  }
}

/** How many bytes at the end of the piece could be the start of the delimiter. */
function startOfDelimiter(piece: Buffer, delimiter: Buffer): number {
  for (let bytes = Math.min(delimiter.length - 1, piece.length); bytes > 0; bytes--) {
    if (piece.subarray(piece.length - bytes).equals(delimiter.subarray(0, bytes))) return bytes;
  }
  return 0;
}

async function drain(source: AsyncIterator<Uint8Array, unknown>): Promise<void> {
  while (!(await source.next()).done);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
