import { avro } from './avro.ts';
import { csv } from './csv.ts';
import { badOf, checkDataSet, schemaOf, type DataSetOptions } from './check-data-set.ts';
import {
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
import { isTyped } from './rows/check-table.ts';
import { makeTable, type Table } from './rows/table.ts';
import { UserError } from '../model/errors.ts';

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
