import { gather } from './gather.ts';
import { columnOptions, readOptions, tableOptions } from './options.ts';
import type { Statement } from './statement.ts';
import { readTablePath, tableOf } from './table-path.ts';
import { checkNames, writingOfView } from './view.ts';
import { listOf } from './writing.ts';
import type { Writing } from './writing.ts';

/** `CREATE VIEW v (a, b) OPTIONS (…) AS SELECT …`. */
export function createView(writing: Writing, isReplace: boolean): Statement {
  const { cursor } = writing;
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const token = cursor.peek();
  const target = tableOf(writing, readTablePath(cursor), token);
  const names = cursor.take('(') ? readNames(writing) : undefined;
  const { fields, expires } = cursor.take('OPTIONS')
    ? readOptions(writing, tableOptions)
    : { fields: {}, expires: undefined };
  cursor.expect('AS');
  const first = cursor.peek();
  // The view is to be read alone: names are looked up as it will look them up.
  const alone = { ...writingOfView(writing, '', writing.project), cursor };
  const [sql, reads] = gather(alone, () => alone.query(alone));
  if (names) checkNames(writing, reads.queries.at(-1), names, token);
  const query = cursor.sql.slice(first.at, cursor.peek().at).replace(/[;\s]+$/, '');
  return {
    type: 'CREATE_VIEW',
    sql,
    target,
    made: { fields, expires, columns: undefined, query: undefined },
    view: { query, ...(names && { names }) },
    isReplace,
    isLenient: isReplace || ifNotExists,
  };
}

function readNames(writing: Writing): string[] {
  const { cursor } = writing;
  const names = listOf(writing, () => {
    const name = cursor.name();
    if (cursor.take('OPTIONS')) readOptions(writing, columnOptions);
    return name;
  });
  cursor.expect(')');
  return names;
}

export function dropView(writing: Writing): Statement {
  const { cursor } = writing;
  const isLenient = cursor.take('IF', 'EXISTS');
  const token = cursor.peek();
  const target = tableOf(writing, readTablePath(cursor), token);
  return { type: 'DROP_VIEW', sql: '', target, isLenient };
}
