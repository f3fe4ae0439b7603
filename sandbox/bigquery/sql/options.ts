import type { Json, JsonObject } from '../../json.ts';
import type { Writing } from './writing.ts';

/** How the value of an option is said, and the field that it is in REST. */
export interface OptionRule {
  readonly field: string;
  readonly kind: 'text' | 'flag' | 'number' | 'labels' | 'time' | 'days';
}

export interface ReadOptions {
  readonly fields: JsonObject;
  /** SQL of the time of `expiration_timestamp`. */
  readonly expires?: string;
}

const description = {
  friendly_name: { field: 'friendlyName', kind: 'text' },
  description: { field: 'description', kind: 'text' },
  labels: { field: 'labels', kind: 'labels' },
} as const;

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#table_option_list */
export const tableOptions: Readonly<Record<string, OptionRule>> = {
  ...description,
  expiration_timestamp: { field: 'expirationTime', kind: 'time' },
  require_partition_filter: { field: 'requirePartitionFilter', kind: 'flag' },
  partition_expiration_days: { field: 'partitionExpirationMs', kind: 'days' },
};

export const datasetOptions: Readonly<Record<string, OptionRule>> = {
  ...description,
  location: { field: 'location', kind: 'text' },
  default_table_expiration_days: { field: 'defaultTableExpirationMs', kind: 'days' },
};

export const columnOptions: Readonly<Record<string, OptionRule>> = {
  description: { field: 'description', kind: 'text' },
};

/** Reads `(name = value, …)` after OPTIONS. What the sandbox does not know it refuses. */
export function readOptions(writing: Writing, rules: Readonly<Record<string, OptionRule>>): ReadOptions {
  const { cursor } = writing;
  const fields: Record<string, Json> = {};
  let expires: string | undefined;
  cursor.expect('(');
  while (!cursor.is(')')) {
    const token = cursor.peek();
    const name = cursor.name();
    const rule = rules[name.toLowerCase()];
    if (!rule) throw cursor.unsupported(`the option ${name}`, token);
    cursor.expect('=');
    if (rule.kind === 'time') expires = writing.expression(writing).sql;
    else fields[rule.field] = valueOf(writing, rule.kind, name);
    if (!cursor.take(',')) break;
  }
  cursor.expect(')');
  return { fields, ...(expires !== undefined && { expires }) };
}

const dayMs = 86_400_000;

function valueOf(writing: Writing, kind: Exclude<OptionRule['kind'], 'time'>, name: string): Json {
  const { cursor, expression } = writing;
  if (kind === 'labels') return labels(writing);
  const token = cursor.peek();
  const { sql, text, number } = expression(writing);
  if (kind === 'text' && text !== undefined) return text;
  if (kind === 'flag' && (sql === 'TRUE' || sql === 'FALSE')) return sql === 'TRUE';
  if (kind === 'number' && number !== undefined) return String(number);
  if (kind === 'days' && number !== undefined) return String(Math.round(number * dayMs));
  if (sql === 'NULL') return null;
  throw cursor.unsupported(`this value of the option ${name}`, token);
}

/** `[('key', 'value'), …]`. */
function labels({ cursor }: Writing): JsonObject {
  const found: Record<string, string> = {};
  cursor.expect('[');
  while (!cursor.is(']')) {
    cursor.take('STRUCT');
    cursor.expect('(');
    const key = text(cursor.next());
    cursor.expect(',');
    found[key] = text(cursor.next());
    cursor.expect(')');
    if (!cursor.take(',')) break;
  }
  cursor.expect(']');
  return found;

  function text(token: { readonly kind: string; readonly value: string }): string {
    if (token.kind !== 'string') throw cursor.wrong('Expected a text');
    return token.value;
  }
}
