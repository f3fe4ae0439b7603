import type { Operation } from './operation.ts';
import type { Payload } from './payload/payload.ts';

/** Types by the end of a name, as the official client finds them for what pipelines are fed with (IANA, "Media Types"). */
const types: Readonly<Record<string, string>> = {
  avi: 'video/x-msvideo',
  bin: 'application/octet-stream',
  bmp: 'image/bmp',
  css: 'text/css',
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  gif: 'image/gif',
  gz: 'application/gzip',
  htm: 'text/html',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'application/javascript',
  json: 'application/json',
  log: 'text/plain',
  md: 'text/markdown',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  wasm: 'application/wasm',
  wav: 'audio/wav',
  webm: 'video/webm',
  webp: 'image/webp',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'application/xml',
  yaml: 'text/yaml',
  yml: 'text/yaml',
  zip: 'application/zip',
};

/** The type of an object by the end of its name; undefined where it says nothing. */
export function typeByName(name: string): string | undefined {
  const end = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return end !== name && Object.hasOwn(types, end) ? types[end] : undefined;
}

/** What an upload says it is: what the author says, what the payload is, what its name tells. */
export function contentTypeOf(
  { config }: Operation,
  name: string,
  { contentType }: Payload,
): string | undefined {
  return config.contentType ?? contentType ?? typeByName(name);
}

/** What an upload tells of the object besides its content type. */
export function metadataOf({ config: { customMetadata } }: Operation): object {
  return customMetadata === undefined ? {} : { metadata: { ...customMetadata } };
}
