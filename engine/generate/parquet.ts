import { setImmediate as others } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { ByteWriter, ColumnSource, SchemaElement } from 'hyparquet-writer';
import { deflateLevel, type Compression } from './formats.ts';
import type { Cell, Storage } from './rows/column.ts';
import type { Table } from './rows/table.ts';

/**
 * Parquet in row groups of some half a MiB, so that memory is bounded and nobody waits long while one is written.
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
    await writer.write({ columnData, rowGroupSize: mostRows });
    yield taken(bytes);
    await others();
  }
  await writer.finish();
  yield taken(bytes);
}

const groupBytes = 512 * 1024;
const mostRows = 20_000;

/** What has been written since the last time. */
function taken(bytes: ByteWriter): Uint8Array {
  const piece = bytes.getBytes().slice();
  bytes.index = 0;
  return piece;
}

/** The rows, by columns, in groups. */
function* groups({ columns, rows, fill }: Table): Generator<ColumnSource[]> {
  const cells: Cell[] = [];
  for (let from = 0; from < rows;) {
    const data = columns.map((): unknown[] => []);
    let size = 0;
    for (; from < rows && size < groupBytes && (data[0]?.length ?? 0) < mostRows; from++) {
      fill(from, cells);
      for (let place = 0; place < columns.length; place++) {
        const cell = cells[place] ?? null;
        size += typeof cell === 'string' ? cell.length : 8;
        data[place]?.push(stored(columns[place]?.storage ?? 'text', cell));
      }
    }
    yield columns.map(({ name, storage, type }, place) => ({
      name,
      data: data[place] ?? [],
      ...(storage === 'text' && type !== 'choice' ? freeText : {}),
    }));
  }
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
