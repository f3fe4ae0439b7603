import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import { blockBytes } from './content.ts';
import type { ContentReceiver } from './content.ts';
import { parseContentRange } from './content-range.ts';
import type { ContentRange } from './content-range.ts';
import { contentOf, header, param, replyEmpty, replyObject } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { finalize } from './finalize.ts';
import type { StoredObject } from './object-store.ts';
import { plainRefusal } from './storage-error.ts';

interface Session {
  readonly name: string;
  readonly metadata: JsonObject;
  readonly query: URLSearchParams;
  readonly receiver: ContentReceiver;
  /** What the client said it would send, if it did. */
  readonly announcedBytes: number | null;
  /** The object, once the upload is whole. */
  made: StoredObject | null;
  /** One request at a time. */
  busy: Promise<void>;
}

/** Sessions kept; beyond that the oldest is forgotten, as the real service forgets them after a week. */
const sessionLimit = 10_000;

/**
 * Resumable uploads: a session collects the bytes of its PUTs, in any number of requests, until the total is
 * known and reached. 308 with `Range` tells how far it is. What a request that breaks off has left behind stays,
 * in whole blocks of 256 KiB.
 *
 * Source: cloud.google.com/storage/docs/performing-resumable-uploads.
 */
export class ResumableUploads {
  readonly #sessions = new Map<string, Session>();

  start({ store, query, params, origin, request }: Exchange, name: string, metadata: JsonObject) {
    const id = randomBytes(24).toString('base64url');
    const contentType = request.headers['x-upload-content-type'];
    const typed = {
      contentType: contentType ? String(contentType) : 'application/octet-stream',
      ...metadata,
    };
    const announced = request.headers['x-upload-content-length'];
    const session = {
      name,
      metadata: typed,
      query,
      receiver: store.receive(name),
      announcedBytes: announced === undefined ? null : Number(announced),
      made: null,
      busy: Promise.resolve(),
    };
    this.#sessions.set(id, session);
    const [oldest] = this.#sessions;
    if (oldest && this.#sessions.size > sessionLimit) void this.#end(...oldest);
    const path = `/upload/storage/v1/b/${encodeURIComponent(params['bucket'] ?? '')}/o`;
    return {
      id,
      url: `${origin}${path}?uploadType=resumable&name=${encodeURIComponent(name)}&upload_id=${id}`,
    };
  }

  /** `PUT` to the session's address: bytes, or a question how far it is. */
  async put(exchange: Exchange): Promise<void> {
    const session = this.#session(exchange);
    const before = session.busy;
    let done = (): void => undefined;
    session.busy = new Promise((resolve) => (done = resolve));
    await before;
    try {
      await this.#take(exchange, session);
    } finally {
      done();
    }
  }

  /** `DELETE`: gives the upload up. The real service answers 499. */
  async cancel(exchange: Exchange): Promise<void> {
    const session = this.#session(exchange);
    await this.#end(exchange.query.get('upload_id') ?? '', session);
    replyEmpty(exchange, 499);
  }

  async #take(exchange: Exchange, session: Session): Promise<void> {
    const range = parseContentRange(header(exchange, 'content-range'));
    if (session.made) {
      answerDone(exchange, session.made);
      return;
    }
    const { receiver } = session;
    if (range.startByte === null) {
      if (range.totalBytes === receiver.sizeBytes) return this.#finish(exchange, session);
      answerOpen(exchange, receiver.sizeBytes);
      return;
    }
    checkStart(range, receiver.sizeBytes);
    const untilByte = Math.max(range.startByte, receiver.sizeBytes);
    try {
      await receiver.append(withoutFirst(untilByte - range.startByte, contentOf(exchange)));
    } catch (problem) {
      await receiver.backToBlock();
      throw problem;
    }
    const isLast = range.endByte === null || range.totalBytes === range.endByte + 1;
    if (isLast && isWhole(range, receiver.sizeBytes)) return this.#finish(exchange, session);
    const gotBytes = receiver.sizeBytes - range.startByte;
    await receiver.backToBlock();
    checkLength(range, gotBytes);
    answerOpen(exchange, receiver.sizeBytes);
  }

