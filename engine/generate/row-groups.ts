import { setImmediate as others } from 'node:timers/promises';
import type { Cell, Storage } from './rows/column.ts';
import type { Table } from './rows/table.ts';

/** A value as Parquet has it. */
export type Stored = Cell | bigint;

/**
 * The rows of a table in groups of some 6 MiB or 10,000 rows, by columns: large enough for those who read them, small enough
 * to stand in memory. While they are made everybody else has turns.
 */
export async function* rowGroups(table: Table): AsyncGenerator<Stored[][]> {
  const rows = turnRows(table);
  for (const [first, end] of spans(0, table.rows, groupRows(table))) {
    const columns = table.columns.map((): Stored[] => []);
    for (const span of spans(first, end, rows)) {
      gather(table, span, columns);
      await others();
    }
    yield columns;
  }
}

type Span = readonly [from: number, to: number];

/** The rows from one to another, in spans of at most so many. */
export function* spans(first: number, end: number, rows: number): Generator<Span> {
  for (let from = first; from < end; from += rows) yield [from, Math.min(from + rows, end)];
}

/** Rows that are made or written in one go, which takes some milliseconds. */
export function turnRows(table: Table): number {
  return Math.max(1, Math.floor(turnBytes / rowBytes(table)));
}

const turnBytes = 256 * 1024;
const groupBytes = 6 * 1024 * 1024;
/** Small columns are written in one go. */
const mostRows = 10_000;
/** The end of the file, kept until then, tells of every group. So very large files have larger ones. */
const mostGroups = 2000;

function groupRows(table: Table): number {
  const usual = Math.min(mostRows, Math.ceil(groupBytes / rowBytes(table)));
  return Math.max(usual, Math.ceil(table.rows / mostGroups));
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

function gather({ columns, fill }: Table, [from, to]: Span, into: readonly Stored[][]): void {
  const cells: Cell[] = [];
  for (let index = from; index < to; index++) {
    fill(index, cells);
    for (let place = 0; place < columns.length; place++)
      into[place]?.push(stored(columns[place]?.storage ?? 'text', cells[place] ?? null));
  }
}

function stored(storage: Storage, cell: Cell): Stored {
  if (typeof cell !== 'number') return cell;
  if (storage === 'timestamp') return BigInt(cell) * 1000n;
  return storage === 'integer' ? BigInt(cell) : cell;
}
