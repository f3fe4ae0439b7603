import { setImmediate as others } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { ByteWriter, ParquetWriter, SchemaElement } from 'hyparquet-writer';
import { deflateLevel, type Compression } from './formats.ts';
import type { Storage } from './rows/column.ts';
import type { MadeColumn } from './rows/make-column.ts';
import type { Table } from './rows/table.ts';
import { rowGroups, spans, turnRows, type Stored } from './row-groups.ts';

/**
 * Parquet, column by column within a row group, long texts in pieces: between two of them everybody else has a turn.
 *
 * Every column may be null. Times are microseconds in UTC, integers have 64 bits.
 */
export async function* parquet(table: Table, compression: Compression): AsyncGenerator<Uint8Array> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const bytes = new ByteWriter(firstBytes);
  const writerOf = (columns: readonly MadeColumn[]) =>
    new ParquetWriter({ ...written(compression), writer: bytes, schema: schemaOf(columns) });
  const columns = table.columns.map((column) => ({ column, writer: writerOf([column]) }));
  // Each writer has begun with the mark of a file, which stands there once.
  [bytes.index, bytes.offset] = [0, 0];
  const file = writerOf(table.columns);
  const rows = turnRows(table);
  for await (const cells of rowGroups(table)) {
    const chunks: Chunk[] = [];
    for (const [place, { column, writer }] of columns.entries()) {
      const pieces: Chunk[] = [];
      for (const piece of piecesOf(column, cells[place] ?? [], rows)) {
        pieces.push(chunkOf(writer, column, piece));
        yield taken(bytes);
        await others();
      }
      chunks.push(joined(pieces));
    }
    addGroup(file, chunks, cells[0]?.length ?? 0);
  }
  await file.finish();
  yield taken(bytes);
}

const firstBytes = 256 * 1024;

type Group = ParquetWriter['row_groups'][number];
type Chunk = Group['columns'][number];

/** What has been written since the last time. */
function taken(bytes: ByteWriter): Uint8Array {
  const piece = bytes.getBytes().slice();
  bytes.index = 0;
  return piece;
}

/** The cells that are written in one go: all of them where they are small, since a dictionary is of all. */
function* piecesOf(column: MadeColumn, cells: Stored[], rows: number): Generator<Stored[]> {
  if (!isFreeText(column)) yield cells;
  else for (const [from, to] of spans(0, cells.length, rows)) yield cells.slice(from, to);
}

/** Texts of which hardly two are the same: neither a dictionary nor a range is worth its time. */
const isFreeText = ({ storage, type }: MadeColumn) => storage === 'text' && type !== 'choice';

/** Writes cells of a column; where they stand is counted from the beginning of the file. */
function chunkOf(writer: ParquetWriter, column: MadeColumn, data: Stored[]): Chunk {
  const plain = isFreeText(column) && ({ encoding: 'PLAIN', statistics: false } as const);
  // The bytes go to memory: nothing is left to wait for.
  void writer.write({
    columnData: [{ name: column.name, data, offsetIndex: false, ...plain }],
    rowGroupSize: data.length,
  });
  const [group] = writer.row_groups.splice(0);
  writer.pendingIndexes.length = 0;
  const chunk = group?.columns[0];
  if (chunk === undefined) throw new Error(`nothing was written of the column ${column.name}`);
  return chunk;
}

/** Pieces of a column that stand one after another: their pages are those of one. */
function joined(pieces: readonly Chunk[]): Chunk {
  const [first] = pieces;
  if (first?.meta_data === undefined) throw new Error('a row group without rows');
  const sum = (key: 'num_values' | 'total_compressed_size' | 'total_uncompressed_size') =>
    pieces.reduce((total, { meta_data }) => total + (meta_data?.[key] ?? 0n), 0n);
  const meta_data = {
    ...first.meta_data,
    num_values: sum('num_values'),
    total_compressed_size: sum('total_compressed_size'),
    total_uncompressed_size: sum('total_uncompressed_size'),
  };
  return { ...first, meta_data };
}

function addGroup(file: ParquetWriter, columns: Chunk[], rows: number): void {
  const sum = (key: 'total_compressed_size' | 'total_uncompressed_size') =>
    columns.reduce((total, { meta_data }) => total + (meta_data?.[key] ?? 0n), 0n);
  file.row_groups.push({
    columns,
    num_rows: BigInt(rows),
    total_byte_size: sum('total_uncompressed_size'),
    total_compressed_size: sum('total_compressed_size'),
  });
  file.num_rows += BigInt(rows);
}

function written(compression: Compression) {
  return {
    codec: compression === 'none' ? 'UNCOMPRESSED' : compression === 'gzip' ? 'GZIP' : 'SNAPPY',
    compressors: { GZIP: (page: Uint8Array) => gzipSync(page, { level: deflateLevel }) },
    createdBy: 'loadplan',
  } as const;
}

function schemaOf(columns: readonly MadeColumn[]): SchemaElement[] {
  return [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, storage }) => ({
      name,
      repetition_type: 'OPTIONAL' as const,
      ...physical[storage],
    })),
  ];
}

const physical = {
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  boolean: { type: 'BOOLEAN' },
  timestamp: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
  },
  date: { type: 'INT32', converted_type: 'DATE' },
} as const satisfies Record<Storage, Partial<SchemaElement>>;
