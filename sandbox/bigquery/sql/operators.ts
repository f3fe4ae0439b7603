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
export function binary(operator: string, left: Expression, right: Expression): Expression {
  const [a, b] = [left.sql, right.sql];
  switch (operator) {
    case '/':
      return { sql: right.number ? `(${a} / ${b})` : `bq_divide(${a}, ${b})` };
    case '-':
      if (right.interval || left.number !== undefined || right.number !== undefined) break;
      return { sql: `bq_minus(${a}, ${b})` };
    case '^':
      return { sql: `xor(${a}, ${b})` };
    case '< <':
      return { sql: `(${a} << ${b})` };
    case '> >':
      return { sql: `(${a} >> ${b})` };
  }
  return { sql: `(${a} ${operator} ${b})` };
}

const comparisons = ['=', '!=', '<>', '<=', '>=', '<', '>'];

/** Comparisons, `IS`, `IN`, `LIKE` and `BETWEEN`. They do not chain. */
export function comparison(writing: Writing, left: Expression, operand: () => Expression): Expression {
  const { cursor } = writing;
  const operator = comparisons.find((text) => cursor.is(text));
  if (operator !== undefined && !isShift(writing)) {
    cursor.next();
    return { sql: `(${left.sql} ${operator} ${operand().sql})` };
  }
  if (cursor.take('IS')) return { sql: `(${left.sql} IS ${is(writing, operand)})` };
  const isNot = cursor.is('NOT') && ['IN', 'LIKE', 'BETWEEN'].includes(cursor.peek(1).text);
  if (isNot) cursor.next();
  const not = isNot ? 'NOT ' : '';
  if (cursor.take('IN')) return { sql: `(${left.sql} ${not}IN ${inside(writing)})` };
  if (cursor.take('LIKE')) return { sql: `(${left.sql} ${not}LIKE ${like(writing, operand)})` };
  if (cursor.take('BETWEEN')) {
    const low = operand().sql;
    cursor.expect('AND');
    return { sql: `(${left.sql} ${not}BETWEEN ${low} AND ${operand().sql})` };
  }
  return left;
}

function isShift({ cursor }: Writing): boolean {
  const [first, second] = [cursor.peek(), cursor.peek(1)];
  return /^[<>]$/.test(first.text) && first.text === second.text && second.at === first.at + 1;
}

function is({ cursor }: Writing, operand: () => Expression): string {
  const not = cursor.take('NOT') ? 'NOT ' : '';
  const word = ['NULL', 'TRUE', 'FALSE'].find((text) => cursor.take(text));
  if (word !== undefined) return `${not}${word}`;
  if (cursor.take('DISTINCT', 'FROM')) return `${not}DISTINCT FROM ${operand().sql}`;
  throw cursor.unsupported(`IS ${not}${cursor.peek().text}`);
}

function inside(writing: Writing): string {
  const { cursor } = writing;
  if (cursor.take('UNNEST')) {
    cursor.expect('(');
    const array = writing.expression(writing).sql;
    cursor.expect(')');
    return `(SELECT unnest(${array}))`;
  }
  cursor.expect('(');
  if (cursor.is('SELECT') || cursor.is('WITH')) {
    const query = writing.query(writing);
    cursor.expect(')');
    return `(${query})`;
  }
  const items = [writing.expression(writing).sql];
  while (cursor.take(',')) items.push(writing.expression(writing).sql);
  cursor.expect(')');
  return `(${items.join(', ')})`;
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
