import { columnTypes, type Column, type Schema } from './column.ts';
import { earliest, latest, makeColumn, ratioOf, timeOf } from './make-column.ts';
import { badKinds, spoilable, type BadKind } from './spoil.ts';
import type { Bad } from './table.ts';

/** What holds the rows; `rows` are plain objects. */
export type Container = 'rows' | 'csv' | 'json' | 'jsonl' | 'parquet' | 'avro';

export interface WrittenTable {
  readonly schema: Schema;
  readonly rows: number;
  readonly seed: number;
  readonly bad?: Bad;
}

/** Bytes and rows are counted in numbers that are exact far beyond this. */
export const mostRows = 1_000_000_000;
export const mostSeed = 4_294_967_295;

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

function checkColumns({ columns }: Schema): string | null {
  const entries = Object.entries(columns);
  if (entries.length === 0) return 'columns: expected at least one';
  for (const [name, column] of entries) {
    const problem = checkName(name, entries) ?? checkKeys(column) ?? checkValues(column);
    if (problem !== null) return `column ${name}: ${problem}`;
  }
  return null;
}

/** As BigQuery and Avro have it; BigQuery does not tell columns apart by upper and lower case. */
function checkName(name: string, entries: readonly (readonly [string, unknown])[]): string | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,299}$/.test(name))
    return 'a name begins with a letter or _, and has letters, digits and _';
  const same = entries.find(([other]) => other !== name && other.toLowerCase() === name.toLowerCase());
  return same ? `${same[0]} has the same name but for upper and lower case` : null;
}

const keysOf: Readonly<Record<Column['type'], readonly string[]>> = {
  sequence: ['start'],
  integer: ['min', 'max'],
  number: ['min', 'max', 'decimals'],
  text: ['length', 'minLength'],
  name: [],
  email: [],
  uuid: [],
  choice: ['of'],
  boolean: ['share'],
  timestamp: ['from', 'to'],
  date: ['from', 'to'],
};

function checkKeys(column: Column): string | null {
  const allowed = [...keysOf[column.type], 'type', 'nulls'];
  const wrong = Object.keys(column).find((key) => !allowed.includes(key));
  if (wrong === undefined) return null;
  const owners = columnTypes.filter((type) => keysOf[type].includes(wrong));
  return `${wrong} has no meaning for ${column.type}; it is for ${owners.join(' and ')}`;
}

function checkValues(column: Column): string | null {
  const { min = 0, max = 1_000_000, length = 20, minLength = length, from, to } = column;
  if (!isRatio(column.nulls)) return `nulls must be a share such as 5%, found ${column.nulls}`;
  if (!isRatio(column.share)) return `share must be a share such as 80%, found ${column.share}`;
  if (column.type === 'choice' && column.of === undefined) return 'a choice needs `of`, a list of texts';
  if (column.type === 'integer' && !(Number.isSafeInteger(min) && Number.isSafeInteger(max)))
    return 'min and max of integers must be whole numbers';
  if (Math.max(Math.abs(min), Math.abs(max)) > mostNumber)
    return `min and max must lie within ±${mostNumber}`;
  if (max < min) return `max must not be below min, found ${max} below ${min}`;
  if (minLength > length) return `minLength must not be above length, found ${minLength} above ${length}`;
  return checkTimes(from, to);
}

/** So that an outlier, a thousand times as far, is exact too. */
const mostNumber = 1_000_000_000_000;

function isRatio(written: number | string | undefined): boolean {
  const ratio = ratioOf(written, 0);
  return ratio >= 0 && ratio <= 1;
}

/** Microseconds of these years are exact numbers, and every reader knows them. */
function checkTimes(from: string | undefined, to: string | undefined): string | null {
  for (const written of [from, to]) {
    const year = new Date(timeOf(written, earliest)).getUTCFullYear();
    if (!(year >= 1700 && year < 2199))
      return `expected a time such as 2026-01-31 or 2026-01-31T08:15:00Z of the years 1700 to 2198, found ${written}`;
  }
  return timeOf(to, latest) > timeOf(from, earliest) ? null : 'to must be later than from';
}
