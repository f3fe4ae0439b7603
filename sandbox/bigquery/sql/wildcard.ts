import type { TableName } from '../../warehouse/names.ts';
import { qualified, quoted, textLiteral } from '../../warehouse/names.ts';
import { QueryError } from '../query-error.ts';
import type { MatchedTable } from './matches.ts';
import { noReads } from './reads.ts';
import type { Filter, ItemReads, Path, QueryReads, Reads, SelectReads, Span } from './reads.ts';
import { tableOf } from './table-path.ts';
import { place } from './tokens.ts';
import type { Token } from './tokens.ts';
import type { Expression, Writing } from './writing.ts';

/** What the star stands for in the name of the table that a row is of. No column: `SELECT *` does not give it. */
export const suffixColumn = '_TABLE_SUFFIX';

export function isWildcard(path: readonly string[]): boolean {
  return path.some((part) => part.includes('*'));
}

/** All tables with a prefix as one query, with the columns of the newest: what an older one does not have is NULL. */
export function readWildcard(
  writing: Writing,
  path: readonly string[],
  { alias, token }: { readonly alias: string; readonly token: Token },
): { readonly sql: string; readonly reads: QueryReads } {
  if (!/^[^*]*\*$/.test(path.join('.')))
    throw new QueryError(
      `Invalid wildcard table name "${path.join('.')}": the * must be its last character. at ${place(writing.cursor.sql, token.at)}`,
    );
  const whole = [...path.slice(0, -1), (path.at(-1) ?? '').slice(0, -1)];
  const prefix = tableOf({ ...writing, script: undefined }, whole, token);
  const { project, dataset } = prefix;
  const { tables, views } = writing.matchesOf(prefix);
  const [view] = views;
  if (view !== undefined)
    throw new QueryError(`Views cannot be queried through prefix. First view ${project}:${dataset}.${view}.`);
  const [newest] = tables;
  if (!newest) throw new QueryError(`${project}:${dataset}.${prefix.table}* does not match any table.`);
  writing.volatile.push('a wildcard table');
  writing.references.push(...tables.map(({ name }) => ({ ...name, alias })));
  const parts = tables.map((one) => partOf(one, newest, prefix));
  return {
    sql: parts.map(({ sql }) => sql).join(' UNION ALL '),
    reads: { parts: parts.map(({ reads }) => reads), order: noReads(), isDistinct: false, isLimited: false },
  };
}

interface Part {
  readonly sql: string;
  readonly reads: SelectReads;
}

function partOf({ name, columns }: MatchedTable, newest: MatchedTable, prefix: Required<TableName>): Part {
  const suffix = name.table.slice(prefix.table.length);
  const own = new Map(columns.map((column) => [column.name.toLowerCase(), column.type]));
  const values = newest.columns.map((column) => valueOf(column, own.get(column.name.toLowerCase())));
  const items = newest.columns.map((column) => itemOf(column.name, own.has(column.name.toLowerCase())));
  return {
    sql: `SELECT ${[...values, `${textLiteral(suffix)} AS ${quoted(suffixColumn)}`].join(', ')} FROM ${qualified(name)}`,
    reads: {
      items: [...items, { ...itemOf(suffixColumn, true), reads: noReads() }],
      sources: [{ alias: '', table: { ...name, alias: '' }, suffix }],
      filters: [],
      always: noReads(),
      needsAll: false,
      isRowwise: true,
    },
  };
}

function itemOf(name: string, isThere: boolean): ItemReads {
  const path: Path = [name];
  const reads: Reads = isThere ? { columns: [path], queries: [] } : noReads();
  const column = isThere ? { path, of: (value: string) => value } : undefined;
  return { kind: 'value', name: name.toLowerCase(), reads, column };
}

const names: Readonly<Record<string, string>> = {
  BIGINT: 'INT64',
  DOUBLE: 'FLOAT64',
  VARCHAR: 'STRING',
  BOOLEAN: 'BOOL',
  BLOB: 'BYTES',
  TIMESTAMP: 'DATETIME',
  'TIMESTAMP WITH TIME ZONE': 'TIMESTAMP',
  'DECIMAL(38,9)': 'NUMERIC',
};

const wider: Readonly<Record<string, readonly string[]>> = { BIGINT: ['DOUBLE', 'DECIMAL(38,9)'] };

/** The value of a column in the type of the newest table; where that cannot be, reading it is an error. */
function valueOf({ name, type }: MatchedTable['columns'][number], own: string | undefined): string {
  const column = quoted(name);
  if (own === undefined) return `CAST(NULL AS ${type}) AS ${column}`;
  if (own === type) return column;
  if (wider[own]?.includes(type)) return `CAST(${column} AS ${type}) AS ${column}`;
  const message = textLiteral(
    `Cannot read field of type ${names[own] ?? own} as ${names[type] ?? type} Field: ${name}`,
  );
  return `CASE WHEN ${column} IS NULL THEN NULL ELSE CAST(error(${message}) AS ${type}) END AS ${column}`;
}

/** The span of `_TABLE_SUFFIX` in one table. */
export function suffixSpan(suffix: string): Span {
  return { low: textLiteral(suffix), high: textLiteral(suffix) };
}

export function isSuffix(path: Path): boolean {
  return path.at(-1)?.toUpperCase() === suffixColumn;
}

/** Reads a condition. One that reads nothing but `_TABLE_SUFFIX`, whatever its form, is asked of each table's suffix. */
export function ofSuffix(writing: Writing, read: () => Expression): Expression {
  const { reads } = writing;
  const before = { columns: reads.columns.length, queries: reads.queries.length };
  const found = read();
  const columns = reads.columns.slice(before.columns);
  if (reads.queries.length > before.queries) return found;
  const filter = suffixFilter(found.sql, columns);
  return filter ? { ...found, filter } : found;
}

function suffixFilter(sql: string, [path = [], ...others]: readonly Path[]): Filter | undefined {
  if (!isSuffix(path) || path.length > 2) return undefined;
  if (others.some((other) => other.join('.') !== path.join('.'))) return undefined;
  const alias = path.length === 2 ? (path[0] ?? '') : 'suffix of it';
  return (spanOf) => {
    const span = spanOf(path);
    if (!span || span.low !== span.high) return undefined;
    return `(SELECT ${sql} FROM (SELECT ${span.low} AS ${quoted(suffixColumn)}) AS ${quoted(alias)})`;
  };
}
