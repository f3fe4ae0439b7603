import { qualified, quoted } from '../warehouse/names.ts';
import type { TableName } from '../warehouse/names.ts';
import type { Session } from '../warehouse/session.ts';
import type { Translation } from './sql/translate.ts';

const fixedSizes: Readonly<Record<string, number>> = {
  BIGINT: 8,
  DOUBLE: 8,
  BOOLEAN: 1,
  DATE: 8,
  TIME: 8,
  TIMESTAMP: 8,
  'TIMESTAMP WITH TIME ZONE': 8,
};

export interface BytesRead {
  readonly total: number;
  readonly billed: number;
}

const mebibyte = 1_048_576;
const leastBilledMiB = 10;

/**
 * The bytes of the columns that a query names, over all rows of their tables, by BigQuery's sizes of types;
 * NULL has none. What is billed is at least 10 MB for each table and whole megabytes; nothing read costs nothing.
 * https://cloud.google.com/bigquery/docs/estimate-costs
 */
export async function bytesRead(session: Session, translation: Translation): Promise<BytesRead> {
  let total = 0;
  let billed = 0;
  for (const [table, columns] of await columnsRead(session, translation)) {
    const bytes = columns.length === 0 ? 0 : await sizeOf(session, table, columns);
    total += bytes;
    if (bytes > 0) billed += Math.max(leastBilledMiB, Math.ceil(bytes / mebibyte)) * mebibyte;
  }
  return { total, billed };
}

/** The size of a whole table. */
export async function tableBytes(session: Session, table: TableName): Promise<number> {
  const columns = await typesOf(session, qualified(table));
  return sizeOf(session, qualified(table), columns);
}

interface TypedColumn {
  readonly name: string;
  readonly type: string;
}

async function columnsRead(
  session: Session,
  { references, uses, whole }: Translation,
): Promise<Map<string, TypedColumn[]>> {
  const read = new Map<string, TypedColumn[]>();
  for (const reference of references) {
    const table = qualified(reference);
    const alias = reference.alias.toLowerCase();
    const named = new Set(
      uses
        .filter(({ qualifier }) => qualifier === undefined || qualifier.toLowerCase() === alias)
        .map(({ column }) => column.toLowerCase()),
    );
    const all = await typesOf(session, table);
    const found = whole.has(reference) ? all : all.filter(({ name }) => named.has(name.toLowerCase()));
    const before = read.get(table) ?? [];
    read.set(table, [...before, ...found.filter(({ name }) => before.every((one) => one.name !== name))]);
  }
  return read;
}

async function typesOf(session: Session, table: string): Promise<TypedColumn[]> {
  const columns = await session.columns(`SELECT * FROM ${table}`);
  return columns.map(({ name, type }) => ({ name, type: type.toString() }));
}

async function sizeOf(session: Session, table: string, columns: readonly TypedColumn[]): Promise<number> {
  const sizes = columns.map(({ name, type }) => {
    const column = quoted(name);
    if (type === 'VARCHAR') return `sum(strlen(${column}) + 2)`;
    if (type === 'BLOB') return `sum(octet_length(${column}) + 2)`;
    const fixed = fixedSizes[type];
    return fixed === undefined ? `sum(strlen(CAST(${column} AS VARCHAR)))` : `count(${column}) * ${fixed}`;
  });
  const sum = sizes.map((size) => `coalesce(${size}, 0)`).join(' + ');
  const result = await session.run(`SELECT CAST(${sum || '0'} AS BIGINT) FROM ${table}`);
  return Number((await result.getRowsJS())[0]?.[0]);
}
