import { checkCompression, usualCompression, type Compression, type Format } from './formats.ts';
import type { BadKind } from './rows/bad-kinds.ts';
import { checkTable, defaultKinds } from './rows/check-table.ts';
import type { Schema } from './rows/column.ts';
import { schemaNamed } from './rows/schemas.ts';
import type { Bad } from './rows/table.ts';

export interface DataSetOptions {
  /** A schema, or the name of one that comes with the tool. */
  readonly schema: Schema | string;
  readonly rows: number;
  /** Same seed, same bytes. A whole number below 2³². */
  readonly seed: number;
  readonly format: Format;
  /** Absent: none, for Parquet snappy. */
  readonly compression?: Compression;
  /** `share` from 0 to 1; absent kinds: all that the schema and the format can have, but for malformed lines. */
  readonly bad?: { readonly share: number; readonly kinds?: readonly BadKind[] };
  /** CSV: whether a line of names stands first, as it does when nothing is said. */
  readonly header?: boolean;
  /** Told of each row, counted from 0, when it is made. */
  readonly onRow?: (index: number) => void;
}

/** The first thing that is wrong, as a sentence; null if nothing is. An unknown schema throws. */
export function checkDataSet(options: DataSetOptions): string | null {
  const { format, compression = usualCompression(format), rows, seed } = options;
  const bad = badOf(options);
  return (
    checkCompression(format, compression) ??
    checkTable({ schema: schemaOf(options), rows, seed, ...(bad && { bad }) }, format)
  );
}

export function schemaOf({ schema }: DataSetOptions): Schema {
  return typeof schema === 'string' ? schemaNamed(schema) : schema;
}

export function badOf(options: DataSetOptions): Bad | null {
  const { bad, format } = options;
  return bad ? { share: bad.share, kinds: bad.kinds ?? defaultKinds(schemaOf(options), format) } : null;
}
