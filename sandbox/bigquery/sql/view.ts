import type { TableName } from '../../warehouse/names.ts';
import { quoted } from '../../warehouse/names.ts';
import { QueryError } from '../query-error.ts';
import { Cursor } from './cursor.ts';
import type { Token } from './tokens.ts';
import { noReads } from './reads.ts';
import type { QueryReads, SelectReads, View } from './reads.ts';
import { place } from './tokens.ts';
import type { Writing } from './writing.ts';

const deepest = 16;

interface ReadView {
  readonly sql: string;
  readonly reads: QueryReads | undefined;
}

/** The query of a view in the place of its name, so that it reads what its tables hold, and no more than is wanted of it. */
export function readView(writing: Writing, name: Required<TableName>, view: View): ReadView {
  if (writing.depth >= deepest)
    throw new QueryError(
      `The view ${name.project}:${name.dataset}.${name.table} is nested too deeply: ${deepest} levels at most.`,
    );
  const inner = writingOfView(writing, view.query, name.project);
  const sql = inner.query(inner);
  inner.cursor.take(';');
  if (inner.cursor.peek().kind !== 'end') throw inner.cursor.wrong('Expected end of the view');
  writing.unnests = inner.unnests;
  const reads = inner.reads.queries.at(-1);
  return { sql, reads: reads && view.names ? renamed(reads, view.names) : reads };
}

/** A view sees nothing of the query around it: no names, no parameters, no default dataset. */
export function writingOfView(writing: Writing, query: string, project: string): Writing {
  const cursor = new Cursor(query);
  return {
    ...writing,
    cursor,
    project,
    defaultDataset: undefined,
    script: undefined,
    depth: writing.depth + 1,
    reads: noReads(),
    sources: [],
    filters: [],
    commonTables: [],
    aliases: [],
    parameter: () => {
      throw new QueryError('Query parameters cannot be used in a view.');
    },
  };
}

function renamed(reads: QueryReads, names: readonly string[]): QueryReads {
  const parts = reads.parts.map((part): QueryReads | SelectReads =>
    'parts' in part
      ? renamed(part, names)
      : {
          ...part,
          items: part.items.map((item, index) =>
            item.kind === 'value' ? { ...item, name: (names[index] ?? item.name).toLowerCase() } : item,
          ),
        },
  );
  return { ...reads, parts };
}

/** `AS alias`, with the names of the columns if the view has its own. */
export function aliasOf(alias: string, { names }: View): string {
  return names ? `${quoted(alias)}(${names.map(quoted).join(', ')})` : quoted(alias);
}

/** The names of a view's columns fit its query, item by item. */
export function checkNames(
  writing: Writing,
  reads: QueryReads | undefined,
  names: readonly string[],
  token: Token,
): void {
  const [first] = reads?.parts ?? [];
  if (!first || 'parts' in first) return;
  if (first.items.some(({ kind }) => kind === 'star'))
    throw writing.cursor.unsupported('names of columns for a view of SELECT *', token);
  if (first.items.length === names.length) return;
  throw new QueryError(
    `View column name list has ${names.length} columns, its query ${first.items.length} at ${place(writing.cursor.sql, token.at)}`,
  );
}
