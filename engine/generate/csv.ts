import type { Cell } from './rows/column.ts';
import type { MadeColumn } from './rows/make-column.ts';
import { shown } from './rows/shown.ts';
import type { Table } from './rows/table.ts';
import { linePieces } from './line-pieces.ts';

/**
 * CSV by RFC 4180, but with LF: a line of names (unless told otherwise), then one a row. What is missing is empty, and an
 * empty text is `""`. A text with a comma, a quote or a line end stands in quotes; a malformed line has a field too few,
 * one too many, or is no row at all.
 */
export function csv(table: Table, header = true): Generator<Uint8Array> {
  return linePieces(lines(table, header));
}

function* lines({ columns, rows, fill }: Table, header: boolean): Generator<string> {
  if (header) yield `${columns.map(({ name }) => name).join(',')}\n`;
  const cells: Cell[] = [];
  for (let index = 0; index < rows; index++) {
    const kind = fill(index, cells);
    const line = lineOf(columns, cells);
    yield kind === 'malformed' ? `${malformed(line, columns.length, index)}\n` : `${line}\n`;
  }
}

function lineOf(columns: readonly MadeColumn[], cells: readonly Cell[]): string {
  let line = '';
  for (let place = 0; place < columns.length; place++) {
    const field = fieldOf(columns[place], cells[place] ?? null);
    line = place === 0 ? field : `${line},${field}`;
  }
  return line;
}

function fieldOf(column: MadeColumn | undefined, cell: Cell): string {
  if (cell === null || !column) return '';
  if (typeof cell !== 'string') return String(shown(column.storage, cell));
  return cell === '' || needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Faster than a pattern, where most texts need none. */
function needsQuotes(text: string): boolean {
  return text.includes(',') || text.includes('"') || text.includes('\n') || text.includes('\r');
}

/** A line that readers of CSV trip over, without harm to those around it. */
function malformed(line: string, fields: number, index: number): string {
  if (index % 3 === 0) return `### row ${index} was lost`.replaceAll(',', ' ');
  return index % 3 === 1 || fields === 1 ? `${line},surplus` : line.slice(line.indexOf(',') + 1);
}
