import { andFilter, compareFilter, flip, inArrayFilter, inFilter, nullFilter, orFilter } from './filters.ts';
import { exactly } from './exact.ts';
import type { Filter } from './reads.ts';
import { readCount } from './gather.ts';
import { ofSuffix } from './wildcard.ts';
import { listOf } from './writing.ts';
import type { Expression, Writing } from './writing.ts';

/**
 * The levels of operators, the one that binds least first.
 * https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#operator_precedence
 */
export const levels: readonly (readonly string[] | 'not' | 'comparison')[] = [
  ['OR'],
  ['AND'],
  'not',
  'comparison',
  ['|'],
  ['^'],
  ['&'],
  ['< <', '> >'],
  ['+', '-'],
  ['*', '/', '||'],
];

/** An operator between two values, in DuckDB's words and with BigQuery's meaning. */
export function binary(writing: Writing, operator: string, left: Expression, right: Expression): Expression {
  const exact = writing.isExact ? exactOperation(operator, left, right) : undefined;
  return exact === undefined ? usual(operator, left, right) : { sql: exact };
}

function usual(operator: string, left: Expression, right: Expression): Expression {
  const [a, b] = [left.sql, right.sql];
  switch (operator) {
    case '/':
      return { sql: right.number ? `(${a} / ${b})` : `bq_divide(${a}, ${b})` };
    case '-':
      if (right.interval || left.number !== undefined || right.number !== undefined) break;
      return { sql: `bq_minus(${a}, ${b})` };
    case 'AND':
      return withFilter(`(${a} AND ${b})`, andFilter(left.filter, right.filter));
    case 'OR':
      return withFilter(`(${a} OR ${b})`, orFilter(left.filter, right.filter));
    case '^':
      return { sql: `xor(${a}, ${b})` };
    case '< <':
      return { sql: `(${a} << ${b})` };
    case '> >':
      return { sql: `(${a} >> ${b})` };
  }
  return { sql: `(${a} ${operator} ${b})` };
}

const operations: Readonly<Record<string, string>> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'divide',
};

/** With NUMERIC: what DuckDB does otherwise. */
function exactOperation(operator: string, left: Expression, right: Expression): string | undefined {
  const name = operations[operator];
  if (name === undefined || left.interval || right.interval) return undefined;
  if (left.isFloat !== right.isFloat)
    return exactly(left.isFloat ? `literal_${name}` : `${name}_literal`, left.sql, right.sql);
  if (operator === '*') return exactly('times', left.sql, right.sql);
  if (operator === '/') return exactly(right.number ? 'quotient' : 'divide', left.sql, right.sql);
  return undefined;
}

const comparisons = ['=', '!=', '<>', '<=', '>=', '<', '>'];

/** Comparisons, `IS`, `IN`, `LIKE` and `BETWEEN`. They do not chain. */
export function comparison(writing: Writing, operand: () => Expression): Expression {
  return ofSuffix(writing, () => readComparison(writing, operand));
}

function readComparison(writing: Writing, operand: () => Expression): Expression {
  const { cursor } = writing;
  const before = readCount(writing);
  const left = operand();
  const isConstant = readCount(writing) === before;
  const operator = comparisons.find((text) => cursor.is(text));
  if (operator !== undefined && !isShift(writing)) {
    cursor.next();
    return compared(writing, { left, isConstant, operator }, operand);
  }
  if (cursor.take('IS')) return is(writing, left, operand);
  const isNot = cursor.is('NOT') && ['IN', 'LIKE', 'BETWEEN'].includes(cursor.peek(1).text);
  if (isNot) cursor.next();
  const not = isNot ? 'NOT ' : '';
  const found = cursor.take('IN')
    ? inside(writing, left, not)
    : cursor.take('BETWEEN')
      ? between(writing, left, not, operand)
      : undefined;
  // What is not so says nothing of partitions.
  if (found) return isNot ? { sql: found.sql } : found;
  if (cursor.take('LIKE')) return { sql: `(${left.sql} ${not}LIKE ${like(writing, operand)})` };
  return left;
}

