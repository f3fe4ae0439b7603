import { setImmediate as others } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { ByteWriter, ColumnSource, SchemaElement } from 'hyparquet-writer';
import { deflateLevel, type Compression } from './formats.ts';
import type { Cell, Storage } from './rows/column.ts';
import type { Table } from './rows/table.ts';

/**
 * Parquet in row groups of some 256 KiB, so that memory is bounded and nobody waits long while one is written.
 *
 * Every column may be null. Times are microseconds in UTC, integers have 64 bits.
 */
export async function* parquet(table: Table, compression: Compression): AsyncGenerator<Uint8Array> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const bytes = new ByteWriter(groupBytes);
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(table),
    codec: compression === 'none' ? 'UNCOMPRESSED' : compression === 'gzip' ? 'GZIP' : 'SNAPPY',
    compressors: { GZIP: (page) => gzipSync(page, { level: deflateLevel }) },
    createdBy: 'loadplan',
  });
  for (const columnData of groups(table)) {
    await writer.write({ columnData, rowGroupSize: columnData[0]?.data.length ?? 0 });
    yield taken(bytes);
    await others();
  }
  await writer.finish();
  yield taken(bytes);
}

/** A row group of this size takes some 20 ms to write, in one go. */
const groupBytes = 256 * 1024;
/** The end of the file, kept until then, tells of every group. So large files have larger ones: from 512 MiB on. */
const mostGroups = 2000;

/** What has been written since the last time. */
function taken(bytes: ByteWriter): Uint8Array {
  const piece = bytes.getBytes().slice();
  bytes.index = 0;
  return piece;
}

/** The rows, by columns, in groups. */
function* groups(table: Table): Generator<ColumnSource[]> {
  const { columns, rows, fill } = table;
  const size = Math.max(Math.ceil(groupBytes / rowBytes(table)), Math.ceil(rows / mostGroups));
  const cells: Cell[] = [];
  for (let from = 0; from < rows; from += size) {
    const data = columns.map((): (Cell | bigint)[] => []);
    for (let index = from; index < Math.min(from + size, rows); index++) {
      fill(index, cells);
      for (let place = 0; place < columns.length; place++) {
        data[place]?.push(stored(columns[place]?.storage ?? 'text', cells[place] ?? null));
      }
    }
    yield columns.map(({ name, storage, type }, place) => ({
      name,
      data: data[place] ?? [],
      ...(storage === 'text' && type !== 'choice' ? freeText : {}),
    }));
  }
}

/** By the first hundred of them. */
function rowBytes({ columns, fill }: Table): number {
  const cells: Cell[] = [];
  let bytes = 0;
  for (let index = 0; index < 100; index++) {
    fill(index, cells);
    for (const cell of cells) bytes += typeof cell === 'string' ? cell.length : 8;
  }
  return bytes / 100 + columns.length;
}

/** Texts of which hardly two are the same: neither a dictionary nor a range is worth its time. */
const freeText = { encoding: 'PLAIN', statistics: false } as const;

function stored(storage: Storage, cell: Cell): Cell | bigint {
  if (typeof cell !== 'number') return cell;
  if (storage === 'timestamp') return BigInt(cell) * 1000n;
  return storage === 'integer' ? BigInt(cell) : cell;
}

function schemaOf({ columns }: Table): SchemaElement[] {
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
