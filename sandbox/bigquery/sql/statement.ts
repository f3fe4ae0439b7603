import type { TableName } from '../../warehouse/names.ts';

/** A statement in DuckDB's words, and what it changes. */
export interface Statement {
  /** BigQuery's `statementType`. */
  readonly type:
    | 'SELECT'
    | 'INSERT'
    | 'UPDATE'
    | 'DELETE'
    | 'MERGE'
    | 'TRUNCATE_TABLE'
    | 'CREATE_TABLE'
    | 'CREATE_TABLE_AS_SELECT'
    | 'CREATE_SCHEMA'
    | 'DROP_TABLE'
    | 'DROP_SCHEMA';
  readonly sql: string;
  /** The table that it changes. */
  readonly target?: Required<TableName>;
  /** The dataset that it makes or drops. */
  readonly dataset?: { readonly project: string; readonly dataset: string };
  /** `OR REPLACE`, `IF NOT EXISTS`, `IF EXISTS`: no complaint about what is there, or is not. */
  readonly isLenient?: boolean;
  /** A query that gives a row if the statement must be refused: rows would be changed more than once. */
  readonly guard?: string;
}
