import type { TableName } from '../../warehouse/names.ts';

/** A value in DuckDB's words. */
export interface ScriptValue {
  readonly sql: string;
}

/** What a statement of a script sees besides tables: variables and temporary tables. */
export interface ScriptScope {
  /** The variable that the name at this place means; undefined if none has it, or a column has it, too. */
  readonly variable: (path: readonly string[], at: number) => ScriptValue | undefined;
  /** `@@name`; undefined if there is none. */
  readonly system: (name: string) => ScriptValue | undefined;
  /** Whether the values are those of the run, so that a condition on a partition excludes others. */
  readonly areValuesKnown: boolean;
  /** Where temporary tables are. */
  readonly temporary: Pick<Required<TableName>, 'project' | 'dataset'>;
  readonly isTemporary: (table: string) => boolean;
}
