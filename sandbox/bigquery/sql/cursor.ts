import { QueryError } from '../query-error.ts';
import { place, tokens } from './tokens.ts';
import type { Token } from './tokens.ts';

/** Reads a query, or a piece of one, token by token. */
export class Cursor {
  readonly sql: string;
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(sql: string, list: readonly Token[] = tokens(sql)) {
    this.sql = sql;
    this.#tokens = list;
  }

  /** How many tokens were read. */
  get place(): number {
    return this.#index;
  }

  /** The tokens from a place to here, and an end. */
  since(from: number): readonly Token[] {
    const { text, kind, at } = this.peek();
    const end: Token = { kind: 'end', text: kind === 'end' ? text : `"${text}"`, value: '', at };
    return [...this.#tokens.slice(from, this.#index), end];
  }

  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)];
    if (!token) throw new Error('A query has at least its end.');
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.#index += 1;
    return token;
  }

  /** Puts the last token back. */
  back(): void {
    this.#index -= 1;
  }

  /** Whether these words or signs come next, in this order. */
  is(...texts: readonly string[]): boolean {
    return texts.every((text, ahead) => {
      const token = this.peek(ahead);
      return (token.kind === 'word' || token.kind === 'symbol') && token.text === text;
    });
  }

  /** Whether one of these words or signs comes next. */
  isOneOf(texts: ReadonlySet<string>): boolean {
    const { kind, text } = this.peek();
    return (kind === 'word' || kind === 'symbol') && texts.has(text);
  }

  /** Takes these words or signs if they come next. */
  take(...texts: readonly string[]): boolean {
    if (!this.is(...texts)) return false;
    this.#index += texts.length;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text))
      throw this.wrong(`Expected ${text === ')' ? '")"' : text} but got ${said(this.peek())}`);
  }

  /** A name: a word that is not reserved, or anything in backticks. */
  name(): string {
    const token = this.peek();
    if (token.kind === 'quoted' || (token.kind === 'word' && !reserved.has(token.text)))
      return this.next().value;
    throw this.wrong(`Expected an identifier but got ${said(token)}`);
  }

  isName(ahead = 0): boolean {
    const { kind, text } = this.peek(ahead);
    return kind === 'quoted' || (kind === 'word' && !reserved.has(text));
  }

  /** A syntax error at what comes next. */
  wrong(message: string, token: Token = this.peek()): QueryError {
    return new QueryError(`Syntax error: ${message} at ${place(this.sql, token.at)}`);
  }

  /** The sandbox does not do this; BigQuery may. */
  unsupported(what: string, token: Token = this.peek()): QueryError {
    const where = place(this.sql, token.at);
    return new QueryError(
      `The sandbox does not support ${what} at ${where}. What it supports is in docs/sandbox-sql.md.`,
      'invalidQuery',
      400,
      'sandbox',
    );
  }

  /** Passes over brackets and all that is between them. */
  skipBrackets(): void {
    this.expect('(');
    for (let depth = 1; depth > 0;) {
      const token = this.next();
      if (token.kind === 'end') throw this.wrong('Expected ")" but got end of query', token);
      if (token.kind !== 'symbol') continue;
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
    }
  }
}

function said({ kind, text }: Token): string {
  if (kind === 'end') return text;
  return kind === 'word' ? `keyword or identifier ${text}` : `"${text}"`;
}

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#reserved_keywords */
export const reserved: ReadonlySet<string> = new Set(
  `ALL AND ANY ARRAY AS ASC ASSERT_ROWS_MODIFIED AT BETWEEN BY CASE CAST COLLATE CONTAINS CREATE CROSS CUBE CURRENT
  DEFAULT DEFINE DESC DISTINCT ELSE END ENUM ESCAPE EXCEPT EXCLUDE EXISTS EXTRACT FALSE FETCH FOLLOWING FOR FROM FULL
  GROUP GROUPING GROUPS HASH HAVING IF IGNORE IN INNER INTERSECT INTERVAL INTO IS JOIN LATERAL LEFT LIKE LIMIT LOOKUP
  MERGE NATURAL NEW NO NOT NULL NULLS OF ON OR ORDER OUTER OVER PARTITION PRECEDING PROTO QUALIFY RANGE RECURSIVE
  RESPECT RIGHT ROLLUP ROWS SELECT SET SOME STRUCT TABLESAMPLE THEN TO TREAT TRUE UNBOUNDED UNION UNNEST USING WHEN
  WHERE WINDOW WITH WITHIN`.split(/\s+/),
);
