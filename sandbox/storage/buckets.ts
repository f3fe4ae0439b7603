import type { JsonObject } from '../json.ts';
import { fieldText } from './fields.ts';
import { jsonBody, param, reply, replyEmpty } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { maxResults, nameIn } from './objects.ts';
import { bucketBody } from './known-fields.ts';
import type { Bucket } from './object-store.ts';
import { checkPreconditions, checkTags } from './preconditions.ts';
import { bucketEtag, bucketResource, patched } from './resources.ts';

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

/** Stay as they are when all else is replaced. */
const lastingFields = new Set(['location', 'locationType', 'storageClass']);

/** `POST /b?project=…`. */
export async function createBucket(exchange: Exchange): Promise<void> {
  const body = await jsonBody(exchange, bucketBody);
  const bucket = exchange.store.createBucket(fieldText(body, 'name'), kept(body));
  reply(exchange, bucketResource(bucket, exchange.origin));
}

/** `GET /b?project=…`. */
export function listBuckets(exchange: Exchange): void {
  const { query, store, origin } = exchange;
  const prefix = query.get('prefix') ?? '';
  const after = nameIn(query.get('pageToken') ?? '');
  const size = maxResults(query);
  const left = store.buckets().filter(({ name }) => name.startsWith(prefix) && name > after);
  const page = left.slice(0, size);
  const last = left.length > size ? page.at(-1)?.name : undefined;
  reply(exchange, {
    kind: 'storage#buckets',
    ...(last === undefined ? {} : { nextPageToken: Buffer.from(last).toString('base64url') }),
    items: page.map((bucket) => bucketResource(bucket, origin)),
  });
}

export function getBucket(exchange: Exchange): void {
  const bucket = exchange.store.bucket(param(exchange, 'bucket'));
  checkVersion(exchange, bucket, { isRead: true });
  reply(exchange, bucketResource(bucket, exchange.origin));
}

/** `PATCH` lays the body over what is said of the bucket, `PUT` puts it in its place. Where it is stays. */
export async function changeBucket(exchange: Exchange): Promise<void> {
  const changes = await jsonBody(exchange, bucketBody);
  const bucket = exchange.store.bucket(param(exchange, 'bucket'));
  checkVersion(exchange, bucket);
  const isPatch = exchange.request.method === 'PATCH';
  const lasting = Object.entries(bucket.fields).filter(([name]) => lastingFields.has(name));
  const fields = isPatch ? patched(bucket.fields, changes) : { ...Object.fromEntries(lasting), ...changes };
  const changed = exchange.store.changeBucket(bucket, kept(fields));
  reply(exchange, bucketResource(changed, exchange.origin));
}

export function deleteBucket(exchange: Exchange): void {
  const bucket = exchange.store.bucket(param(exchange, 'bucket'));
  checkVersion(exchange, bucket);
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

function checkVersion({ query, request }: Exchange, bucket: Bucket, kind: { isRead?: boolean } = {}): void {
  checkPreconditions(query, { generation: '1', metageneration: bucket.metageneration }, kind);
  checkTags(request, bucketEtag(bucket), kind);
}
