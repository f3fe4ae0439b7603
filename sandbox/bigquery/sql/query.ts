import { quoted } from '../../warehouse/names.ts';
import { orderList, window } from './call.ts';
import { readFrom } from './from.ts';
import { readItems } from './select-items.ts';
import { listOf } from './writing.ts';
import type { Writing } from './writing.ts';

/** Reads a query: `WITH`, `SELECT`s and what joins them, `ORDER BY` and `LIMIT`. */
export function readQuery(writing: Writing): string {
  const { cursor, commonNames } = writing;
  const names = commonNames.length;
  const parts = cursor.take('WITH') ? [readWith(writing)] : [];
  parts.push(readCombined(writing));
  if (cursor.take('ORDER', 'BY')) parts.push(`ORDER BY ${orderList(writing)}`);
  if (cursor.take('LIMIT')) parts.push(`LIMIT ${count(writing)}`);
  if (cursor.take('OFFSET')) parts.push(`OFFSET ${count(writing)}`);
  commonNames.length = names;
  return parts.join(' ');
}

function count(writing: Writing): string {
  const { kind, text } = writing.cursor.peek();
  if (kind === 'number') return writing.cursor.next().text;
  if (kind === 'parameter') return writing.expression(writing).sql;
  throw writing.cursor.wrong(`Expected a number but got "${text}"`);
}

function readWith(writing: Writing): string {
  const { cursor, commonNames, query } = writing;
  const isRecursive = cursor.take('RECURSIVE');
  const tables = listOf(writing, () => {
    const name = cursor.name();
    if (isRecursive) commonNames.push(name.toLowerCase());
    if (cursor.is('(')) throw cursor.unsupported('column names after the name of a common table expression');
    cursor.expect('AS');
    cursor.expect('(');
    const sql = query(writing);
    cursor.expect(')');
    commonNames.push(name.toLowerCase());
    return `${quoted(name)} AS (${sql})`;
  });
  return `WITH ${isRecursive ? 'RECURSIVE ' : ''}${tables.join(', ')}`;
}

function readCombined(writing: Writing): string {
  const { cursor } = writing;
  const parts = [readOne(writing)];
  for (;;) {
    const word = ['UNION', 'INTERSECT', 'EXCEPT'].find((text) => cursor.is(text));
    if (word === undefined) return parts.join(' ');
    cursor.next();
    const how = cursor.take('ALL') ? ' ALL' : cursor.take('DISTINCT') ? '' : undefined;
    if (how === undefined)
      throw cursor.wrong(`Expected keyword ALL or keyword DISTINCT but got "${cursor.peek().text}"`);
    if (how === ' ALL' && word !== 'UNION') throw cursor.unsupported(`${word} ALL`);
    parts.push(word + how, readOne(writing));
  }
}

function readOne(writing: Writing): string {
  const { cursor } = writing;
  if (cursor.take('(')) {
    const sql = readQuery(writing);
    cursor.expect(')');
    return `(${sql})`;
  }
  return readSelect(writing);
}

function readSelect(writing: Writing): string {
  const { cursor, references, aliases, whole } = writing;
  cursor.expect('SELECT');
  const firstAlias = aliases.length;
  writing.depth += 1;
  const distinct = cursor.take('DISTINCT') ? 'DISTINCT ' : '';
  cursor.take('ALL');
  if (cursor.is('AS', 'STRUCT') || cursor.is('AS', 'VALUE'))
    throw cursor.unsupported(`SELECT AS ${cursor.peek(1).text}`);
  const items = readItems(writing);
  const parts = [`SELECT ${distinct}${items.sql}`];
  const from = references.length;
  if (cursor.take('FROM')) parts.push(`FROM ${readFrom(writing)}`);
  for (const reference of references.slice(from)) {
    const alias = reference.alias.toLowerCase();
    if (reference.depth !== writing.depth) continue;
    if (items.stars.includes('') || items.stars.includes(alias)) whole.add(reference);
  }
  parts.push(...clauses(writing));
  aliases.length = firstAlias;
  writing.depth -= 1;
  return parts.join(' ');
}

function clauses(writing: Writing): string[] {
  const { cursor, expression } = writing;
  const parts: string[] = [];
  if (cursor.take('WHERE')) parts.push(`WHERE ${expression(writing).sql}`);
  if (cursor.take('GROUP', 'BY')) parts.push(`GROUP BY ${grouping(writing)}`);
  if (cursor.take('HAVING')) parts.push(`HAVING ${expression(writing).sql}`);
  if (cursor.take('QUALIFY')) parts.push(`QUALIFY ${expression(writing).sql}`);
  if (cursor.take('WINDOW')) {
    const windows = listOf(writing, () => {
      const name = cursor.name();
      cursor.expect('AS');
      return `${quoted(name)} AS ${window(writing)}`;
    });
    // DuckDB reads WINDOW before QUALIFY.
    const at = parts.findIndex((part) => part.startsWith('QUALIFY'));
    parts.splice(at < 0 ? parts.length : at, 0, `WINDOW ${windows.join(', ')}`);
  }
  return parts;
}

function grouping(writing: Writing): string {
  const { cursor, expression } = writing;
  if (cursor.take('ALL')) return 'ALL';
  if (cursor.is('GROUPING')) throw cursor.unsupported('GROUPING SETS');
  const word = ['ROLLUP', 'CUBE'].find((text) => cursor.take(text));
  if (word === undefined) return listOf(writing, () => expression(writing).sql).join(', ');
  cursor.expect('(');
  const items = listOf(writing, () => expression(writing).sql).join(', ');
  cursor.expect(')');
  return `${word} (${items})`;
}
