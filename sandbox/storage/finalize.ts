import type { JsonObject } from '../json.ts';
import type { Content } from './content.ts';
import type { Exchange } from './exchange.ts';
import { fieldText } from './fields.ts';
import type { StoredObject } from './object-store.ts';
import { checkPreconditions } from './preconditions.ts';
import { fieldsOf } from './resources.ts';
import { invalid } from './storage-error.ts';

/** Makes the object, unless a checksum or a precondition says no. */
export function finalize(
  { query, params, request, store }: Pick<Exchange, 'query' | 'params' | 'request' | 'store'>,
  made: {
    readonly name: string;
    readonly content: Content;
    readonly metadata: JsonObject;
    readonly hashes: string;
  },
): StoredObject {
  const { name, content, metadata, hashes } = made;
  const bucket = params['bucket'] ?? '';
  const contentMd5 = request.headers['content-md5'];
  checkSum('MD5 hash', content.md5Hash, [
    hashIn(hashes, 'md5'),
    fieldText(metadata, 'md5Hash'),
    contentMd5 ? String(contentMd5) : '',
  ]);
  checkSum('CRC32C', content.crc32c, [hashIn(hashes, 'crc32c'), fieldText(metadata, 'crc32c')]);
  checkPreconditions(query, store.object(bucket, name));
  const contentEncoding = query.get('contentEncoding');
  const fields = fieldsOf({ ...metadata, ...(contentEncoding ? { contentEncoding } : {}) });
  return store.finalize(bucket, name, { content, fields });
}

function checkSum(what: string, calculated: string | null, provided: readonly string[]): void {
  const wrong = provided.find((sum) => sum !== '' && sum !== calculated);
  if (wrong !== undefined)
    throw invalid(`Provided ${what} "${wrong}" doesn't match calculated ${what} "${calculated ?? ''}".`);
}

/** One of the checksums of `x-goog-hash: crc32c=…,md5=…`. */
function hashIn(hashes: string, name: string): string {
  const found = hashes
    .split(',')
    .map((one) => one.trim())
    .find((one) => one.startsWith(`${name}=`));
  return found?.slice(name.length + 1) ?? '';
}
