import { checkColumns } from './check-columns.ts';
import { mostRows, mostSeed, type Schema } from './column.ts';
import { makeColumn } from './make-column.ts';
import { badKinds, type BadKind } from './bad-kinds.ts';
import { spoilable } from './spoil.ts';
import type { Bad } from './table.ts';

/** What holds the rows; `rows` are plain objects. */
export type Container = 'rows' | 'csv' | 'json' | 'jsonl' | 'parquet' | 'avro';

export interface WrittenTable {
  readonly schema: Schema;
  readonly rows: number;
  readonly seed: number;
  readonly bad?: Bad;
}

/** Columns of a type have values of this type and no others. */
export function isTyped(container: Container): boolean {
  return container === 'parquet' || container === 'avro';
}

/** The first thing that is wrong with a table, as a sentence; null if nothing is. */
export function checkTable({ schema, rows, seed, bad }: WrittenTable, container: Container): string | null {
  if (!isWhole(rows, mostRows)) return `rows must be a whole number from 0 to ${mostRows}, found ${rows}`;
  if (!isWhole(seed, mostSeed)) return `seed must be a whole number from 0 to ${mostSeed}, found ${seed}`;
  return checkColumns(schema) ?? (bad ? checkBad(bad, { schema, rows }, container) : null);
}

/** The kinds of damage that rows of this schema can have in such a file, but for malformed lines, which are not rows. */
export function defaultKinds(schema: Schema, container: Container): BadKind[] {
  return badKinds.filter((kind) => kind !== 'malformed' && whyNot(kind, schema, container) === null);
}

function isWhole(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= most;
}

function checkBad(
  { share, kinds }: Bad,
  { schema, rows }: { readonly schema: Schema; readonly rows: number },
  container: Container,
): string | null {
  if (!(share >= 0 && share <= 1)) return `bad must be a share from 0 to 1 such as 10% or 0.1`;
  if (share === 0) return null;
  if (kinds.length === 0) return 'bad needs at least one kind';
  if (kinds.includes('duplicates')) {
    if (share > 0.5) return 'a duplicate repeats a good row: with duplicates at most 50% of rows may be bad';
    if (rows === 1) return 'a duplicate repeats another row: there must be at least 2 rows';
  }
  return kinds.map((kind) => whyNot(kind, schema, container)).find((reason) => reason !== null) ?? null;
}

function whyNot(kind: BadKind, schema: Schema, container: Container): string | null {
  if (kind === 'duplicates') return null;
  if (kind === 'malformed') {
    if (container === 'csv' || container === 'jsonl') return null;
    return `malformed lines are for csv and jsonl; in ${container} one would spoil ${container === 'rows' ? 'nothing' : 'the whole file'}`;
  }
  const columns = Object.entries(schema.columns).map(([name, column], place) =>
    makeColumn(name, column, place, 0),
  );
  if (spoilable(kind, columns, isTyped(container)).length > 0) return null;
  return isTyped(container) && spoilable(kind, columns, false).length > 0
    ? `${kind} cannot stand in ${container}, where columns have types: use missing_values, outliers or duplicates, or csv, json or jsonl`
    : `${kind} needs a column that ${needs[kind]}`;
}

const needs = {
  missing_values: 'is there',
  wrong_types: 'is not text',
  outliers: 'is an integer, a number, a timestamp or a date',
  format_errors: 'is not boolean',
} as const;
