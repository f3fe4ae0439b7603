import type { JsonObject } from '../json.ts';
import { finalize } from './finalize.ts';
import { fieldText } from './fields.ts';
import type { ContentReceiver } from './content.ts';
import { contentOf, header, jsonBody, param, parseMetadata, replyEmpty, replyObject } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { objectBody } from './known-fields.ts';
import { boundaryOf, splitMultipart } from './multipart.ts';
import { checkPreconditions } from './preconditions.ts';
import type { ResumableUploads } from './resumable.ts';
import { invalid, required } from './storage-error.ts';
import type { StoredObject } from './object-store.ts';

/** `POST /upload/storage/v1/b/BUCKET/o`: media and multipart at once, resumable as a session. */
export async function insertObject(exchange: Exchange, uploads: ResumableUploads): Promise<void> {
  exchange.store.bucket(param(exchange, 'bucket'));
  const type = exchange.query.get('uploadType') ?? '';
  if (type === 'resumable') {
    const metadata = await jsonBody(exchange, objectBody);
    const name = nameOf(exchange, metadata);
    checkPreconditions(exchange.query, exchange.store.object(param(exchange, 'bucket'), name));
    const location = uploads.start(exchange, name, metadata);
    replyEmpty(exchange, 200, { location: location.url, 'x-guploader-uploadid': location.id });
    return;
  }
  if (type !== 'media' && type !== 'multipart') {
    throw required(`uploadType must be media, multipart or resumable, got "${type}".`);
  }
  const object = type === 'media' ? await media(exchange) : await multipart(exchange);
  replyObject(exchange, object);
}

async function media(exchange: Exchange): Promise<StoredObject> {
  const name = nameOf(exchange, {});
  const receiver = exchange.store.receive(name);
  const metadata = {
    contentType: header(exchange, 'content-type') || 'application/octet-stream',
    ...(header(exchange, 'content-encoding')
      ? { contentEncoding: header(exchange, 'content-encoding') }
      : {}),
  };
  return take(exchange, contentOf(exchange), { name, receiver, metadata });
}

async function multipart(exchange: Exchange): Promise<StoredObject> {
  const parts = await splitMultipart(contentOf(exchange), boundaryOf(header(exchange, 'content-type')));
  const sent = parseMetadata(parts.metadata, objectBody);
  const metadata = { contentType: parts.contentType || 'application/octet-stream', ...sent };
  const name = nameOf(exchange, sent);
  return take(exchange, parts.content, { name, receiver: exchange.store.receive(name), metadata });
}

interface Incoming {
  readonly name: string;
  readonly receiver: ContentReceiver;
  readonly metadata: JsonObject;
}

async function take(
  exchange: Exchange,
  pieces: AsyncIterable<Uint8Array>,
  { name, receiver, metadata }: Incoming,
): Promise<StoredObject> {
  try {
    await receiver.append(pieces);
    return finalize(exchange, {
      name,
      content: receiver.done(),
      metadata,
      hashes: header(exchange, 'x-goog-hash'),
    });
  } catch (problem) {
    await receiver.discard();
    throw problem;
  }
}

function nameOf({ query }: Exchange, metadata: JsonObject): string {
  const name = query.get('name') || fieldText(metadata, 'name');
  if (!name) throw required('Required');
  if (Buffer.byteLength(name) > 1024 || /[\r\n]/.test(name) || name === '.' || name === '..') {
    throw invalid('Invalid object name: 1 to 1024 bytes of UTF-8, no line ends, and neither . nor ...');
  }
  return name;
}
