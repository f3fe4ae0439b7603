import type { TableName } from '../../warehouse/names.ts';

/** A table that a wildcard matches, and its columns with their types in DuckDB's words. */
export interface MatchedTable {
  readonly name: Required<TableName>;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** What there is with a prefix in a dataset: the newest table first, and the names of views. */
export interface Matches {
  readonly tables: readonly MatchedTable[];
  readonly views: readonly string[];
}

/** The prefix has the place of the table's name. */
export type MatchesOf = (prefix: Required<TableName>) => Matches;
