import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { combineCrc32c } from '../../engine/checksum/combine.ts';
import { isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Content } from './content.ts';
import { fieldText } from './fields.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { fieldsOf } from './resources.ts';
import { invalid, required, StorageError } from './storage-error.ts';

const mostSources = 32;
const pieceBytes = 1_048_576;

/** Objects one after the other as a new one. It has a CRC32C, put together from theirs, and no MD5. */
export async function compose(
  store: ObjectStore,
  { bucket, name }: { bucket: string; name: string },
  body: JsonObject,
): Promise<StoredObject> {
  const sources = sourcesOf(store, bucket, body);
  const sizeBytes = sources.reduce((sum, { content }) => sum + content.sizeBytes, 0);
  const content: Content = {
    sizeBytes,
    crc32c: combined(sources),
    md5Hash: null,
    path: await joined(store, name, { sources, sizeBytes }),
  };
  const destination = body['destination'];
  const sent = isJsonObject(destination) ? fieldsOf(destination) : {};
  const contentType = sources[0]?.fields['contentType'];
  const fields = contentType === undefined ? sent : { contentType, ...sent };
  const componentCount = sources.reduce((sum, one) => sum + Math.max(1, one.componentCount), 0);
  return store.finalize(bucket, name, { content, fields, componentCount });
}

function sourcesOf(store: ObjectStore, bucket: string, body: JsonObject): readonly StoredObject[] {
  const asked = body['sourceObjects'];
  if (!Array.isArray(asked) || asked.length === 0) {
    throw required('You must provide at least one source component.');
  }
  if (asked.length > mostSources) {
    throw invalid(
      `The number of source components provided (${asked.length}) exceeds the maximum (${mostSources})`,
    );
  }
  return asked.map((one: unknown) => sourceOf(store, bucket, isJsonObject(one) ? one : {}));
}

function sourceOf(store: ObjectStore, bucket: string, asked: JsonObject): StoredObject {
  const name = fieldText(asked, 'name');
  const generation = fieldText(asked, 'generation');
  const object = store.object(bucket, name);
  if (!object || (generation && generation !== object.generation)) {
    throw new StorageError(
      404,
      'notFound',
      `Object ${bucket}/${name} (generation: ${generation || 0}) not found.`,
    );
  }
  const wanted = asked['objectPreconditions'];
  const match = isJsonObject(wanted) ? wanted['ifGenerationMatch'] : undefined;
  if ((typeof match === 'string' || typeof match === 'number') && String(match) !== object.generation) {
    throw new StorageError(
      412,
      'conditionNotMet',
      'At least one of the pre-conditions you specified did not hold.',
    );
  }
  return object;
}

function combined(sources: readonly StoredObject[]): string {
  let crc = 0;
  for (const { content } of sources) {
    crc = combineCrc32c(crc, Buffer.from(content.crc32c, 'base64').readUInt32BE(), content.sizeBytes);
  }
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes.toString('base64');
}

/** The file with all their bytes; null if one of them was only counted, or the whole is too large to keep. */
async function joined(
  store: ObjectStore,
  name: string,
  { sources, sizeBytes }: { sources: readonly StoredObject[]; sizeBytes: number },
): Promise<string | null> {
  const paths = sources.flatMap(({ content }) => (content.path === null ? [] : [content.path]));
  if (paths.length < sources.length || sizeBytes > store.keepBytes) return null;
  const path = store.newPath(name);
  for (const from of paths) {
    await pipeline(
      createReadStream(from, { highWaterMark: pieceBytes }),
      createWriteStream(path, { flags: 'a' }),
    );
  }
  return path;
}
