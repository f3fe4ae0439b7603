import type { JsonObject } from '../json.ts';
import { fieldText } from './fields.ts';
import { jsonBody, param, reply, replyEmpty } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { maxResults } from './objects.ts';
import { checkPreconditions } from './preconditions.ts';
import { bucketResource, patched } from './resources.ts';

/** Not the client's to say. */
const ownFields = new Set([
  'kind',
  'id',
  'name',
  'selfLink',
  'timeCreated',
  'updated',
  'metageneration',
  'etag',
  'generation',
]);

/** `POST /b?project=…`. */
export async function createBucket(exchange: Exchange): Promise<void> {
  const body = await jsonBody(exchange);
  const bucket = exchange.store.createBucket(fieldText(body, 'name'), kept(body));
  reply(exchange, bucketResource(bucket, exchange.origin));
}

/** `GET /b?project=…`. */
export function listBuckets(exchange: Exchange): void {
  const { query, store, origin } = exchange;
  const prefix = query.get('prefix') ?? '';
  const after = query.get('pageToken') ?? '';
  const size = maxResults(query);
  const left = store.buckets().filter(({ name }) => name.startsWith(prefix) && name > after);
  const page = left.slice(0, size);
  const last = left.length > size ? page.at(-1)?.name : undefined;
  reply(exchange, {
    kind: 'storage#buckets',
    ...(last === undefined ? {} : { nextPageToken: last }),
    items: page.map((bucket) => bucketResource(bucket, origin)),
  });
}

export function getBucket(exchange: Exchange): void {
  const bucket = exchange.store.bucket(param(exchange, 'bucket'));
  checkPreconditions(exchange.query, versionOf(bucket), { isRead: true });
  reply(exchange, bucketResource(bucket, exchange.origin));
}

export async function changeBucket(exchange: Exchange): Promise<void> {
  const changes = await jsonBody(exchange);
  const bucket = exchange.store.bucket(param(exchange, 'bucket'));
  checkPreconditions(exchange.query, versionOf(bucket));
  const changed = exchange.store.changeBucket(bucket, kept(patched(bucket.fields, changes)));
  reply(exchange, bucketResource(changed, exchange.origin));
}

export function deleteBucket(exchange: Exchange): void {
  const bucket = exchange.store.bucket(param(exchange, 'bucket'));
  checkPreconditions(exchange.query, versionOf(bucket));
  exchange.store.deleteBucket(bucket);
  replyEmpty(exchange, 204);
}

/** The sandbox asks nobody who he is: all permissions that one asks for. */
export function testPermissions(exchange: Exchange): void {
  exchange.store.bucket(param(exchange, 'bucket'));
  const permissions = exchange.query.getAll('permissions');
  reply(exchange, { kind: 'storage#testIamPermissionsResponse', permissions });
}

function kept(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !ownFields.has(name)));
}

function versionOf({ metageneration }: { metageneration: number }) {
  return { generation: '1', metageneration };
}
