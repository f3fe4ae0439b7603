import { createHash } from 'node:crypto';
import { setImmediate as others } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import type { Type } from 'avsc';
import { deflateLevel } from './formats.ts';
import type { Cell, Storage } from './rows/column.ts';
import type { MadeColumn } from './rows/make-column.ts';
import type { Table } from './rows/table.ts';

/**
 * An Avro object container file (Apache Avro 1.11, "Object Container Files"): a header with the schema, then blocks.
 *
 * Every field may be null. Times are `timestamp-micros`, days `date`. The mark between blocks, which others draw by
 * chance, comes from the schema, so that the same rows are the same bytes.
 */
export async function* avro(table: Table, deflated: boolean): AsyncGenerator<Uint8Array> {
  const { default: avsc } = await import('avsc');
  const schema = JSON.stringify(recordSchema(table));
  const type = avsc.Type.forSchema(recordSchema(table), { wrapUnions: 'never' });
  const long = avsc.Type.forSchema('long');
  const header = avsc.Type.forSchema({ type: 'map', values: 'bytes' });
  const mark = createHash('sha256').update(schema).digest().subarray(0, 16);
  const codec = deflated ? 'deflate' : 'null';
  const metadata = { 'avro.schema': Buffer.from(schema), 'avro.codec': Buffer.from(codec) };
  yield Buffer.concat([magic, header.toBuffer(metadata), mark]);
  for (const { count, bytes } of blocks(table, type)) {
    const body = deflated ? await compressed(bytes, { level: deflateLevel }) : bytes;
    yield Buffer.concat([long.toBuffer(count), long.toBuffer(body.length), body, mark]);
    await others();
  }
}

const magic = Buffer.from('Obj\u0001', 'latin1');
const compressed = promisify(deflateRaw);
/** As Avro's own writers have it. */
const blockBytes = 64 * 1024;

interface Block {
  readonly count: number;
  readonly bytes: Buffer;
}

/** Rows in blocks of some 64 KiB, or of one long row. */
function* blocks({ columns, rows, fill }: Table, type: Type): Generator<Block> {
  const cells: Cell[] = [];
  const record: Record<string, Cell> = {};
  let buffer = Buffer.allocUnsafe(2 * blockBytes);
  let [count, end] = [0, 0];
  const done = () => {
    const block = { count, bytes: Buffer.from(buffer.subarray(0, end)) };
    [count, end] = [0, 0];
    return block;
  };
  for (let index = 0; index < rows; index++) {
    fill(index, cells);
    fillRecord(record, columns, cells);
    let next = type.encode(record, buffer, end);
    if (next < 0 && count > 0) {
      yield done();
      next = type.encode(record, buffer, 0);
    }
    if (next < 0) {
      buffer = Buffer.allocUnsafe(2 * -next + buffer.length);
      next = type.encode(record, buffer, 0);
    }
    [count, end] = [count + 1, next];
    if (end >= blockBytes) yield done();
  }
  if (count > 0) yield done();
}

function fillRecord(
  record: Record<string, Cell>,
  columns: readonly MadeColumn[],
  cells: readonly Cell[],
): void {
  for (let place = 0; place < columns.length; place++) {
    const column = columns[place];
    const cell = cells[place] ?? null;
    if (!column) continue;
    record[column.name] = column.storage === 'timestamp' && typeof cell === 'number' ? cell * 1000 : cell;
  }
}

function recordSchema({ name, columns }: Table) {
  const fields = columns.map((column) => ({ name: column.name, type: fieldType(column.storage) }));
  return { type: 'record' as const, name, fields };
}

function fieldType(storage: Storage) {
  return ['null' as const, types[storage]];
}

const types = {
  integer: 'long',
  number: 'double',
  text: 'string',
  boolean: 'boolean',
  timestamp: { type: 'long', logicalType: 'timestamp-micros' },
  date: { type: 'int', logicalType: 'date' },
} as const;
