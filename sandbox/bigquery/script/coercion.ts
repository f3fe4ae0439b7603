import { simpleTypes } from '../sql/types.ts';
import { QueryError } from '../query-error.ts';

/** A value that becomes that of a variable. */
export interface Coerced {
  readonly sql: string;
  /** In DuckDB's words. */
  readonly from: string;
  readonly to: string;
  /** As it is written, for the error. */
  readonly text: string;
  readonly isLiteral: boolean;
}

/**
 * The SQL of a value as one of a variable's type, where BigQuery coerces it; an error where it does not.
 * https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules
 */
export function coerced({ sql, from, to, text, isLiteral }: Coerced): string {
  if (from === to) return sql;
  const isNested = /\]$|^STRUCT/.test(from) && /\]$|^STRUCT/.test(to);
  const isAllowed =
    from === '"NULL"' || isNested || isWider(from, to) || (isLiteral && isLiteralOf(from, to));
  if (isAllowed) return `CAST(${sql} AS ${to})`;
  throw new QueryError(`Cannot coerce expression ${text} to type ${googleType(to)}`);
}

function isWider(from: string, to: string): boolean {
  const numbers = ['BIGINT', 'DECIMAL', 'DOUBLE'];
  const [low, high] = [from, to].map((type) => numbers.indexOf(type.replace(/\(.*/, '')));
  return low !== undefined && high !== undefined && low >= 0 && low <= high;
}

function isLiteralOf(from: string, to: string): boolean {
  if (from === 'VARCHAR') return /^(DATE|TIME.*)$/.test(to);
  return from === 'DOUBLE' && to.startsWith('DECIMAL');
}

/** `INT64` for `BIGINT`. */
export function googleType(type: string): string {
  return Object.entries(simpleTypes).find(([, one]) => one === type)?.[0] ?? type;
}
