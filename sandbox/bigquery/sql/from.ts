import { qualified, quoted } from '../../warehouse/names.ts';
import { gather } from './gather.ts';
import type { Source } from './reads.ts';
import { informationSchema } from './information-schema.ts';
import { readTablePath, tableOf } from './table-path.ts';
import { aliasOf, readView } from './view.ts';
import { isWildcard, readWildcard, suffixColumn } from './wildcard.ts';
import { listOf } from './writing.ts';
import type { Expression, Writing } from './writing.ts';

/** What follows FROM: tables, queries and arrays, joined. */
export function readFrom(writing: Writing): string {
  const { cursor } = writing;
  const parts = [readItem(writing).sql];
  for (;;) {
    if (cursor.take(',')) {
      parts.push(`, ${readItem(writing).sql}`);
      continue;
    }
    const join = readJoin(writing);
    if (join === undefined) return parts.join(' ');
    parts.push(join);
  }
}

interface Item {
  readonly sql: string;
  readonly isArray?: boolean;
  readonly source?: Source;
}

function readJoin(writing: Writing): string | undefined {
  const { cursor } = writing;
  const side = ['CROSS', 'INNER', 'LEFT', 'RIGHT', 'FULL'].find((text) => cursor.take(text));
  if (side !== undefined && side !== 'CROSS' && side !== 'INNER') cursor.take('OUTER');
  if (side !== undefined && !cursor.is('JOIN')) throw cursor.wrong('Expected keyword JOIN');
  if (!cursor.take('JOIN')) return undefined;
  const item = readItem(writing);
  const words = `${side ?? ''} JOIN ${item.sql}`;
  return side === 'CROSS' ? words : joinCondition(writing, words, item, side);
}

function joinCondition(writing: Writing, words: string, item: Item, side: string | undefined): string {
  const { cursor } = writing;
  if (cursor.take('ON')) {
    const { sql, filter } = writing.expression(writing);
    const isInner = side === undefined || side === 'INNER';
    if (filter && isInner) writing.filters.push({ filter });
    if (filter && side === 'LEFT' && item.source) writing.filters.push({ filter, alias: item.source.alias });
    return `${words} ON ${sql}`;
  }
  if (cursor.take('USING', '(')) {
    const columns = listOf(writing, () => cursor.name());
    for (const column of columns) writing.reads.columns.push([column]);
    cursor.expect(')');
    return `${words} USING (${columns.map(quoted).join(', ')})`;
  }
  if (item.isArray) return `${words} ON TRUE`;
  throw cursor.wrong(`Expected keyword ON or keyword USING but got "${cursor.peek().text}"`);
}

function readItem(writing: Writing): Item {
  const { cursor } = writing;
  const item = cursor.is('UNNEST')
    ? readUnnest(writing)
    : cursor.take('(')
      ? readBrackets(writing)
      : readTable(writing);
  for (const word of ['TABLESAMPLE', 'PIVOT', 'UNPIVOT', 'FOR']) {
    if (cursor.is(word)) throw cursor.unsupported(word === 'FOR' ? 'FOR SYSTEM_TIME AS OF' : word);
  }
  return item;
}

function readBrackets(writing: Writing): Item {
  const { cursor } = writing;
  const isQuery = cursor.is('SELECT') || cursor.is('WITH') || cursor.is('(');
  if (!isQuery) {
    const joined = readFrom(writing);
    cursor.expect(')');
    return { sql: `(${joined})` };
  }
  const [sql, { queries }] = gather(writing, () => writing.query(writing));
  cursor.expect(')');
  const alias = readAlias(writing);
  const name = alias?.toLowerCase() ?? '';
  const source = addSource(writing, { alias: name, query: { name, reads: queries.at(-1) } });
  if (alias === undefined) return { sql: `(${sql})`, source };
  writing.aliases.push(name);
  return { sql: `(${sql}) AS ${quoted(alias)}`, source };
}

function addSource({ sources }: Writing, source: Source): Source {
  sources.push(source);
  return source;
}

