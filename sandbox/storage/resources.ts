import type { JsonObject } from '../json.ts';
import type { Bucket, StoredObject } from './object-store.ts';

/** What a client may set on an object (JSON API, `objects` resource). */
const writableFields = [
  'contentType',
  'contentEncoding',
  'contentDisposition',
  'contentLanguage',
  'cacheControl',
  'customTime',
  'storageClass',
  'metadata',
] as const;

/** The `objects` resource of the JSON API. `origin` is where the sandbox is. */
export function objectResource(object: StoredObject, origin: string): JsonObject {
  const { bucket, name, generation, metageneration, content, fields, componentCount } = object;
  const path = `b/${encodeURIComponent(bucket)}/o/${encodeURIComponent(name)}`;
  return {
    kind: 'storage#object',
    id: `${bucket}/${name}/${generation}`,
    selfLink: `${origin}/storage/v1/${path}`,
    mediaLink: `${origin}/download/storage/v1/${path}?generation=${generation}&alt=media`,
    name,
    bucket,
    generation,
    metageneration: String(metageneration),
    storageClass: 'STANDARD',
    ...fields,
    size: String(content.sizeBytes),
    ...(content.md5Hash === null ? {} : { md5Hash: content.md5Hash }),
    crc32c: content.crc32c,
    ...(componentCount > 0 ? { componentCount } : {}),
    etag: etagOf(object),
    timeCreated: time(object.createdEpochMs),
    updated: time(object.updatedEpochMs),
    timeStorageClassUpdated: time(object.createdEpochMs),
    timeFinalized: time(object.createdEpochMs),
  };
}

/** The `buckets` resource of the JSON API. */
export function bucketResource(bucket: Bucket, origin: string): JsonObject {
  const { name, fields, createdEpochMs, updatedEpochMs, metageneration } = bucket;
  return {
    kind: 'storage#bucket',
    id: name,
    selfLink: `${origin}/storage/v1/b/${encodeURIComponent(name)}`,
    name,
    projectNumber: '1',
    location: 'US',
    locationType: 'multi-region',
    storageClass: 'STANDARD',
    ...fields,
    metageneration: String(metageneration),
    generation: String(createdEpochMs * 1000),
    etag: bucketEtag(bucket),
    timeCreated: time(createdEpochMs),
    updated: time(updatedEpochMs),
  };
}

export function bucketEtag({ createdEpochMs, metageneration }: Bucket): string {
  return Buffer.from(`${createdEpochMs}/${metageneration}`).toString('base64');
}

export function etagOf({ generation, metageneration }: StoredObject): string {
  return Buffer.from(`${generation}/${metageneration}`).toString('base64');
}

/** What is kept of the metadata that a client sends with an upload. */
export function fieldsOf(sent: JsonObject): JsonObject {
  const kept = writableFields.flatMap((name) => {
    const value = sent[name];
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(kept);
}

/** A change laid over what there is: null takes a field away, in `metadata` key by key (`objects.patch`). */
export function patched(before: JsonObject, changes: JsonObject): JsonObject {
  const after = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(changes)) {
    const old = after.get(name);
    if (value === null) after.delete(name);
    else after.set(name, isPlain(value) && isPlain(old) ? patched(old, value) : value);
  }
  return Object.fromEntries(after);
}

function isPlain(value: JsonObject[string] | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function time(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
