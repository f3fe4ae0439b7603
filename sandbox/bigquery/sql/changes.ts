import { qualified, quoted } from '../../warehouse/names.ts';
import type { TableName } from '../../warehouse/names.ts';
import { readFrom } from './from.ts';
import type { Filter } from './reads.ts';
import { gather } from './gather.ts';
import { noReads } from './reads.ts';
import type { Statement } from './statement.ts';
import { readTablePath, tableOf } from './table-path.ts';
import { listOf } from './writing.ts';
import type { Expression, Writing } from './writing.ts';

interface Target {
  readonly table: Required<TableName>;
  readonly alias: string;
}

function readTarget(writing: Writing): Target {
  const { cursor, aliases, references, sources } = writing;
  const token = cursor.peek();
  const table = tableOf(writing, readTablePath(cursor), token);
  const named = cursor.take('AS') || (cursor.isName() && !cursor.is('VALUES'));
  const alias = named ? cursor.name() : table.table;
  aliases.push(alias.toLowerCase());
  references.push({ ...table, alias });
  sources.push({ alias: alias.toLowerCase(), table: { ...table, alias } });
  return { table, alias };
}

/** `INSERT [INTO] t (…) VALUES (…), (…)`, or a query instead of the values. */
export function readInsert(writing: Writing): Statement {
  const { cursor } = writing;
  cursor.expect('INSERT');
  cursor.take('INTO');
  const token = cursor.peek();
  const table = tableOf(writing, readTablePath(cursor), token);
  const columns = cursor.is('(') && !cursor.is('(', 'SELECT') ? ` ${readNames(writing)}` : '';
  const content = cursor.take('VALUES') ? `VALUES ${readRows(writing)}` : writing.query(writing);
  return { type: 'INSERT', sql: `INSERT INTO ${qualified(table)}${columns} ${content}`, target: table };
}

function readNames(writing: Writing): string {
  const { cursor } = writing;
  cursor.expect('(');
  const names = listOf(writing, () => quoted(cursor.name()));
  cursor.expect(')');
  return `(${names.join(', ')})`;
}

function readRows(writing: Writing): string {
  const { cursor, expression } = writing;
  const row = () => {
    cursor.expect('(');
    const values = listOf(writing, () => (cursor.take('DEFAULT') ? 'DEFAULT' : written(expression(writing))));
    cursor.expect(')');
    return `(${values.join(', ')})`;
  };
  return listOf(writing, row).join(', ');
}

/** A literal with a point keeps all of its digits for a column that is NUMERIC. */
function written({ sql, isFloat }: Expression): string {
  const digits = sql.replace(/^\((-.*)\)$/, '$1').replace(/e0$/, '');
  return isFloat && /^-?[\d.]{2,16}$/.test(digits) ? digits : sql;
}

/** `UPDATE t SET a = 1 WHERE …`, from other tables too. */
export function readUpdate(writing: Writing): Statement {
  return changing(writing, update);
}

/** What is read to change a table: its rows, and those of other sources. */
function changing(writing: Writing, read: (writing: Writing) => Statement): Statement {
  const [statement, always] = gather(writing, () => read(writing));
  const { sources, filters } = writing;
  const select = { items: [], sources, filters, always, needsAll: true, isRowwise: true };
  writing.reads.queries.push({ parts: [select], order: noReads(), isDistinct: false, isLimited: false });
  return statement;
}

function update(writing: Writing): Statement {
  const { cursor } = writing;
  cursor.expect('UPDATE');
  const { table, alias } = readTarget(writing);
  cursor.expect('SET');
  const changes = readChanges(writing);
  const from = cursor.take('FROM') ? readFrom(writing) : undefined;
  const where = readWhere(writing, 'UPDATE');
  const into = `${qualified(table)} AS ${quoted(alias)}`;
  const sql = `UPDATE ${into} SET ${changes}${from === undefined ? '' : ` FROM ${from}`} WHERE ${where}`;
  if (from === undefined) return { type: 'UPDATE', sql, target: table };
  const guard = `SELECT 1 FROM ${into}, ${from} WHERE ${where} ${moreThanOnce(alias)}`;
  return { type: 'UPDATE', sql, target: table, guard };
}

/** BigQuery refuses to change a row twice; DuckDB takes one of the values. */
function moreThanOnce(alias: string): string {
  return `GROUP BY ${quoted(alias)}.rowid HAVING count(*) > 1 LIMIT 1`;
}

