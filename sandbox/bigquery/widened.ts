import { quoted } from '../warehouse/names.ts';
import { numeric } from '../warehouse/numeric-macros.ts';
import type { Column, Session } from '../warehouse/session.ts';
import { typesOfQuery } from './bytes-read.ts';

/** What DuckDB takes for a number, an untyped NULL or a time, where BigQuery has one type for all. */
const widerTypes: Readonly<Record<string, string>> = {
  TINYINT: 'BIGINT',
  SMALLINT: 'BIGINT',
  INTEGER: 'BIGINT',
  HUGEINT: 'BIGINT',
  UTINYINT: 'BIGINT',
  USMALLINT: 'BIGINT',
  UINTEGER: 'BIGINT',
  UBIGINT: 'BIGINT',
  UHUGEINT: 'BIGINT',
  '"NULL"': 'BIGINT',
  FLOAT: 'DOUBLE',
  UUID: 'VARCHAR',
};

const decimals = /\bDECIMAL\(\d+,\d+\)/g;
const narrow = /\b(?:U?(?:TINY|SMALL|HUGE)INT|U?INTEGER|UBIGINT)\b|"NULL"/g;

/** A query whose columns have BigQuery's types, for a table that is made of it. */
export async function widened(session: Session, sql: string): Promise<string> {
  const changes = (await typesOfQuery(session, sql)).flatMap(({ name, type }) => {
    const exact = type.replace(decimals, numeric);
    const wider = widerTypes[type] ?? (/[\](]/.test(exact) ? exact.replace(narrow, 'BIGINT') : exact);
    return wider === type ? [] : [`CAST(${quoted(name)} AS ${wider}) AS ${quoted(name)}`];
  });
  return changes.length === 0 ? sql : `SELECT * REPLACE (${changes.join(', ')}) FROM (${sql})`;
}

/** A query whose sums fit INT64, as they must: DuckDB's are wider. */
export function narrowed(sql: string, columns: readonly Column[]): string {
  const changes = columns.flatMap(({ name, type }) => {
    const text = type.toString();
    const narrower = text.replace(/\bU?HUGEINT\b/g, 'BIGINT');
    return narrower === text ? [] : [`CAST(${quoted(name)} AS ${narrower}) AS ${quoted(name)}`];
  });
  return changes.length === 0 ? sql : `SELECT * REPLACE (${changes.join(', ')}) FROM (${sql})`;
}
