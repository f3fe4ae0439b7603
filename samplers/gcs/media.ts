import { createHash } from 'node:crypto';
import { parseJson } from '../../engine/model/json.ts';
import { originOf, CheckedCrc32c } from './client.ts';
import { ChecksumError } from './checksum-error.ts';
import { objectOf, shownText } from './object-of.ts';
import type { Operation } from './operation.ts';
import type { Payload } from './payload/payload.ts';
import { RefusedError } from './refused-error.ts';

/** Uploads content in one request without metadata (`uploadType=media`), which the official client never does. */
export async function media(
  { call, config, bucket }: Operation,
  name: string,
  payload: Payload,
): Promise<{ metadata: object; sentBytes: number }> {
  const sums = { crc32c: new CheckedCrc32c(), md5: createHash('md5') };
  let sentBytes = 0;
  const pieces = async function* () {
    for await (const piece of payload.open(0, payload.sizeBytes ?? Infinity)) {
      if (!Buffer.isBuffer(piece)) continue;
      sentBytes += piece.length;
      if (config.validation === 'crc32c') sums.crc32c.update(piece);
      if (config.validation === 'md5') sums.md5.update(piece);
      yield piece;
    }
  };
  const query = new URLSearchParams({ uploadType: 'media', name });
  if (config.ifGenerationMatch !== undefined)
    query.set('ifGenerationMatch', String(config.ifGenerationMatch));
  const { body } = await call.ask({
    method: 'POST',
    url: `${originOf(call)}/upload/storage/v1/b/${encodeURIComponent(bucket.name)}/o?${query.toString()}`,
    headers: {
      'content-type': config.contentType ?? payload.contentType ?? 'application/octet-stream',
      ...(payload.sizeBytes === null ? {} : { 'content-length': String(payload.sizeBytes) }),
    },
    body: pieces(),
  });
  if (call.refusal !== null) throw new RefusedError(call.refusal);
  const metadata = objectOf(parseJson(body));
  if (config.validation !== 'none') {
    const isMd5 = config.validation === 'md5';
    const sum = isMd5 ? sums.md5.digest('base64') : sums.crc32c.base64();
    const found = shownText(metadata[isMd5 ? 'md5Hash' : 'crc32c']);
    if (found !== sum) {
      await bucket.file(name).delete();
      throw new ChecksumError(
        `the service has ${config.validation} ${found} for ${name}, what was sent has ${sum}; ` +
          'the object is not what was sent and was deleted',
      );
    }
  }
  return { metadata, sentBytes };
}