function readChanges(writing: Writing): string {
  const { cursor, expression } = writing;
  return listOf(writing, () => {
    let column = cursor.name();
    if (cursor.take('.')) column = cursor.name();
    if (cursor.is('.')) throw cursor.unsupported('changes of a field within a STRUCT');
    cursor.expect('=');
    return `${quoted(column)} = ${cursor.take('DEFAULT') ? 'DEFAULT' : expression(writing).sql}`;
  }).join(', ');
}

function readWhere(writing: Writing, word: string): string {
  const { cursor, expression } = writing;
  if (!cursor.take('WHERE')) throw cursor.wrong(`${word} must have a WHERE clause`);
  const { sql, filter } = expression(writing);
  addFilter(writing, filter);
  return sql;
}

function addFilter({ filters }: Writing, filter: Filter | undefined, alias?: string): void {
  if (filter) filters.push({ filter, ...(alias !== undefined && { alias: alias.toLowerCase() }) });
}

export function readDelete(writing: Writing): Statement {
  return changing(writing, remove);
}

function remove(writing: Writing): Statement {
  const { cursor } = writing;
  cursor.expect('DELETE');
  cursor.take('FROM');
  const { table, alias } = readTarget(writing);
  const where = readWhere(writing, 'DELETE');
  return {
    type: 'DELETE',
    sql: `DELETE FROM ${qualified(table)} AS ${quoted(alias)} WHERE ${where}`,
    target: table,
  };
}

export function readTruncate(writing: Writing): Statement {
  const { cursor } = writing;
  if (!cursor.take('TRUNCATE', 'TABLE')) throw cursor.wrong('Expected TRUNCATE TABLE');
  const token = cursor.peek();
  const target = tableOf(writing, readTablePath(cursor), token);
  return { type: 'TRUNCATE_TABLE', sql: `DELETE FROM ${qualified(target)}`, target };
}

/** `MERGE t USING s ON … WHEN …`. The result has a row for each change, which says what it was. */
export function readMerge(writing: Writing): Statement {
  return changing(writing, merge);
}

function merge(writing: Writing): Statement {
  const { cursor, expression } = writing;
  cursor.expect('MERGE');
  cursor.take('INTO');
  const { table, alias } = readTarget(writing);
  cursor.expect('USING');
  const source = readFrom(writing);
  cursor.expect('ON');
  const { sql: on, filter } = expression(writing);
  addFilter(writing, filter, alias);
  const into = `${qualified(table)} AS ${quoted(alias)}`;
  const clauses: string[] = [];
  while (cursor.take('WHEN')) clauses.push(readWhen(writing));
  if (clauses.length === 0) throw cursor.wrong('Expected keyword WHEN');
  const sql = `MERGE INTO ${into} USING ${source} ON ${on} ${clauses.join(' ')} RETURNING merge_action`;
  const changesRows = clauses.some((clause) => clause.startsWith('WHEN MATCHED'));
  const guard = `SELECT 1 FROM ${into} JOIN ${source} ON ${on} ${moreThanOnce(alias)}`;
  return { type: 'MERGE', sql, target: table, ...(changesRows && { guard }) };
}

function readWhen(writing: Writing): string {
  const { cursor, expression } = writing;
  const isNot = cursor.take('NOT');
  cursor.expect('MATCHED');
  let by = '';
  if (isNot && cursor.take('BY')) {
    by = cursor.take('SOURCE') ? ' BY SOURCE' : ' BY TARGET';
    if (by === ' BY TARGET') cursor.expect('TARGET');
  }
  const condition = cursor.take('AND') ? ` AND ${expression(writing).sql}` : '';
  cursor.expect('THEN');
  return `WHEN ${isNot ? 'NOT ' : ''}MATCHED${by}${condition} THEN ${readAction(writing)}`;
}

function readAction(writing: Writing): string {
  const { cursor } = writing;
  if (cursor.take('DELETE')) return 'DELETE';
  if (cursor.take('UPDATE', 'SET')) return `UPDATE SET ${readChanges(writing)}`;
  cursor.expect('INSERT');
  if (cursor.take('ROW')) return 'INSERT';
  const columns = cursor.is('(') ? `${readNames(writing)} ` : '';
  cursor.expect('VALUES');
  return `INSERT ${columns}VALUES ${readRows(writing)}`;
}
