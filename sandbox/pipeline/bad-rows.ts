import type { Column, Session } from '../warehouse/session.ts';
import { quoted, textLiteral } from '../warehouse/names.ts';
import { columnList } from './column-types.ts';

/** What is wrong with rows of a table, and with how many. */
export interface Finding {
  readonly column: string;
  readonly problem: Problem;
  readonly rows: number;
}

export type Problem =
  'missing_values' | 'negative_values' | 'outliers' | 'format_errors' | 'duplicates' | 'wrong_types';

/** A value is odd if at most this share of its column is like it; what is common belongs to the data. */
const oddRatio = 0.2;
/** Columns that may be empty are common: in a file of many rows only few missing values are odd. */
const oddMissingRatio = 0.03;
const manyRows = 100;
/** An outlier is this many times as far from the median as the middle 60 % are wide. */
const outlierWidths = 20;
/** A smaller table has no majority to judge by: what is missing, negative or padded in it is bad. */
const leastRows = 5;

interface Rule {
  readonly column: string;
  readonly problem: Problem;
  /** SQL that is true for a bad row. */
  readonly test: string;
}

const numeric = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/;

/**
 * Puts the bad rows of a table into a new one, with `"why?"` as first column, and tells what it found.
 *
 * Nobody says what is right, so the majority does: a value is bad if it is negative, far out or padded with
 * blanks in a column where at most a fifth of the values are, or missing where at most 3 % are.
 */
export async function findBadRows(
  session: Session,
  { table, into, columns }: { table: string; into: string; columns: readonly Column[] },
): Promise<readonly Finding[]> {
  const rules = await rulesOf(session, table, columns);
  const tests = rules.map(({ test }) => `coalesce(${test}, false)`);
  const names = rules.map(({ column, problem }) => textLiteral(`${problem}: ${column}`));
  const whys = tests.map((test, index) => `CASE WHEN ${test} THEN ${names[index] ?? ''} END`);
  const why = whys.length > 0 ? `concat_ws(', ', ${whys.join(', ')})` : `''`;
  await session.run(
    `CREATE TABLE ${into} AS SELECT * FROM (SELECT ${why} AS "why?", * FROM (${withRepeats(table, columns)})) WHERE "why?" <> '' OR "repeat?" > 1`,
  );
  const counts = rules.map((_, index) => `count_if(contains("why?", ${names[index] ?? ''}))`);
  const result = await session.run(
    `SELECT count_if("repeat?" > 1)${counts.map((one) => `, ${one}`).join('')} FROM ${into}`,
  );
  const [[repeats = 0, ...found] = []] = await result.getRowsJS();
  const findings = rules.map(({ column, problem }, index) => ({
    column,
    problem,
    rows: Number(found[index]),
  }));
  const all = [...findings, { column: '', problem: 'duplicates' as const, rows: Number(repeats) }];
  return all.filter(({ rows }) => rows > 0);
}

/**
 * The rows with `"repeat?"`: 1, or from 2 on for one that equals an earlier one in all columns. Only where the first
 * column looks like a key.
 */
function withRepeats(table: string, columns: readonly Column[]): string {
  const key = columns[0];
  if (!key) return `SELECT *, 1 AS "repeat?" FROM ${table}`;
  return `SELECT *, CASE WHEN (SELECT approx_count_distinct(${quoted(key.name)}) >= 0.7 * count(*) FROM ${table})
    THEN row_number() OVER (PARTITION BY ${columnList(columns)}) ELSE 1 END AS "repeat?" FROM ${table}`;
}

async function rulesOf(
  session: Session,
  table: string,
  columns: readonly Column[],
): Promise<readonly Rule[]> {
  const candidates = columns.flatMap(({ name, type }) => candidatesOf(name, type.toString()));
  const limits = candidates.map(({ test }) => `count_if(${test})`);
  const spreads = columns.flatMap(({ name, type }) => (spreadOf(name, type.toString()) ? [name] : []));
  const measures = spreads.map((name) => `quantile_cont(${measure(name, columns)}, [0.2, 0.5, 0.8])`);
  const result = await session.run(
    `SELECT count(*), ${[...limits, ...measures, '0'].join(', ')} FROM ${table}`,
  );
  const [[total = 0, ...values] = []] = await result.getRowsJson();
  const odd = candidates.filter(({ problem }, index) => isOdd(problem, Number(values[index]), Number(total)));
  const far = spreads.flatMap((name, index) => outlierRule(name, columns, values[candidates.length + index]));
  return Number(total) < leastRows ? odd : [...odd, ...far];
}

function candidatesOf(column: string, type: string): readonly Rule[] {
  const name = quoted(column);
  const missing: Rule = { column, problem: 'missing_values', test: `${name} IS NULL` };
  if (numeric.test(type)) return [missing, { column, problem: 'negative_values', test: `${name} < 0` }];
  if (type === 'VARCHAR')
    return [missing, { column, problem: 'format_errors', test: `${name} <> trim(${name})` }];
  return [missing];
}

function isOdd(problem: Problem, rows: number, total: number): boolean {
  const most = problem === 'missing_values' && total >= manyRows ? oddMissingRatio : oddRatio;
  return rows > 0 && (rows <= most * total || total < leastRows);
}

function spreadOf(name: string, type: string): boolean {
  return name !== '' && (numeric.test(type) || type.startsWith('TIMESTAMP') || type === 'DATE');
}

/** A column as a number. */
function measure(name: string, columns: readonly Column[]): string {
  const type = columns.find((column) => column.name === name)?.type.toString() ?? '';
  return numeric.test(type) ? `${quoted(name)}::DOUBLE` : `epoch(${quoted(name)})`;
}

function outlierRule(column: string, columns: readonly Column[], quantiles: unknown): readonly Rule[] {
  const [low, middle, high] = Array.isArray(quantiles) ? quantiles.map(Number) : [];
  if (low === undefined || middle === undefined || high === undefined || !(high > low)) return [];
  const test = `abs(${measure(column, columns)} - ${middle}) > ${outlierWidths * (high - low)}`;
  return [{ column, problem: 'outliers', test }];
}
