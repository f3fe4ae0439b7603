import { quoted } from '../../warehouse/names.ts';
import type { Cursor } from './cursor.ts';
import { place } from './tokens.ts';
import type { Token } from './tokens.ts';
import { QueryError } from '../query-error.ts';
import { readPart } from './date-parts.ts';
import { functions } from './functions.ts';
import type { Call, FunctionRule } from './function-rule.ts';
import { listOf } from './writing.ts';
import type { Expression, Writing } from './writing.ts';

/** Words that may be called though they are reserved, and those that need no brackets. */
const callable = new Set(['IF', 'LEFT', 'RIGHT', 'ARRAY']);
const withoutBrackets = new Set(['CURRENT_DATE', 'CURRENT_TIMESTAMP', 'CURRENT_DATETIME', 'CURRENT_TIME']);

/** Reads the call of a function; undefined if none begins here. */
export function readCall(writing: Writing): Expression | undefined {
  const { cursor } = writing;
  const isSafe = cursor.is('SAFE', '.') && cursor.peek(3).text === '(';
  const token = cursor.peek(isSafe ? 2 : 0);
  const isCalled = cursor.peek(isSafe ? 3 : 1).text === '(' && cursor.peek(1).kind === 'symbol';
  if (!beginsCall(cursor, token, isCalled)) return undefined;
  if (isSafe) cursor.take('SAFE', '.');
  cursor.next();
  const rule = ruleOf(writing, token);
  const call = isCalled ? readArguments(writing, token, rule) : { ...noArguments, token };
  const sql = finish(writing, rule, call);
  const column = grown(writing, rule, call);
  return { sql: isSafe ? `TRY(${sql})` : sql, ...(column && { column }) };
}

/** What grows with its first argument, a column, says still which partitions it may come from. */
function grown({ cursor }: Writing, rule: FunctionRule, call: Call): Expression['column'] {
  const [first, ...others] = call.args;
  const isAlone = others.length === (rule.part === undefined ? 0 : 1);
  const column = rule.grows && isAlone ? first?.column : undefined;
  if (!column) return undefined;
  return {
    path: column.path,
    of: (value) => rule.write({ ...call, args: [{ sql: column.of(value) }, ...others] }, cursor),
  };
}

function beginsCall(cursor: Cursor, { text }: Token, isCalled: boolean): boolean {
  return (isCalled || withoutBrackets.has(text)) && (cursor.isName() || callable.has(text));
}

function ruleOf({ cursor, volatile }: Writing, token: Token): FunctionRule {
  const rule = Object.hasOwn(functions, token.text) ? functions[token.text] : undefined;
  if (!rule) {
    throw new QueryError(
      `Function not found: ${token.value} at ${place(cursor.sql, token.at)}. It may be one that the sandbox does not support: see docs/sandbox-sql.md.`,
    );
  }
  if (rule.isVolatile) volatile.push(token.text);
  return rule;
}

const noArguments: Omit<Call, 'token'> = {
  args: [],
  isDistinct: false,
  order: '',
  nulls: undefined,
  isStar: false,
};

function readArguments(writing: Writing, token: Token, rule: FunctionRule): Call {
  const { cursor, expression } = writing;
  cursor.expect('(');
  const isStar = token.text === 'COUNT' && cursor.take('*');
  const isDistinct = cursor.take('DISTINCT');
  const args: Expression[] = [];
  while (!isStar && !ends(writing)) {
    if (args.length === rule.part) args.push({ sql: readPart(writing) });
    else args.push(expression(writing));
    if (cursor.is('=>')) throw cursor.unsupported('named arguments (=>)');
    if (!cursor.take(',')) break;
  }
  const nulls = readNulls(writing);
  const order = cursor.take('ORDER', 'BY') ? ` ORDER BY ${orderList(writing)}` : '';
  const limit = readLimit(writing, token);
  if (cursor.is('HAVING')) throw cursor.unsupported(`HAVING within ${token.text}`);
  cursor.expect(')');
  return { token, args, isDistinct, order, nulls, isStar, ...(limit !== undefined && { limit }) };
}

