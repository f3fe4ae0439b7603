/** Kinds of files. */
export const formats = ['csv', 'json', 'jsonl', 'parquet', 'avro'] as const;
export type Format = (typeof formats)[number];

export const compressions = ['none', 'gzip', 'snappy', 'deflate'] as const;
export type Compression = (typeof compressions)[number];

/** How each may be compressed; the first is taken when nothing is said. Text is compressed as a whole, the others inside. */
const compressionsOf: Readonly<Record<Format, readonly Compression[]>> = {
  csv: ['none', 'gzip'],
  json: ['none', 'gzip'],
  jsonl: ['none', 'gzip'],
  parquet: ['snappy', 'none', 'gzip'],
  avro: ['none', 'deflate'],
};

export function usualCompression(format: Format): Compression {
  return compressionsOf[format][0] ?? 'none';
}

/** Why a format cannot be compressed so, as a sentence; null if it can. */
export function checkCompression(format: Format, compression: Compression): string | null {
  const known = compressionsOf[format];
  return known.includes(compression)
    ? null
    : `${format} is not compressed by ${compression}: expected one of ${known.join(', ')}`;
}

/** The end of a file's name: `csv.gz`, `parquet`. */
export function extensionOf(format: Format, compression: Compression): string {
  return isWrapped(format, compression) ? `${format}.gz` : format;
}

/** As it is put into `Content-Type`. */
export function contentTypeOf(format: Format, compression: Compression): string {
  return isWrapped(format, compression) ? 'application/gzip' : contentTypes[format];
}

/** Whether the file as a whole is a gzip file. */
export function isWrapped(format: Format, compression: Compression): boolean {
  return compression === 'gzip' && format !== 'parquet';
}

/** Whether people can read it. */
export function isText(format: Format, compression: Compression): boolean {
  return format !== 'parquet' && format !== 'avro' && compression === 'none';
}

const contentTypes: Readonly<Record<Format, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
  avro: 'application/avro',
};

/**
 * The fastest of zlib's levels: the data is there to keep something else busy. On texts it takes a fourth of the time of
 * the usual level and leaves a third more bytes.
 */
export const deflateLevel = 1;
