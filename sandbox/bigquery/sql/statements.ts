import { createSchema, createTable, drop } from './definitions.ts';
import { readDelete, readInsert, readMerge, readTruncate, readUpdate } from './changes.ts';
import type { Statement } from './statement.ts';
import { createView } from './view-definitions.ts';
import type { Writing } from './writing.ts';

type Reader = (writing: Writing) => Statement;

const readers: Readonly<Record<string, Reader>> = {
  SELECT: select,
  WITH: select,
  '(': select,
  INSERT: readInsert,
  UPDATE: readUpdate,
  DELETE: readDelete,
  MERGE: readMerge,
  TRUNCATE: readTruncate,
  CREATE: readCreate,
  DROP: drop,
};

export function readStatement(writing: Writing): Statement {
  const { cursor } = writing;
  const token = cursor.peek();
  const reader = token.kind === 'word' || token.kind === 'symbol' ? readers[token.text] : undefined;
  if (reader) return reader(writing);
  if (token.kind === 'end') throw cursor.wrong('Unexpected end of script');
  if (token.kind === 'word') throw cursor.unsupported(`statements that begin with ${token.text}`, token);
  throw cursor.wrong(`Unexpected "${token.text}"`);
}

function select(writing: Writing): Statement {
  return { type: 'SELECT', sql: writing.query(writing) };
}

function readCreate(writing: Writing): Statement {
  const { cursor } = writing;
  cursor.expect('CREATE');
  const isReplace = cursor.take('OR', 'REPLACE');
  if (cursor.take('SCHEMA')) return createSchema(writing);
  if (cursor.take('TABLE')) return createTable(writing, isReplace, false);
  if (cursor.take('TEMP', 'TABLE') || cursor.take('TEMPORARY', 'TABLE'))
    return createTable(writing, isReplace, true);
  if (cursor.take('VIEW')) return createView(writing, isReplace);
  const word = ['TEMP', 'TEMPORARY'].find((text) => cursor.take(text));
  throw cursor.unsupported(`CREATE ${word === undefined ? '' : 'TEMP '}${cursor.peek().text}`);
}
