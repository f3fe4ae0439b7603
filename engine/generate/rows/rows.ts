import { defaultKinds } from './check-table.ts';
import type { Cell, Schema } from './column.ts';
import { schemaNamed } from './schemas.ts';
import { shown } from './shown.ts';
import type { BadKind } from './bad-kinds.ts';
import { makeTable, type Table } from './table.ts';

export type Row = Readonly<Record<string, Cell>>;

export interface RowOptions {
  /** Whole numbers; the seed below 2³². */
  readonly seed: number;
  readonly count: number;
  /** Absent kinds: all that a row can have. */
  readonly bad?: { readonly share: number; readonly kinds?: readonly BadKind[] };
}

/** The rows of a schema as plain objects, one after the other; `rowAt` of the same table gives any of them. */
export function* rows(schema: Schema | string, { seed, count, bad }: RowOptions): Generator<Row> {
  const known = typeof schema === 'string' ? schemaNamed(schema) : schema;
  const kinds = bad?.kinds ?? defaultKinds(known, 'rows');
  const table = makeTable({
    schema: known,
    rows: count,
    seed,
    ...(bad && { bad: { share: bad.share, kinds } }),
  });
  for (let index = 0; index < count; index++) yield rowAt(table, index);
}

/** One row of a table, counted from 0. */
export function rowAt(table: Table, index: number): Row {
  const cells: Cell[] = [];
  table.fill(index, cells);
  return Object.fromEntries(
    table.columns.map(({ name, storage }, place) => [name, shown(storage, cells[place] ?? null)]),
  );
}
