import { randomUUID } from 'node:crypto';

/** A part as the official client gives it. */
export interface RelatedPart {
  readonly 'Content-Type': string;
  readonly body: string | AsyncIterable<Uint8Array>;
}

/** A body of type multipart/related (RFC 2387): what Cloud Storage takes as metadata and content in one request. */
export function multipartRelated(parts: readonly RelatedPart[]): {
  contentType: string;
  body: AsyncIterable<Uint8Array>;
} {
  const boundary = randomUUID();
  return { contentType: `multipart/related; boundary=${boundary}`, body: pieces(parts, boundary) };
}

async function* pieces(parts: readonly RelatedPart[], boundary: string): AsyncGenerator<Uint8Array> {
  for (const { body, ...head } of parts) {
    yield Buffer.from(`--${boundary}\r\nContent-Type: ${head['Content-Type']}\r\n\r\n`);
    if (typeof body === 'string') yield Buffer.from(body);
    else yield* body;
    yield Buffer.from('\r\n');
  }
  yield Buffer.from(`--${boundary}--`);
}
