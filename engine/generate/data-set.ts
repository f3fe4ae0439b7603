import { avro } from './avro.ts';
import { csv } from './csv.ts';
import {
  checkCompression,
  contentTypeOf,
  extensionOf,
  isWrapped,
  usualCompression,
  type Compression,
  type Format,
} from './formats.ts';
import { givingWay } from './giving-way.ts';
import { gzipped } from './gzipped.ts';
import { json, jsonl } from './json.ts';
import { parquet } from './parquet.ts';
import { checkTable, defaultKinds, isTyped } from './rows/check-table.ts';
import type { Schema } from './rows/column.ts';
import { schemaNamed } from './rows/schemas.ts';
import type { BadKind } from './rows/bad-kinds.ts';
import { makeTable, type Bad, type Table } from './rows/table.ts';
import { UserError } from '../model/errors.ts';

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

/**
 * A file of seeded rows as pieces: the first time it is gone through, and as often again. Pieces are made when asked
 * for, a millisecond or so of work each, and memory does not grow with the rows.
 */
export interface DataSet extends AsyncIterable<Uint8Array> {
  readonly rows: number;
  /** Rows with something wrong in them, malformed lines included. */
  readonly badRows: number;
  /** `csv.gz`. */
  readonly extension: string;
  readonly contentType: string;
}

/** Throws a UserError where the options do not go together. */
export function dataSet(options: DataSetOptions): DataSet {
  const problem = checkDataSet(options);
  if (problem !== null) throw new UserError(problem);
  const { format, compression = usualCompression(format), rows, seed, header = true } = options;
  const bad = badOf(options);
  const plain = makeTable({
    schema: schemaOf(options),
    rows,
    seed,
    typed: isTyped(format),
    ...(bad && { bad }),
  });
  const table = options.onRow ? told(plain, options.onRow) : plain;
  return {
    rows,
    badRows: table.badRows,
    extension: extensionOf(format, compression),
    contentType: contentTypeOf(format, compression),
    [Symbol.asyncIterator]() {
      const pieces = written(table, { format, compression, header });
      return isWrapped(format, compression) ? gzipped(pieces) : pieces;
    },
  };
}

function told(table: Table, onRow: (index: number) => void): Table {
  return {
    ...table,
    fill(index, cells) {
      onRow(index);
      return table.fill(index, cells);
    },
  };
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

function schemaOf({ schema }: DataSetOptions): Schema {
  return typeof schema === 'string' ? schemaNamed(schema) : schema;
}

function badOf(options: DataSetOptions): Bad | null {
  const { bad, format } = options;
  return bad ? { share: bad.share, kinds: bad.kinds ?? defaultKinds(schemaOf(options), format) } : null;
}

interface Form {
  readonly format: Format;
  readonly compression: Compression;
  readonly header: boolean;
}

function written(table: Table, { format, compression, header }: Form): AsyncGenerator<Uint8Array> {
  switch (format) {
    case 'csv':
      return givingWay(csv(table, header));
    case 'json':
      return givingWay(json(table));
    case 'jsonl':
      return givingWay(jsonl(table));
    case 'parquet':
      return parquet(table, compression);
    case 'avro':
      return avro(table, compression === 'deflate');
    default:
      return format satisfies never;
  }
}
