import { quoted } from '../../warehouse/names.ts';
import { orderList, window } from './call.ts';
import { readFrom } from './from.ts';
import { gather } from './gather.ts';
import type { CommonTable, QueryReads, SelectReads } from './reads.ts';
import { readItems } from './select-items.ts';
import { listOf } from './writing.ts';
import type { Writing } from './writing.ts';

/** Reads a query: `WITH`, `SELECT`s and what joins them, `ORDER BY` and `LIMIT`. */
export function readQuery(writing: Writing): string {
  const { cursor, commonTables } = writing;
  const names = commonTables.length;
  const parts = cursor.take('WITH') ? [readWith(writing)] : [];
  const combined = readCombined(writing);
  parts.push(combined.sql);
  const [order, reads] = gather(writing, () => (cursor.take('ORDER', 'BY') ? orderList(writing) : undefined));
  if (order !== undefined) parts.push(`ORDER BY ${order}`);
  const isLimited = cursor.is('LIMIT');
  if (cursor.take('LIMIT')) parts.push(`LIMIT ${count(writing)}`);
  if (cursor.take('OFFSET')) parts.push(`OFFSET ${count(writing)}`);
  commonTables.length = names;
  writing.reads.queries.push({ ...combined, order: reads, isLimited });
  return parts.join(' ');
}

function count(writing: Writing): string {
  const { kind, text } = writing.cursor.peek();
  if (kind === 'number') return writing.cursor.next().text;
  if (kind === 'parameter') return writing.expression(writing).sql;
  throw writing.cursor.wrong(`Expected a number but got "${text}"`);
}

function readWith(writing: Writing): string {
  const { cursor, commonTables, query } = writing;
  const isRecursive = cursor.take('RECURSIVE');
  const tables = listOf(writing, () => {
    const name = cursor.name();
    const table: CommonTable = { name: name.toLowerCase(), reads: undefined };
    if (isRecursive) commonTables.push(table);
    if (cursor.is('(')) throw cursor.unsupported('column names after the name of a common table expression');
    cursor.expect('AS');
    cursor.expect('(');
    const [sql, reads] = gather(writing, () => query(writing));
    cursor.expect(')');
    table.reads = reads.queries.at(-1);
    if (!isRecursive) commonTables.push(table);
    return `${quoted(name)} AS (${sql})`;
  });
  return `WITH ${isRecursive ? 'RECURSIVE ' : ''}${tables.join(', ')}`;
}

interface Combined extends Pick<QueryReads, 'parts' | 'isDistinct'> {
  readonly sql: string;
}

function readCombined(writing: Writing): Combined {
  const { cursor } = writing;
  const first = readOne(writing);
  const texts = [first.sql];
  const parts = [first.reads];
  let isDistinct = false;
  for (;;) {
    const word = ['UNION', 'INTERSECT', 'EXCEPT'].find((text) => cursor.is(text));
    if (word === undefined) return { sql: texts.join(' '), parts, isDistinct };
    cursor.next();
    const how = cursor.take('ALL') ? ' ALL' : cursor.take('DISTINCT') ? '' : undefined;
    if (how === undefined)
      throw cursor.wrong(`Expected keyword ALL or keyword DISTINCT but got "${cursor.peek().text}"`);
    if (how === ' ALL' && word !== 'UNION') throw cursor.unsupported(`${word} ALL`);
    isDistinct ||= how === '';
    const next = readOne(writing);
    texts.push(word + how, next.sql);
    parts.push(next.reads);
  }
}

interface One {
  readonly sql: string;
  readonly reads: QueryReads | SelectReads;
}

function readOne(writing: Writing): One {
  const { cursor } = writing;
  if (!cursor.take('(')) return readSelect(writing);
  const [sql, { queries }] = gather(writing, () => readQuery(writing));
  cursor.expect(')');
  const [reads] = queries;
  if (!reads) throw new Error('A query that was read has its reads.');
  return { sql: `(${sql})`, reads };
}

function readSelect(writing: Writing): One {
  const { cursor, aliases, windows } = writing;
  cursor.expect('SELECT');
  const firstAlias = aliases.length;
  const outer = { sources: writing.sources, filters: writing.filters };
  Object.assign(writing, { sources: [], filters: [] });
  const isDistinct = cursor.take('DISTINCT');
  cursor.take('ALL');
  if (cursor.is('AS', 'STRUCT') || cursor.is('AS', 'VALUE'))
    throw cursor.unsupported(`SELECT AS ${cursor.peek(1).text}`);
  const items = readItems(writing);
  const [rest, always] = gather(writing, () => readRest(writing));
  const { sources, filters } = writing;
  Object.assign(writing, outer);
  aliases.length = firstAlias;
  const { grouping } = rest;
  const reads: SelectReads = {
    items: items.reads,
    sources,
    filters,
    always,
    plainColumns: rest.plainColumns,
    needsAll: isDistinct || (grouping !== undefined && /^(\d+|ALL|(ROLLUP|CUBE) .*)(, |$)/.test(grouping)),
    isRowwise: windows === writing.windows,
  };
  // The alias of an array's elements is a STRUCT of its own, whose star is in no need of hiding.
  const hidden = (alias: string) =>
    sources
      .filter((one) => alias === '' || (one.query && one.alias === alias))
      .flatMap((one) => one.hidden ?? []);
  const list = items.sql(hidden);
  return { sql: [`SELECT ${isDistinct ? 'DISTINCT ' : ''}${list}`, ...rest.parts].join(' '), reads };
}

interface Rest {
  readonly parts: readonly string[];
  /** What follows GROUP BY. */
  readonly grouping: string | undefined;
  /** How many columns were read before GROUP BY. */
  readonly plainColumns: number;
}

function readRest(writing: Writing): Rest {
  const { cursor, expression } = writing;
  const parts: string[] = [];
  if (cursor.take('FROM')) parts.push(`FROM ${readFrom(writing)}`);
  if (cursor.take('WHERE')) {
    const { sql, filter } = expression(writing);
    if (filter) writing.filters.push({ filter });
    parts.push(`WHERE ${sql}`);
  }
  const plainColumns = writing.reads.columns.length;
  const grouping = cursor.take('GROUP', 'BY') ? readGrouping(writing) : undefined;
  if (grouping !== undefined) parts.push(`GROUP BY ${grouping}`);
  if (cursor.take('HAVING')) parts.push(`HAVING ${expression(writing).sql}`);
  const qualify = cursor.take('QUALIFY') ? [`QUALIFY ${expression(writing).sql}`] : [];
  // DuckDB reads WINDOW before QUALIFY.
  const windows = cursor.take('WINDOW') ? [`WINDOW ${readWindows(writing)}`] : [];
  return { parts: [...parts, ...windows, ...qualify], grouping, plainColumns };
}

function readWindows(writing: Writing): string {
  const { cursor } = writing;
  return listOf(writing, () => {
    const name = cursor.name();
    cursor.expect('AS');
    return `${quoted(name)} AS ${window(writing)}`;
  }).join(', ');
}

function readGrouping(writing: Writing): string {
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