interface LeftSide {
  readonly left: Expression;
  readonly isConstant: boolean;
  readonly operator: string;
}

function compared(
  writing: Writing,
  { left, isConstant, operator }: LeftSide,
  operand: () => Expression,
): Expression {
  const right = constantOr(writing, operand);
  const filter = right.isConstant
    ? compareFilter(left, operator, right.value.sql)
    : isConstant
      ? compareFilter(right.value, flip(operator), left.sql)
      : undefined;
  return withFilter(`(${left.sql} ${operator} ${right.value.sql})`, filter);
}

function withFilter(sql: string, filter: Filter | undefined): Expression {
  return { sql, ...(filter && { filter }) };
}

/** Reads a value, and says whether it reads no column and no query. */
function constantOr(writing: Writing, operand: () => Expression): { value: Expression; isConstant: boolean } {
  const before = readCount(writing);
  const value = operand();
  return { value, isConstant: readCount(writing) === before };
}

function between(writing: Writing, left: Expression, not: string, operand: () => Expression): Expression {
  const low = constantOr(writing, operand);
  writing.cursor.expect('AND');
  const high = constantOr(writing, operand);
  const filter = andFilter(
    low.isConstant ? compareFilter(left, '>=', low.value.sql) : undefined,
    high.isConstant ? compareFilter(left, '<=', high.value.sql) : undefined,
  );
  return withFilter(`(${left.sql} ${not}BETWEEN ${low.value.sql} AND ${high.value.sql})`, filter);
}

function isShift({ cursor }: Writing): boolean {
  const [first, second] = [cursor.peek(), cursor.peek(1)];
  return /^[<>]$/.test(first.text) && first.text === second.text && second.at === first.at + 1;
}

function is({ cursor }: Writing, left: Expression, operand: () => Expression): Expression {
  const not = cursor.take('NOT') ? 'NOT ' : '';
  const word = ['NULL', 'TRUE', 'FALSE'].find((text) => cursor.take(text));
  if (word !== undefined) {
    const filter = word === 'NULL' ? nullFilter(left, not + word) : undefined;
    return withFilter(`(${left.sql} IS ${not}${word})`, filter);
  }
  if (cursor.take('DISTINCT', 'FROM'))
    return { sql: `(${left.sql} IS ${not}DISTINCT FROM ${operand().sql})` };
  throw cursor.unsupported(`IS ${not}${cursor.peek().text}`);
}

function inside(writing: Writing, left: Expression, not: string): Expression {
  const { cursor, expression } = writing;
  const before = readCount(writing);
  if (cursor.take('UNNEST')) {
    cursor.expect('(');
    const array = expression(writing).sql;
    cursor.expect(')');
    const filter = readCount(writing) === before ? inArrayFilter(left, array) : undefined;
    return withFilter(`(${left.sql} ${not}IN (SELECT unnest(${array})))`, filter);
  }
  cursor.expect('(');
  if (cursor.is('SELECT') || cursor.is('WITH')) {
    const query = writing.query(writing);
    cursor.expect(')');
    return { sql: `(${left.sql} ${not}IN (${query}))` };
  }
  const items = listOf(writing, () => expression(writing).sql);
  cursor.expect(')');
  const filter = readCount(writing) === before ? inFilter(left, items) : undefined;
  return withFilter(`(${left.sql} ${not}IN (${items.join(', ')}))`, filter);
}

/** A backslash escapes in BigQuery's patterns. */
function like({ cursor }: Writing, operand: () => Expression): string {
  if (['ANY', 'SOME', 'ALL'].some((text) => cursor.is(text))) {
    throw cursor.unsupported(`LIKE ${cursor.peek().text}`);
  }
  const pattern = operand();
  const isPlain = pattern.text !== undefined && !pattern.text.includes('\\');
  return isPlain ? pattern.sql : `${pattern.sql} ESCAPE '\\'`;
}
