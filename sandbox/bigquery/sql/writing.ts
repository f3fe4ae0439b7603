import type { TableName } from '../../warehouse/names.ts';
import type { Cursor } from './cursor.ts';

/** A part of a query that has a value, as DuckDB's SQL. */
export interface Expression {
  readonly sql: string;
  /** The name of the column that it makes if none is given: the last part of a path. */
  readonly name?: string;
  /** Of a literal text, also one from a parameter. */
  readonly text?: string;
  /** Of a literal number. */
  readonly number?: number;
  /** Of `STRUCT(…)`: the values, and the names of the fields. */
  readonly struct?: { readonly names: readonly string[]; readonly values: readonly string[] };
  /** Of `INTERVAL 5 DAY`. */
  readonly interval?: { readonly amount: string; readonly part: string };
}

/** What a query reads, as it is written. */
export interface Reference extends TableName {
  readonly project: string;
  readonly alias: string;
  /** How many SELECTs are around it. */
  readonly depth: number;
}

export interface ColumnUse {
  /** What stands before the last dot but one, if anything. */
  readonly qualifier: string | undefined;
  readonly column: string;
}

/** All that is known while a query is read. */
export interface Writing {
  readonly cursor: Cursor;
  readonly project: string;
  readonly defaultDataset: { readonly project: string; readonly dataset: string } | undefined;
  /** The SQL of a query parameter. */
  readonly parameter: (name: string | undefined) => Expression;
  readonly references: Reference[];
  readonly uses: ColumnUse[];
  /** References that a `*` reads whole. */
  readonly whole: Set<Reference>;
  /** Names of common table expressions that can be seen. */
  readonly commonNames: string[];
  /** Names that stand for rows in the queries around. */
  readonly aliases: string[];
  /** Functions that give another value each time, or the time. */
  readonly volatile: string[];
  unnests: number;
  depth: number;
  /** Reads a query or an expression; here so that files need not import each other in circles. */
  readonly query: (writing: Writing) => string;
  readonly expression: (writing: Writing) => Expression;
}

/** Reads what `item` reads, as often as commas say. */
export function listOf<Item>({ cursor }: Writing, item: () => Item): Item[] {
  const items = [item()];
  while (cursor.take(',')) items.push(item());
  return items;
}
