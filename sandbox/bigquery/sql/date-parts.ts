import type { Expression, Writing } from './writing.ts';

/** What an INTERVAL may be counted in. */
export const intervalParts: ReadonlySet<string> = new Set(
  'MICROSECOND MILLISECOND SECOND MINUTE HOUR DAY WEEK MONTH QUARTER YEAR'.split(' '),
);

/** Reads `MONTH`, `ISOWEEK` or `WEEK(MONDAY)`; the latter comes as `ISOWEEK`, which is the same. */
export function readPart({ cursor }: Writing): string {
  const token = cursor.next();
  if (token.kind !== 'word') throw cursor.wrong('Expected a date part such as DAY', token);
  if (token.text !== 'WEEK' || !cursor.take('(')) return token.text;
  const day = cursor.next().text;
  cursor.expect(')');
  if (day === 'SUNDAY') return 'WEEK';
  if (day === 'MONDAY') return 'ISOWEEK';
  throw cursor.unsupported(`WEEK(${day})`, token);
}

/** `EXTRACT(part FROM value)`. */
export function extract(writing: Writing): Expression {
  const { cursor, expression } = writing;
  cursor.expect('(');
  const token = cursor.peek();
  const part = readPart(writing);
  cursor.expect('FROM');
  const { sql } = expression(writing);
  if (cursor.is('AT')) throw cursor.unsupported('EXTRACT … AT TIME ZONE');
  cursor.expect(')');
  const write = extracts[part];
  if (!write) throw cursor.unsupported(`EXTRACT(${part} …)`, token);
  return { sql: write(sql) };
}

/** DuckDB counts days of the week from 0, weeks as ISO does, and parts of a second with its seconds. */
const extracts: Readonly<Record<string, (sql: string) => string>> = {
  MICROSECOND: (sql) => `(extract(microsecond FROM ${sql}) % 1000000)`,
  MILLISECOND: (sql) => `(extract(millisecond FROM ${sql}) % 1000)`,
  SECOND: (sql) => `extract(second FROM ${sql})`,
  MINUTE: (sql) => `extract(minute FROM ${sql})`,
  HOUR: (sql) => `extract(hour FROM ${sql})`,
  DAYOFWEEK: (sql) => `(extract(dayofweek FROM ${sql}) + 1)`,
  DAY: (sql) => `extract(day FROM ${sql})`,
  DAYOFYEAR: (sql) => `extract(dayofyear FROM ${sql})`,
  WEEK: (sql) => `bq_week_of(${sql})`,
  ISOWEEK: (sql) => `extract(week FROM ${sql})`,
  MONTH: (sql) => `extract(month FROM ${sql})`,
  QUARTER: (sql) => `extract(quarter FROM ${sql})`,
  YEAR: (sql) => `extract(year FROM ${sql})`,
  ISOYEAR: (sql) => `extract(isoyear FROM ${sql})`,
  DATE: (sql) => `CAST(${sql} AS DATE)`,
  TIME: (sql) => `CAST(${sql} AS TIME)`,
};
