import { qualified, quoted } from '../warehouse/names.ts';
import type { TableName } from '../warehouse/names.ts';
import type { Session } from '../warehouse/session.ts';
import { columnsRead } from './columns-read.ts';
import type { ColumnRead, KnownTable } from './columns-read.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { layoutOf } from './layout.ts';
import type { TypedColumn } from './layout.ts';
import type { Translation } from './sql/translate.ts';

const fixedSizes: Readonly<Record<string, number>> = {
  BIGINT: 8,
  INTEGER: 8,
  HUGEINT: 8,
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
 * The bytes of the columns that a query reads, over the rows of the partitions that it reads, by BigQuery's sizes of
 * types; NULL has none. What is billed is at least 10 MB for each table and whole megabytes; nothing read costs nothing.
 * https://cloud.google.com/bigquery/docs/estimate-costs
 */
export async function bytesRead(
  session: Session,
  { references, reads }: Pick<Translation, 'references' | 'reads'>,
  facts: DatasetFacts,
): Promise<BytesRead> {
  const known = new Map<string, KnownTable>();
  for (const table of references) known.set(qualified(table), await knownTable(session, table, facts));
  const tables = new Map<string, ColumnRead[]>();
  for (const one of columnsRead(reads, (table) => known.get(qualified(table)) ?? unknown)) {
    const table = qualified(one.table);
    tables.set(table, [...(tables.get(table) ?? []), one]);
  }
  let total = 0;
  let billed = 0;
  for (const [table, columns] of tables) {
    const bytes = await sizeOf(session, table, conditions(columns));
    total += bytes;
    if (bytes > 0) billed += Math.max(leastBilledMiB, Math.ceil(bytes / mebibyte)) * mebibyte;
  }
  return { total, billed };
}

const unknown: KnownTable = { columns: [], layout: undefined };

async function knownTable(
  session: Session,
  { project, dataset, table }: Required<TableName>,
  facts: DatasetFacts,
): Promise<KnownTable> {
  const columns = await typesOf(session, qualified({ project, dataset, table }));
  return { columns, layout: layoutOf(facts.of(`${project}.${dataset}.${table}`).fields, columns) };
}

/** The size of a whole table. */
export async function tableBytes(session: Session, table: TableName): Promise<number> {
  const columns = await typesOf(session, qualified(table));
  return sizeOf(
    session,
    qualified(table),
    columns.map((column) => ({ column, condition: undefined })),
  );
}

type ColumnPart = Pick<ColumnRead, 'column' | 'condition'>;

/** Each column once: it is read where one of its readers needs it. */
function conditions(columns: readonly ColumnRead[]): ColumnPart[] {
  const byName = new Map<string, ColumnPart>();
  for (const { column, condition } of columns) {
    const before = byName.get(column.name);
    const isWhole = condition === undefined || (before && before.condition === undefined);
    const both = isWhole
      ? undefined
      : [...new Set([before?.condition, condition].filter((one) => one !== undefined))].join(' OR ');
    byName.set(column.name, { column, condition: both });
  }
  return [...byName.values()];
}

/** The columns of a table and their types. */
export function typesOf(session: Session, table: string): Promise<TypedColumn[]> {
  return typesOfQuery(session, `SELECT * FROM ${table}`);
}

export async function typesOfQuery(session: Session, sql: string): Promise<TypedColumn[]> {
  const columns = await session.columns(sql);
  return columns.map(({ name, type }) => ({ name, type: type.toString() }));
}

/** Columns that are read in the same partitions are added up together: telling partitions is what takes time. */
async function sizeOf(session: Session, table: string, columns: readonly ColumnPart[]): Promise<number> {
  const byCondition = new Map<string, string[]>();
  for (const { column, condition = 'TRUE' } of columns)
    byCondition.set(condition, [...(byCondition.get(condition) ?? []), `coalesce(${sizeText(column)}, 0)`]);
  let total = 0;
  for (const [condition, sizes] of byCondition) {
    const sum = `SELECT CAST(${sizes.join(' + ')} AS BIGINT) FROM ${table} WHERE ${condition}`;
    total += Number((await (await session.run(sum)).getRowsJS())[0]?.[0]);
  }
  return total;
}

function sizeText({ name, type }: TypedColumn): string {
  const column = quoted(name);
  if (type === 'VARCHAR') return `sum(strlen(${column}) + 2)`;
  if (type === 'BLOB') return `sum(octet_length(${column}) + 2)`;
  const fixed = type.startsWith('DECIMAL') && !type.endsWith(']') ? 16 : fixedSizes[type];
  return `sum(${fixed === undefined ? `strlen(CAST(${column} AS VARCHAR))` : `CASE WHEN ${column} IS NOT NULL THEN ${fixed} END`})`;
}
