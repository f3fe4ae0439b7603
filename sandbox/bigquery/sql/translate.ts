import { Cursor } from './cursor.ts';
import { expression } from './expression.ts';
import { readQuery } from './query.ts';
import type { Information } from './information-view.ts';
import { noReads } from './reads.ts';
import type { Reads, Reference } from './reads.ts';
import { readStatement } from './statements.ts';
import type { Statement } from './statement.ts';
import type { Expression, Writing } from './writing.ts';

export interface TranslateOptions {
  readonly project: string;
  readonly defaultDataset?: { readonly project: string; readonly dataset: string } | undefined;
  readonly parameter: (name: string | undefined) => Expression;
  readonly information: Information;
  /** NUMERIC may be among the values. */
  readonly isExact?: boolean;
}

/** A GoogleSQL statement in DuckDB's words, and what it touches. */
export interface Translation extends Statement {
  readonly references: readonly Reference[];
  readonly reads: Reads;
  /** Gives another result each time, so that it is not cached. */
  readonly isVolatile: boolean;
  readonly isExact: boolean;
}

/** Translates one statement. A QueryError says what is wrong, or not supported, and where. */
export function translate(sql: string, options: TranslateOptions): Translation {
  const writing: Writing = {
    cursor: new Cursor(sql),
    project: options.project,
    defaultDataset: options.defaultDataset,
    parameter: options.parameter,
    information: options.information,
    isExact: options.isExact === true || /\b(NUMERIC|DECIMAL)\b/i.test(sql),
    references: [],
    reads: noReads(),
    sources: [],
    filters: [],
    commonTables: [],
    aliases: [],
    volatile: [],
    unnests: 0,
    windows: 0,
    query: readQuery,
    expression,
  };
  const statement = readStatement(writing);
  const { cursor, references, reads, volatile } = writing;
  cursor.take(';');
  const { kind, text } = cursor.peek();
  if (kind !== 'end') {
    const isOther = /^(SELECT|WITH|CREATE|DROP|INSERT|UPDATE|DELETE|MERGE|DECLARE|SET)$/.test(text);
    throw isOther
      ? cursor.unsupported('more than one statement in a query')
      : cursor.wrong(`Expected end of input but got "${text}"`);
  }
  return { ...statement, references, reads, isVolatile: volatile.length > 0, isExact: writing.isExact };
}
