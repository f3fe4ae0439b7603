import type { ColumnType, Session } from './session.ts';
import { quoted, schemaNameOf, textLiteral } from './names.ts';
import type { TableName } from './names.ts';
import { numeric } from './numeric-macros.ts';

/** A column and its DuckDB type, as text: `BIGINT`, `STRUCT("a" BIGINT)[]`. */
export interface NamedType {
  readonly name: string;
  readonly type: string;
  /** It must have a value in each row. */
  readonly required?: boolean;
}

export function namedType(name: string, type: ColumnType): NamedType {
  return { name, type: type.toString() };
}

/** The SQL that takes a column out of the JSON object `json`; NULL if it is absent or cannot be converted. */
export function columnOfJson({ name, type }: NamedType): string {
  const path = pathTo(name);
  if (isNested(type)) return `TRY_CAST(json_extract(json, ${path}) AS ${type})`;
  const text = `json_extract_string(json, ${path})`;
  if (type === 'VARCHAR') return text;
  if (type === 'BLOB') return `TRY(from_base64(${text}))`;
  if (type === 'BIGINT')
    return `CASE WHEN regexp_full_match(${text}, '\\s*[-+]?\\d+(\\.0*)?\\s*') THEN TRY_CAST(${text} AS BIGINT) END`;
  // Short texts, which are most, in 64 bits: DuckDB takes long for 128.
  if (type === numeric)
    return `coalesce(CAST(TRY_CAST(${text} AS DECIMAL(18,9)) AS ${type}), TRY_CAST(${text} AS ${type}))`;
  return `TRY_CAST(${text} AS ${type})`;
}

/** Whether the JSON object holds something for the column that did not become a value of it. */
export function wasNotConverted({ name }: NamedType): string {
  return `(coalesce(json_type(json, ${pathTo(name)}), 'NULL') <> 'NULL' AND ${quoted(name)} IS NULL)`;
}

function isNested(type: string): boolean {
  return type.endsWith(']') || type.startsWith('STRUCT');
}

function pathTo(name: string): string {
  return textLiteral(`$.${quoted(name)}`);
}

/** Columns as CREATE TABLE lists them. */
export function columnList(columns: readonly NamedType[]): string {
  return columns
    .map(({ name, type, required = false }) => `${quoted(name)} ${type}${required ? ' NOT NULL' : ''}`)
    .join(', ');
}

/** The names of the columns that must have a value. */
export async function requiredColumns(session: Session, table: TableName): Promise<ReadonlySet<string>> {
  const result = await session.run(
    `SELECT column_name FROM duckdb_columns() WHERE NOT is_nullable AND schema_name = ${textLiteral(schemaNameOf(table))} AND table_name = ${textLiteral(table.table)}`,
  );
  return new Set((await result.getRowsJS()).map(([name]) => (typeof name === 'string' ? name : '')));
}
