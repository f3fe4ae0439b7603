import { QueryError } from '../query-error.ts';
import type { TableName } from '../../warehouse/names.ts';
import type { Cursor } from './cursor.ts';
import type { ScriptScope } from './script-scope.ts';
import { place } from './tokens.ts';
import type { Token } from './tokens.ts';
import type { Writing } from './writing.ts';

/** Reads `project.dataset.table`, in backticks as a whole, in parts or without; a project may have dashes. */
export function readTablePath(cursor: Cursor): readonly string[] {
  const parts = firstParts(cursor);
  while (cursor.is('.')) {
    cursor.next();
    const token = cursor.next();
    if (token.kind !== 'word' && token.kind !== 'quoted')
      throw cursor.wrong('Expected the name of a table', token);
    parts.push(...(token.kind === 'quoted' ? token.value.split('.') : [token.value]));
  }
  return parts;
}

function firstParts(cursor: Cursor): string[] {
  if (cursor.peek().kind === 'quoted') return cursor.next().value.split('.');
  let name = cursor.name();
  while (cursor.is('-') && ['word', 'number'].includes(cursor.peek(1).kind)) {
    cursor.next();
    name += `-${cursor.next().value}`;
  }
  return [name];
}

/** The temporary table that a path means: `_SESSION.name`, or `name` if there is one. */
function temporaryOf(
  { temporary, isTemporary }: ScriptScope,
  [first = '', second, ...more]: readonly string[],
): Required<TableName> | undefined {
  if (more.length > 0) return undefined;
  if (second !== undefined)
    return first.toUpperCase() === '_SESSION' ? { ...temporary, table: second } : undefined;
  return isTemporary(first) ? { ...temporary, table: first } : undefined;
}

/** The table that a path means, with the query's project and default dataset. */
export function tableOf(
  {
    cursor,
    project,
    defaultDataset,
    script,
  }: Pick<Writing, 'cursor' | 'project' | 'defaultDataset' | 'script'>,
  path: readonly string[],
  token: Token,
): Required<TableName> {
  const [first = '', second, third] = path;
  if (path.some((part) => part.includes('*')))
    throw new QueryError(
      `A wildcard table can only be read: ${path.join('.')} at ${place(cursor.sql, token.at)}`,
    );
  const temporary = script && temporaryOf(script, path);
  if (temporary) return temporary;
  if (path.length > 3) throw cursor.unsupported(`the table name ${path.join('.')}`, token);
  if (third !== undefined) return { project: first, dataset: second ?? '', table: third };
  if (second !== undefined) return { project, dataset: first, table: second };
  if (defaultDataset) return { ...defaultDataset, table: first };
  throw new QueryError(
    `Table "${first}" must be qualified with a dataset (e.g. dataset.table). at ${place(cursor.sql, token.at)}`,
    'invalid',
  );
}
