import { QueryError } from '../query-error.ts';
import { place } from '../sql/tokens.ts';
import type { Piece } from './steps.ts';

/** An error of a statement of a script, which knows the statement. */
export class ScriptError extends QueryError {
  readonly statement: string;
  /** What `@@error.message` says. */
  readonly told: string;

  constructor(
    cause: QueryError,
    { message, statement, told = message }: { message: string; statement: string; told?: string },
  ) {
    super(message, cause.reason, cause.code, cause.location ?? 'query');
    this.statement = statement;
    this.told = told;
  }
}

/** What a script says of a statement that fails: the error, and where it is in the script. */
export function scriptError(
  cause: QueryError,
  sql: string,
  { at, end }: Pick<Piece, 'at' | 'end'>,
): ScriptError {
  if (cause instanceof ScriptError) return cause;
  const isPlaced = / at \[\d+:\d+\]/.test(cause.message);
  const message = `Query error: ${cause.message}${isPlaced ? '' : ` at ${place(sql, at)}`}`;
  return new ScriptError(cause, { message, statement: sql.slice(at, end) });
}

/** The error of `RAISE USING MESSAGE = …`. */
export function raised(told: string, sql: string, { at, end }: Pick<Piece, 'at' | 'end'>): ScriptError {
  const message = `${told} at ${place(sql, at)}`;
  return new ScriptError(new QueryError(message), { message, statement: sql.slice(at, end), told });
}
