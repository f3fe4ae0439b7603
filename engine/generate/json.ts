import type { Cell } from './rows/column.ts';
import type { MadeColumn } from './rows/make-column.ts';
import { shown } from './rows/shown.ts';
import type { Table } from './rows/table.ts';
import { linePieces } from './line-pieces.ts';

/** One JSON list of objects, an object a line. */
export function json(table: Table): Generator<Uint8Array> {
  return linePieces(list(table));
}

/** An object a line, as BigQuery loads it; a malformed line breaks off in the middle. */
export function jsonl(table: Table): Generator<Uint8Array> {
  return linePieces(lines(table));
}

function* list(table: Table): Generator<string> {
  let before = '[\n';
  for (const { object } of objects(table)) {
    yield before + object;
    before = ',\n';
  }
  yield table.rows === 0 ? '[]\n' : '\n]\n';
}

function* lines(table: Table): Generator<string> {
  for (const { object, malformed } of objects(table))
    yield `${malformed ? object.slice(0, Math.ceil(object.length / 2)) : object}\n`;
}

function* objects({ columns, rows, fill }: Table): Generator<{ object: string; malformed: boolean }> {
  const keys = columns.map(({ name }, place) => `${place === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  const cells: Cell[] = [];
  for (let index = 0; index < rows; index++) {
    const kind = fill(index, cells);
    let object = '';
    for (let place = 0; place < columns.length; place++) {
      object += (keys[place] ?? '') + valueOf(columns[place], cells[place] ?? null);
    }
    yield { object: `${object}}`, malformed: kind === 'malformed' };
  }
}

function valueOf(column: MadeColumn | undefined, cell: Cell): string {
  if (cell === null || !column) return 'null';
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  const value = shown(column.storage, cell);
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
