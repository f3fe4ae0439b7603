import type { TableName } from '../../warehouse/names.ts';
import type { Cursor } from './cursor.ts';
import type { Information } from './information-view.ts';
import type { ScriptScope } from './script-scope.ts';
import type {
  CommonTable,
  Filter,
  GrowingColumn,
  Reads,
  Reference,
  Source,
  SourceFilter,
  View,
} from './reads.ts';
import type { MatchesOf } from './matches.ts';

/** A part of a query that has a value, as DuckDB's SQL. */
export interface Expression {
  readonly sql: string;
  /** The name of the column that it makes if none is given: the last part of a path. */
  readonly name?: string;
  /** Of a literal text, also one from a parameter. */
  readonly text?: string;
  /** Of a literal number. */
  readonly number?: number;
  /** A literal with a point or an exponent: it takes the type of a NUMERIC beside it. */
  readonly isFloat?: true;
  /** Of `STRUCT(…)`: the values, and the names of the fields. */
  readonly struct?: { readonly names: readonly string[]; readonly values: readonly string[] };
  /** Of `[STRUCT(…), …]`: the names of the fields, if all have one. */
  readonly fields?: readonly string[];
  /** Of `INTERVAL 5 DAY`. */
  readonly interval?: { readonly amount: string; readonly part: string };
  /** Of a column, or of what grows with one, such as `DATE(column)`: how it is made of a value of the column. */
  readonly column?: GrowingColumn;
  /** Of a condition: which partitions it excludes. */
  readonly filter?: Filter;
}

/** All that is known while a query is read. */
export interface Writing {
  readonly cursor: Cursor;
  readonly project: string;
  readonly defaultDataset: { readonly project: string; readonly dataset: string } | undefined;
  /** NUMERIC may be among the values, whose arithmetic is its own. */
  readonly isExact: boolean;
  /** The view of a name; undefined if it is none. */
  readonly viewOf: (name: Required<TableName>) => View | undefined;
  /** The tables that a wildcard means. */
  readonly matchesOf: MatchesOf;
  /** How many views are around. */
  readonly depth: number;
  /** What INFORMATION_SCHEMA shows. */
  readonly information: Information;
  /** The SQL of a query parameter. */
  readonly parameter: (name: string | undefined) => Expression;
  /** Of a statement of a script. */
  readonly script: ScriptScope | undefined;
  readonly references: Reference[];
  /** What is read by the piece that is being read. */
  reads: Reads;
  /** What stands after the FROM that is being read. */
  sources: Source[];
  /** The conditions of its joins. */
  filters: SourceFilter[];
  /** Common table expressions that can be seen. */
  readonly commonTables: CommonTable[];
  /** Names that stand for rows in the queries around. */
  readonly aliases: string[];
  /** Functions that give another value each time, or the time. */
  readonly volatile: string[];
  unnests: number;
  /** Analytic functions seen so far. */
  windows: number;
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