function readLimit({ cursor }: Writing, token: Token): string | undefined {
  if (!cursor.is('LIMIT')) return undefined;
  if (token.text !== 'ARRAY_AGG') throw cursor.unsupported(`LIMIT within ${token.text}`);
  cursor.next();
  const { text } = cursor.peek();
  if (!/^\d+$/.test(text)) throw cursor.wrong(`Expected a number but got "${text}"`);
  return cursor.next().text;
}

function ends({ cursor }: Writing): boolean {
  return cursor.is(')') || cursor.is('ORDER', 'BY');
}

function readNulls({ cursor }: Writing): Call['nulls'] {
  if (cursor.take('IGNORE', 'NULLS')) return 'IGNORE';
  return cursor.take('RESPECT', 'NULLS') ? 'RESPECT' : undefined;
}

function finish(writing: Writing, rule: FunctionRule, call: Call): string {
  const { cursor } = writing;
  const { args, isStar, token } = call;
  const fits = isStar || (args.length >= rule.least && args.length <= rule.most);
  if (!fits) throw wrongCount(writing, rule, call);
  const isPlain = !call.isDistinct && call.order === '' && call.nulls === undefined;
  if (!isPlain && !rule.isAggregate)
    throw cursor.unsupported(`DISTINCT, NULLS or ORDER BY within ${token.text}`, token);
  const sql = (writing.isExact && rule.writeExact ? rule.writeExact : rule.write)(call, cursor);
  const over = readOver(writing, rule, token);
  return writing.isExact && rule.writeExactOver ? rule.writeExactOver(call, over, cursor) : sql + over;
}

/** ` OVER …`, or nothing. */
function readOver(writing: Writing, rule: FunctionRule, token: Token): string {
  const { cursor } = writing;
  if (!cursor.take('OVER')) return '';
  if (!rule.isAggregate) throw cursor.wrong(`${token.text} is no analytic function`, token);
  writing.windows += 1;
  return ` OVER ${window(writing)}`;
}

function wrongCount({ cursor }: Writing, rule: FunctionRule, { token, args }: Call): QueryError {
  const expected = rule.least === rule.most ? `${rule.least}` : `${rule.least} to ${rule.most}`;
  return cursor.wrong(`${token.text} takes ${expected} arguments here, got ${args.length}`, token);
}

/** `a DESC NULLS LAST, b`. */
export function orderList(writing: Writing): string {
  const { cursor } = writing;
  return listOf(writing, () => {
    const { sql } = writing.expression(writing);
    const direction = cursor.take('DESC') ? ' DESC' : cursor.take('ASC') ? ' ASC' : '';
    if (cursor.take('NULLS', 'FIRST')) return `${sql}${direction} NULLS FIRST`;
    return `${sql}${direction}${cursor.take('NULLS', 'LAST') ? ' NULLS LAST' : ''}`;
  }).join(', ');
}

const frameWords = new Set('ROWS RANGE BETWEEN UNBOUNDED PRECEDING FOLLOWING CURRENT ROW AND'.split(' '));

/** A window: its name, or `(PARTITION BY … ORDER BY … ROWS …)`. */
export function window(writing: Writing): string {
  const { cursor } = writing;
  if (cursor.isName()) return quoted(cursor.name());
  cursor.expect('(');
  const parts: string[] = [];
  if (cursor.isName()) parts.push(quoted(cursor.name()));
  if (cursor.take('PARTITION', 'BY')) {
    parts.push(`PARTITION BY ${listOf(writing, () => writing.expression(writing).sql).join(', ')}`);
  }
  if (cursor.take('ORDER', 'BY')) parts.push(`ORDER BY ${orderList(writing)}`);
  while (cursor.isOneOf(frameWords) || cursor.peek().kind === 'number') parts.push(cursor.next().text);
  cursor.expect(')');
  return `(${parts.join(' ')})`;
}
