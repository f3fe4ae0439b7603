import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Exchange } from './exchange.ts';
import { header, wrongSums } from './exchange.ts';
import { fieldText } from './fields.ts';
import type { StoredObject } from './object-store.ts';
import { parseRange } from './range.ts';
import type { ByteRange } from './range.ts';
import { etagOf } from './resources.ts';
import { notHere } from './storage-error.ts';

const readAheadBytes = 1_048_576;

/**
 * `alt=media`: the content, whole or one range of it. Content that was stored gzipped is unpacked for clients
 * that do not accept gzip, then without length and range (cloud.google.com/storage/docs/transcoding).
 */
export async function sendContent(exchange: Exchange, object: StoredObject): Promise<void> {
  const { response, request, store } = exchange;
  const { content, fields } = object;
  if (content.path === null) throw notKept(object, store.keepBytes);
  const isPacked = fieldText(fields, 'contentEncoding') === 'gzip';
  const unpacks = isPacked && !/\bgzip\b/.test(header(exchange, 'accept-encoding'));
  const range = unpacks ? null : parseRange(header(exchange, 'range'), content.sizeBytes);
  const wrong = exchange.fault('wrongChecksum');
  response.writeHead(range ? 206 : 200, {
    ...contentHeaders(object, wrong !== undefined),
    ...(unpacks ? { warning: '214 UploadServer gunzipped' } : lengthHeaders(object, range)),
    ...(isPacked && !unpacks ? { 'content-encoding': 'gzip' } : {}),
  });
  if (request.method === 'HEAD' || content.sizeBytes === 0) {
    response.end();
    return;
  }
  const { startByte: start, endByte: end } = range ?? { startByte: 0, endByte: content.sizeBytes - 1 };
  const file = createReadStream(content.path, { start, end, highWaterMark: readAheadBytes });
  await (unpacks ? pipeline(file, createGunzip(), response) : pipeline(file, response));
}

function notKept({ name, content }: StoredObject, keepBytes: number): Error {
  return notHere(
    `The sandbox counted and checksummed the ${content.sizeBytes} bytes of ${name}, but kept none: it keeps up to ${keepBytes} bytes an object.`,
  );
}

function lengthHeaders({ content }: StoredObject, range: ByteRange | null): Record<string, string | number> {
  if (!range) return { 'content-length': content.sizeBytes, 'accept-ranges': 'bytes' };
  const { startByte, endByte } = range;
  return {
    'content-length': endByte + 1 - startByte,
    'content-range': `bytes ${startByte}-${endByte}/${content.sizeBytes}`,
  };
}

function contentHeaders(object: StoredObject, isWrong: boolean): Record<string, string | number> {
  const { content, fields, generation, metageneration } = object;
  const md5 = content.md5Hash === null ? '' : `,md5=${content.md5Hash}`;
  const optional: Record<string, string> = {};
  for (const [name, field] of Object.entries(sentFields)) {
    const value = fieldText(fields, field);
    if (value) optional[name] = value;
  }
  return {
    'content-type': 'application/octet-stream',
    ...optional,
    etag: etagOf(object),
    'last-modified': new Date(object.updatedEpochMs).toUTCString(),
    'x-goog-hash': isWrong ? `crc32c=${wrongSums.crc32c}` : `crc32c=${content.crc32c}${md5}`,
    'x-goog-generation': generation,
    'x-goog-metageneration': String(metageneration),
    'x-goog-storage-class': 'STANDARD',
    'x-goog-stored-content-encoding': fieldText(fields, 'contentEncoding') || 'identity',
    'x-goog-stored-content-length': content.sizeBytes,
  };
}

const sentFields = {
  'content-type': 'contentType',
  'content-disposition': 'contentDisposition',
  'content-language': 'contentLanguage',
  'cache-control': 'cacheControl',
} as const;
