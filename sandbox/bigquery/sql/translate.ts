import { Cursor } from './cursor.ts';
import { expression } from './expression.ts';
import { readQuery } from './query.ts';
import { gather } from './gather.ts';
import type { Information } from './information-view.ts';
import { noReads } from './reads.ts';
import type { Reads, Reference } from './reads.ts';
import { readStatement } from './statements.ts';
import type { ScriptScope } from './script-scope.ts';
import type { Statement } from './statement.ts';
import type { Token } from './tokens.ts';
import type { Expression, Writing } from './writing.ts';

export interface TranslateOptions {
  readonly project: string;
  readonly defaultDataset?: { readonly project: string; readonly dataset: string } | undefined;
  readonly parameter: (name: string | undefined) => Expression;
  readonly information: Information;
  readonly viewOf: Writing['viewOf'];
  readonly matchesOf: Writing['matchesOf'];
  /** NUMERIC may be among the values. */
  readonly isExact?: boolean;
  /** The tokens of a piece of the text, with an end; all without it. */
  readonly tokens?: readonly Token[];
  readonly script?: ScriptScope;
  /** Reads an expression in the place of a statement: it is what a query of one row and one column gives. */
  readonly isExpression?: boolean;
}

/** A GoogleSQL statement in DuckDB's words, and what it touches. */
export interface Translation extends Statement {
  readonly references: readonly Reference[];
  readonly reads: Reads;
  /** Gives another result each time, so that it is not cached. */
  readonly isVolatile: boolean;
  readonly isExact: boolean;
}

export function namesNumeric(sql: string): boolean {
  return /\b(NUMERIC|DECIMAL)\b/i.test(sql);
}

/** Translates one statement. A QueryError says what is wrong, or not supported, and where. */
export function translate(sql: string, options: TranslateOptions): Translation {
  const writing: Writing = {
    cursor: new Cursor(sql, options.tokens),
    project: options.project,
    defaultDataset: options.defaultDataset,
    parameter: options.parameter,
    information: options.information,
    viewOf: options.viewOf,
    matchesOf: options.matchesOf,
    depth: 0,
    isExact: options.isExact === true || namesNumeric(sql),
    script: options.script,
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
  const statement = options.isExpression ? readValue(writing) : readStatement(writing);
  const { cursor, references, reads, volatile } = writing;
  cursor.take(';');
  const { kind, text } = cursor.peek();
  if (kind !== 'end') {
    throw cursor.wrong(`Expected end of input but got "${text}"`);
  }
  return { ...statement, references, reads, isVolatile: volatile.length > 0, isExact: writing.isExact };
}

function readValue(writing: Writing): Statement {
  const [{ sql, column }, reads] = gather(writing, () => writing.expression(writing));
  const item = { kind: 'value', name: 'f0_', reads, column } as const;
  const one = {
    items: [item],
    sources: [],
    filters: [],
    always: noReads(),
    needsAll: false,
    isRowwise: true,
  };
  writing.reads.queries.push({ parts: [one], order: noReads(), isDistinct: false, isLimited: false });
  return { type: 'SELECT', sql: `SELECT ${sql} AS "f0_"` };
}