  async #finish(exchange: Exchange, session: Session): Promise<void> {
    const { name, metadata, receiver, query, announcedBytes } = session;
    if (announcedBytes !== null && announcedBytes !== receiver.sizeBytes) {
      throw plainRefusal(
        400,
        `Invalid request.  X-Upload-Content-Length was ${announcedBytes}, the upload has ${receiver.sizeBytes} byte(s).`,
      );
    }
    const hashes = header(exchange, 'x-goog-hash');
    try {
      session.made = finalize({ ...exchange, query }, { name, content: receiver.done(), metadata, hashes });
    } catch (problem) {
      await this.#end(exchange.query.get('upload_id') ?? '', session);
      throw problem;
    }
    answerDone(exchange, session.made);
  }

  #session(exchange: Exchange): Session {
    const session = this.#sessions.get(exchange.query.get('upload_id') ?? '');
    if (!session) throw plainRefusal(404, `No such upload session for ${param(exchange, 'bucket')}.`);
    return session;
  }

  async #end(id: string, session: Session): Promise<void> {
    this.#sessions.delete(id);
    if (!session.made) await session.receiver.discard();
  }
}

function answerDone(exchange: Exchange, made: StoredObject): void {
  exchange.request.resume();
  replyObject(exchange, made);
}

/**
 * 308: go on. Without `Range` if nothing is there yet. Go's client asks for a 200 that says so in a header, since other
 * software takes 308 for a redirection.
 */
function answerOpen(exchange: Exchange, sizeBytes: number): void {
  const range: Record<string, string> = sizeBytes > 0 ? { range: `bytes=0-${sizeBytes - 1}` } : {};
  const isHidden = header(exchange, 'x-guploader-no-308') === 'yes';
  if (isHidden) replyEmpty(exchange, 200, { ...range, 'x-http-status-code-override': '308' });
  else replyEmpty(exchange, 308, range);
}

function checkStart({ startByte, endByte, totalBytes }: ContentRange, sizeBytes: number): void {
  const start = startByte ?? 0;
  if (start > sizeBytes) {
    throw plainRefusal(
      503,
      `Invalid request.  According to the Content-Range header, the upload offset is ${start} byte(s), which exceeds already uploaded size of ${sizeBytes} byte(s).`,
    );
  }
  const isLast = endByte === null || totalBytes === endByte + 1;
  if (!isLast && endByte + 1 - start < blockBytes) {
    throw plainRefusal(
      400,
      `Invalid request.  The number of bytes uploaded is required to be equal or greater than ${blockBytes}, except for the final request (it's recommended to be the exact multiple of ${blockBytes}).  The received request contained ${endByte + 1 - start} bytes, which does not meet this requirement.`,
    );
  }
}

function isWhole({ endByte, totalBytes }: ContentRange, sizeBytes: number): boolean {
  const expected = totalBytes ?? (endByte === null ? null : endByte + 1);
  return expected === null || expected === sizeBytes;
}

function checkLength({ startByte, endByte, totalBytes }: ContentRange, gotBytes: number): void {
  const start = startByte ?? 0;
  const end = endByte ?? (totalBytes === null ? null : totalBytes - 1);
  if (end === null || (endByte === null && start + gotBytes < end + 1) || start + gotBytes === end + 1)
    return;
  throw plainRefusal(
    400,
    `Invalid request.  There were ${gotBytes} byte(s) in the request body.  There should have been ${end + 1 - start} byte(s) (starting at offset ${start} and ending at offset ${end}) according to the Content-Range header.`,
  );
}

/** The pieces without their first bytes, which the session has already. */
async function* withoutFirst(bytes: number, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const piece of pieces) {
    if (left < piece.length) yield left === 0 ? piece : piece.subarray(left);
    left = Math.max(0, left - piece.length);
  }
}