function readAlias({ cursor }: Writing): string | undefined {
  if (cursor.take('AS')) return cursor.name();
  const isClause = ['QUALIFY', 'PIVOT', 'UNPIVOT'].some((text) => cursor.is(text)) || cursor.is('OFFSET');
  return cursor.isName() && !isClause ? cursor.name() : undefined;
}

function readTable(writing: Writing): Item {
  const { cursor, commonTables, aliases, references } = writing;
  const token = cursor.peek();
  if (!cursor.isName()) throw cursor.wrong(`Unexpected "${token.text}"`);
  const path = readTablePath(cursor);
  if (cursor.is('(')) throw cursor.unsupported(`the table function ${path.join('.')}`, token);
  const [first = ''] = path;
  const last = path.at(-1) ?? '';
  if (path.length > 1 && aliases.includes(first.toLowerCase())) {
    writing.reads.columns.push(path);
    return unnest(writing, { sql: path.map(quoted).join('.') }, last);
  }
  const alias = readAlias(writing) ?? last;
  const name = alias.toLowerCase();
  aliases.push(name);
  const query = commonTables.findLast((one) => path.length === 1 && one.name === first.toLowerCase());
  if (query) {
    return {
      sql: `${quoted(first)} AS ${quoted(alias)}`,
      source: addSource(writing, { alias: name, query }),
    };
  }
  const shown = informationSchema(writing, path);
  if (shown) {
    const source = addSource(writing, { alias: name, columns: shown.columns });
    return { sql: `${shown.sql} AS ${quoted(alias)}`, source };
  }
  if (isWildcard(path)) {
    const { sql, reads } = readWildcard(writing, path, { alias, token });
    const hidden = suffixColumn.toLowerCase();
    const source = addSource(writing, { alias: name, query: { name, reads }, hidden });
    return { sql: `(${sql}) AS ${quoted(alias)}`, source };
  }
  const table = { ...tableOf(writing, path, token), alias };
  const view = writing.viewOf(table);
  if (view) {
    const { sql, reads } = readView(writing, table, view);
    const source = addSource(writing, { alias: name, query: { name, reads } });
    return { sql: `(${sql}) AS ${aliasOf(alias, view)}`, source };
  }
  references.push(table);
  return {
    sql: `${qualified(table)} AS ${quoted(alias)}`,
    source: addSource(writing, { alias: name, table }),
  };
}

function readUnnest(writing: Writing): Item {
  const { cursor } = writing;
  cursor.expect('UNNEST');
  cursor.expect('(');
  const array = writing.expression(writing);
  if (cursor.is(',')) throw cursor.unsupported('UNNEST of more than one array');
  cursor.expect(')');
  return unnest(writing, array, undefined);
}

/** The elements of an array as rows: the alias stands for the element, not for a row with it. */
function unnest(writing: Writing, array: Expression, ownName: string | undefined): Item {
  const { cursor, aliases } = writing;
  const alias = readAlias(writing) ?? ownName ?? 'f0_';
  const name = alias.toLowerCase();
  aliases.push(name);
  const fields = array.fields?.some((field) => field.toLowerCase() === name) ? [] : (array.fields ?? []);
  const columns = fields.map((field) => field.toLowerCase());
  addSource(writing, { alias: name, ...(fields.length > 0 && { columns, hidden: name }) });
  const rows = [`unnest(${array.sql}) AS ${quoted(alias)}`];
  const shown = [
    quoted(alias),
    ...fields.map((field) => `(${quoted(alias)}).${quoted(field)} AS ${quoted(field)}`),
  ];
  if (cursor.take('WITH', 'OFFSET')) {
    const offset = readAlias(writing) ?? 'offset';
    addSource(writing, { alias: offset.toLowerCase() });
    rows.push(`generate_subscripts(${array.sql}, 1) - 1 AS ${quoted(offset)}`);
    shown.push(quoted(offset));
  }
  writing.unnests += 1;
  const each = `SELECT ${rows.join(', ')}`;
  const sql = fields.length === 0 ? each : `SELECT ${shown.join(', ')} FROM (${each})`;
  return { sql: `LATERAL (${sql}) AS "elements ${writing.unnests}"`, isArray: true };
}
