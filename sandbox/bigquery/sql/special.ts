import { quoted } from '../../warehouse/names.ts';
import { numeric } from '../../warehouse/numeric-macros.ts';
import { extract, intervalParts } from './date-parts.ts';
import { exactly } from './exact.ts';
import { readType } from './types.ts';
import type { Expression, Writing } from './writing.ts';

/** Forms with a grammar of their own; undefined if none begins here. */
export function readSpecial(writing: Writing): Expression | undefined {
  const { cursor } = writing;
  const { text } = cursor.peek();
  const reader = readers[text];
  if (!reader) return undefined;
  const follows = cursor.peek(1).text;
  if (['CAST', 'SAFE_CAST', 'EXISTS', 'EXTRACT', 'IF'].includes(text) && follows !== '(') return undefined;
  cursor.next();
  return reader(writing, text);
}

const readers: Readonly<Record<string, (writing: Writing, word: string) => Expression>> = {
  CASE: readCase,
  CAST: readCast,
  SAFE_CAST: readCast,
  EXTRACT: extract,
  INTERVAL: readInterval,
  EXISTS: (writing) => ({ sql: `EXISTS ${subquery(writing)}` }),
  ARRAY: readArray,
  STRUCT: readStruct,
};

function readCase(writing: Writing): Expression {
  const { cursor, expression } = writing;
  const parts = ['CASE'];
  if (!cursor.is('WHEN')) parts.push(expression(writing).sql);
  while (cursor.take('WHEN')) {
    const condition = expression(writing).sql;
    cursor.expect('THEN');
    parts.push(`WHEN ${condition} THEN ${expression(writing).sql}`);
  }
  if (cursor.take('ELSE')) parts.push(`ELSE ${expression(writing).sql}`);
  cursor.expect('END');
  return { sql: `${parts.join(' ')} END` };
}

function readCast(writing: Writing, word: string): Expression {
  const { cursor, expression } = writing;
  cursor.expect('(');
  const { sql, column } = expression(writing);
  cursor.expect('AS');
  const type = readType(cursor);
  if (cursor.is('FORMAT')) throw cursor.unsupported('CAST with FORMAT');
  cursor.expect(')');
  const written = (value: string) => cast(value, type, word === 'SAFE_CAST');
  if (!column || !/^(DATE|TIMESTAMP.*)$/.test(type)) return { sql: written(sql) };
  return { sql: written(sql), column: { path: column.path, of: (value) => written(column.of(value)) } };
}

function cast(sql: string, type: string, isSafe: boolean): string {
  const how = isSafe ? 'try' : 'to';
  if (type === 'BIGINT') return `bq_${how}_int64(${sql})`;
  if (type === 'BOOLEAN') return `bq_${how}_bool(${sql})`;
  if (type === 'VARCHAR') return `bq_to_string(${sql})`;
  if (type === 'BLOB') return `encode(${sql})`;
  if (/^DECIMAL\([\d,]+\)$/.test(type)) return castNumeric(sql, type, isSafe);
  return `${isSafe ? 'TRY_CAST' : 'CAST'}(${sql} AS ${type})`;
}

/** With a precision the value is rounded, and stays a NUMERIC. */
function castNumeric(sql: string, type: string, isSafe: boolean): string {
  const value = exactly(isSafe ? 'try_numeric' : 'to_numeric', sql);
  if (type === numeric) return value;
  return `CAST(${isSafe ? 'TRY_CAST' : 'CAST'}(${value} AS ${type}) AS ${numeric})`;
}

function readInterval(writing: Writing): Expression {
  const { cursor, expression } = writing;
  const amount = expression(writing).sql;
  const token = cursor.next();
  if (!intervalParts.has(token.text)) throw cursor.unsupported(`INTERVAL … ${token.text}`, token);
  if (cursor.is('TO')) throw cursor.unsupported('INTERVAL … TO');
  return { sql: `INTERVAL (${amount}) ${token.text}`, interval: { amount, part: token.text } };
}

function subquery(writing: Writing): string {
  writing.cursor.expect('(');
  const sql = `(${writing.query(writing)})`;
  writing.cursor.expect(')');
  return sql;
}

/** `ARRAY(SELECT …)`, `ARRAY[…]` and `ARRAY<T>[…]`. */
function readArray(writing: Writing): Expression {
  const { cursor } = writing;
  if (cursor.is('(')) return { sql: `ARRAY${subquery(writing)}` };
  let type: string | undefined;
  if (cursor.take('<')) {
    type = readType(cursor);
    cursor.expect('>');
  }
  if (!cursor.is('[')) throw cursor.wrong('Expected "[" after ARRAY');
  const { sql } = writing.expression(writing);
  return { sql: type === undefined ? sql : `CAST(${sql} AS ${type}[])` };
}

/** `STRUCT(1 AS a, b)` and `STRUCT<a INT64>(1)`. A path gives its field its name. */
function readStruct(writing: Writing): Expression {
  const { cursor, expression } = writing;
  const type = cursor.is('<') ? readTypeAgain(writing) : undefined;
  cursor.expect('(');
  const names: string[] = [];
  const values: string[] = [];
  while (!cursor.is(')')) {
    const value = expression(writing);
    const name = cursor.take('AS') ? cursor.name() : value.name;
    names.push(name ?? `_field_${names.length + 1}`);
    values.push(value.sql);
    if (!cursor.take(',')) break;
  }
  cursor.expect(')');
  if (type !== undefined) return { sql: `CAST(row(${values.join(', ')}) AS ${type})` };
  return { sql: structOf(names, values), struct: { names, values } };
}

/** `{"a": 1}`. */
export function structOf(names: readonly string[], values: readonly string[]): string {
  return `{${names.map((name, index) => `${quoted(name)}: ${values[index] ?? 'NULL'}`).join(', ')}}`;
}

function readTypeAgain({ cursor }: Writing): string {
  cursor.back();
  return readType(cursor);
}
