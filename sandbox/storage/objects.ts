import { copyFile, link } from 'node:fs/promises';
import type { JsonObject } from '../json.ts';
import { compose } from './compose.ts';
import { jsonBody, param, reply, replyEmpty, replyObject } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { sendContent } from './download.ts';
import { globOf } from './glob.ts';
import { listNames } from './listing.ts';
import type { StoredObject } from './object-store.ts';
import { composeBody, objectBody } from './known-fields.ts';
import { checkPreconditions, checkTags } from './preconditions.ts';
import { etagOf, fieldsOf, objectResource, patched } from './resources.ts';
import { invalid, noSuchObject } from './storage-error.ts';

/** `GET /b/BUCKET/o`. */
export function listObjects(exchange: Exchange): void {
  const { query, store, origin } = exchange;
  const bucket = store.bucket(param(exchange, 'bucket'));
  const glob = query.get('matchGlob') ?? '';
  const { items, prefixes, last } = listNames(bucket.objects, {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    includeTrailingDelimiter: query.get('includeTrailingDelimiter') === 'true',
    startOffset: query.get('startOffset') ?? '',
    endOffset: query.get('endOffset') ?? '',
    ...(glob && { matches: globOf(glob) }),
    maxResults: maxResults(query),
    after: nameIn(query.get('pageToken') ?? ''),
  });
  reply(exchange, {
    kind: 'storage#objects',
    ...(last === null ? {} : { nextPageToken: Buffer.from(last).toString('base64url') }),
    ...(prefixes.length > 0 ? { prefixes } : {}),
    ...(items.length > 0 ? { items: items.map((object) => objectResource(object, origin)) } : {}),
  });
}

/** The last name of the page before. A token of nobody's would make a full bucket look empty. */
export function nameIn(pageToken: string): string {
  const name = Buffer.from(pageToken, 'base64url').toString();
  if (Buffer.from(name).toString('base64url') === pageToken) return name;
  throw invalid(`Invalid value for: pageToken, "${pageToken}" is none that was given.`);
}

/** 1 to 1000, 1000 by default. */
export function maxResults(query: URLSearchParams): number {
  const text = query.get('maxResults') ?? '1000';
  if (!/^\d+$/.test(text)) throw invalid(`Invalid value for: maxResults, "${text}" is not a whole number.`);
  return Math.min(1000, Number(text) || 1000);
}

/** `GET /b/BUCKET/o/OBJECT`: metadata, or with `alt=media` the content. */
export async function getObject(exchange: Exchange): Promise<void> {
  const object = found(exchange, { isRead: true });
  if (exchange.query.get('alt') === 'media') await sendContent(exchange, object);
  else replyObject(exchange, object);
}

/** The content, whatever `alt` says: `/download/storage/v1/…`. */
export async function downloadObject(exchange: Exchange): Promise<void> {
  await sendContent(exchange, found(exchange, { isRead: true }));
}

/** `PATCH` lays the body over the metadata, `PUT` puts it in its place. */
export async function changeObject(exchange: Exchange): Promise<void> {
  const changes = await jsonBody(exchange, objectBody);
  const object = found(exchange);
  const isPatch = exchange.request.method === 'PATCH';
  const fields = fieldsOf(isPatch ? patched(object.fields, changes) : changes);
  replyObject(exchange, exchange.store.changeObject(object, fields));
}

export function deleteObject(exchange: Exchange): void {
  exchange.store.deleteObject(found(exchange));
  replyEmpty(exchange, 204);
}

/** `POST /b/BUCKET/o/OBJECT/compose`. */
export async function composeObject(exchange: Exchange): Promise<void> {
  const { store, query } = exchange;
  const [bucket, name] = [param(exchange, 'bucket'), param(exchange, 'object')];
  const body = await jsonBody(exchange, composeBody);
  store.bucket(bucket);
  checkPreconditions(query, store.object(bucket, name));
  replyObject(exchange, await compose(store, { bucket, name }, body));
}

/** `POST …/rewriteTo/…`: always done at once. */
export async function rewriteObject(exchange: Exchange): Promise<void> {
  const copied = await copy(exchange);
  const size = String(copied.content.sizeBytes);
  const resource = objectResource(copied, exchange.origin);
  reply(exchange, {
    kind: 'storage#rewriteResponse',
    totalBytesRewritten: size,
    objectSize: size,
    done: true,
    resource,
  });
}

/** `POST …/copyTo/…`. */
export async function copyObject(exchange: Exchange): Promise<void> {
  replyObject(exchange, await copy(exchange));
}

/** `POST …/moveTo/…`: within one bucket. */
export async function moveObject(exchange: Exchange): Promise<void> {
  const moved = await copy(exchange);
  exchange.store.deleteObject(found(exchange));
  replyObject(exchange, moved);
}

async function copy(exchange: Exchange): Promise<StoredObject> {
  const { store, query } = exchange;
  const changes = await jsonBody(exchange, objectBody);
  const source = found(exchange, { source: true });
  const [bucket, name] = [param(exchange, 'toBucket') || source.bucket, param(exchange, 'toObject')];
  store.bucket(bucket);
  checkPreconditions(query, store.object(bucket, name));
  const path = source.content.path === null ? null : store.newPath(name);
  if (source.content.path !== null && path !== null) await share(source.content.path, path);
  const sent = fieldsOf(changes);
  const fields: JsonObject = Object.keys(sent).length > 0 ? sent : source.fields;
  const { componentCount } = source;
  return store.finalize(bucket, name, { content: { ...source.content, path }, fields, componentCount });
}

/** The same bytes under a second name: contents are never written again. */
export async function share(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}

function found(exchange: Exchange, kind: { isRead?: boolean; source?: boolean } = {}): StoredObject {
  const { store, query } = exchange;
  const [bucket, name] = [param(exchange, 'bucket'), param(exchange, 'object')];
  const object = store.bucket(bucket).objects.get(name);
  const wanted = query.get(kind.source ? 'sourceGeneration' : 'generation');
  if (!object || (wanted && wanted !== object.generation)) throw noSuchObject(bucket, name);
  checkPreconditions(query, object, kind);
  if (kind.source !== true) checkTags(exchange.request, etagOf(object), kind);
  return object;
}
