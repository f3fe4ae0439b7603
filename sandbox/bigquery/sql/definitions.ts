import { qualified, quoted, schemaOf } from '../../warehouse/names.ts';
import type { TableName } from '../../warehouse/names.ts';
import type { NamedType } from '../../warehouse/json-columns.ts';
import { QueryError } from '../query-error.ts';
import { readClauses } from './layout-clauses.ts';
import { columnOptions, datasetOptions, readOptions } from './options.ts';
import type { Statement } from './statement.ts';
import { readTablePath, tableOf } from './table-path.ts';
import { readType } from './types.ts';
import { dropView } from './view-definitions.ts';
import { listOf } from './writing.ts';
import type { Writing } from './writing.ts';

/** `CREATE TABLE` with columns or with a query. */
export function createTable(writing: Writing, isReplace: boolean, isTemporary: boolean): Statement {
  const { cursor } = writing;
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const target = isTemporary ? temporaryTarget(writing) : permanentTarget(writing);
  const columns = cursor.take('(') ? readColumns(writing) : undefined;
  const clauses = readClauses(writing);
  const query = cursor.take('AS') ? writing.query(writing) : undefined;
  const how = isReplace ? 'CREATE OR REPLACE TABLE ' : `CREATE TABLE ${ifNotExists ? 'IF NOT EXISTS ' : ''}`;
  const content = contentOf(writing, columns, query);
  return {
    type: columns ? 'CREATE_TABLE' : 'CREATE_TABLE_AS_SELECT',
    sql: `${how}${qualified(target)} ${content}`,
    target,
    made: { ...clauses, columns, query },
    isLenient: isReplace || ifNotExists,
  };
}

/** Its name stands alone, or after `_SESSION`. */
function temporaryTarget({ cursor, script }: Writing): Required<TableName> {
  if (!script) throw new QueryError('Use of CREATE TEMPORARY TABLE requires a script or session');
  const token = cursor.peek();
  const path = readTablePath(cursor);
  if (path.length > 2 || (path.length === 2 && path[0]?.toUpperCase() !== '_SESSION'))
    throw cursor.wrong('Temporary tables may not be qualified', token);
  return { ...script.temporary, table: path.at(-1) ?? '' };
}

/** A temporary table of this name does not matter. */
function permanentTarget(writing: Writing): Required<TableName> {
  const { cursor } = writing;
  const token = cursor.peek();
  const path = readTablePath(cursor);
  if (path.length === 2 && path[0]?.toUpperCase() === '_SESSION')
    throw cursor.wrong('_SESSION is for temporary tables: write CREATE TEMP TABLE', token);
  return tableOf({ ...writing, script: undefined }, path, token);
}

function contentOf(
  { cursor }: Writing,
  columns: readonly MadeColumn[] | undefined,
  query: string | undefined,
): string {
  if (columns && query !== undefined) throw cursor.unsupported('CREATE TABLE with columns and AS SELECT');
  if (columns)
    return `(${columns.map(({ name, type, notNull }) => `${quoted(name)} ${type}${notNull ? ' NOT NULL' : ''}`).join(', ')})`;
  if (query === undefined) throw cursor.unsupported(`CREATE TABLE … ${cursor.peek().text}`);
  return `AS ${query}`;
}

interface MadeColumn extends NamedType {
  readonly notNull: boolean;
}

function readColumns(writing: Writing): MadeColumn[] {
  const { cursor } = writing;
  const columns = listOf(writing, () => {
    if (cursor.is('PRIMARY') || cursor.is('FOREIGN')) throw cursor.unsupported(`${cursor.peek().text} KEY`);
    const name = cursor.name();
    const type = readType(cursor);
    const notNull = cursor.take('NOT', 'NULL');
    if (cursor.take('OPTIONS')) readOptions(writing, columnOptions);
    if (!cursor.is(',') && !cursor.is(')')) throw cursor.unsupported(`${cursor.peek().text} of a column`);
    return { name, type, notNull };
  });
  cursor.expect(')');
  return columns;
}

export function createSchema(writing: Writing): Statement {
  const { cursor } = writing;
  const isLenient = cursor.take('IF', 'NOT', 'EXISTS');
  const dataset = readDataset(writing);
  const options = cursor.take('OPTIONS') ? readOptions(writing, datasetOptions) : { fields: {} };
  const sql = `CREATE SCHEMA ${isLenient ? 'IF NOT EXISTS ' : ''}${schemaOf(dataset.project, dataset.dataset)}`;
  return { type: 'CREATE_SCHEMA', sql, dataset, datasetFields: options.fields, isLenient };
}

export function drop(writing: Writing): Statement {
  const { cursor } = writing;
  cursor.expect('DROP');
  if (cursor.take('VIEW')) return dropView(writing);
  const isTable = cursor.take('TABLE');
  if (!isTable && !cursor.take('SCHEMA')) throw cursor.unsupported(`DROP ${cursor.peek().text}`);
  const isLenient = cursor.take('IF', 'EXISTS');
  const ifExists = isLenient ? 'IF EXISTS ' : '';
  if (isTable) {
    const token = cursor.peek();
    const target = tableOf(writing, readTablePath(cursor), token);
    return { type: 'DROP_TABLE', sql: `DROP TABLE ${ifExists}${qualified(target)}`, target, isLenient };
  }
  const dataset = readDataset(writing);
  const cascade = cursor.take('CASCADE') ? ' CASCADE' : '';
  cursor.take('RESTRICT');
  const sql = `DROP SCHEMA ${ifExists}${schemaOf(dataset.project, dataset.dataset)}${cascade}`;
  return { type: 'DROP_SCHEMA', sql, dataset, isLenient };
}

function readDataset({ cursor, project }: Writing): { project: string; dataset: string } {
  const path = readTablePath(cursor);
  const [first = '', second] = path;
  if (path.length > 2) throw cursor.wrong(`Invalid dataset name ${path.join('.')}`);
  return second === undefined ? { project, dataset: first } : { project: first, dataset: second };
}
