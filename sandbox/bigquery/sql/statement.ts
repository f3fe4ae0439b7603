import type { JsonObject } from '../../json.ts';
import type { NamedType } from '../../warehouse/json-columns.ts';
import type { TableName } from '../../warehouse/names.ts';
import type { View } from './reads.ts';

/** A table that a statement makes, besides its rows. */
export interface Made {
  /** What REST says of it: partitions, clusters, labels. */
  readonly fields: JsonObject;
  /** SQL of the time at which it goes. */
  readonly expires: string | undefined;
  readonly columns: readonly NamedType[] | undefined;
  /** The query whose rows it gets. */
  readonly query: string | undefined;
}

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
    | 'CREATE_VIEW'
    | 'DROP_VIEW'
    | 'DROP_TABLE'
    | 'DROP_SCHEMA';
  readonly sql: string;
  /** The table that it changes. */
  readonly target?: Required<TableName>;
  readonly made?: Made;
  /** The view that it makes. */
  readonly view?: View;
  /** `OR REPLACE` of a view. */
  readonly isReplace?: boolean;
  /** The dataset that it makes or drops, and what is said of it. */
  readonly dataset?: { readonly project: string; readonly dataset: string };
  readonly datasetFields?: JsonObject;
  /** `OR REPLACE`, `IF NOT EXISTS`, `IF EXISTS`: no complaint about what is there, or is not. */
  readonly isLenient?: boolean;
  /** A query that gives a row if the statement must be refused: rows would be changed more than once. */
  readonly guard?: string;
}
