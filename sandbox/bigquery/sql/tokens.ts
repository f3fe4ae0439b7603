import { QueryError } from '../query-error.ts';
import { readString, stringStart } from './strings.ts';

export interface Token {
  readonly kind:
    'word' | 'quoted' | 'string' | 'bytes' | 'number' | 'symbol' | 'parameter' | 'system' | 'end';
  /** As written; a word in capitals. */
  readonly text: string;
  /** What a text, a name in backticks, a parameter or a system variable (`@@a.b`) says; a word as it was written. */
  readonly value: string;
  /** Place in the query, from 0. */
  readonly at: number;
}

const blank = /(?:\s+|#[^\n]*|--[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const word = /[A-Za-z_]\w*/y;
const number = /0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const parameter = /@(?:([A-Za-z_]\w*)|`([^`]+)`)|\?/y;
const system = /@@([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)/y;
const symbol = /\|\||\|>|<=|>=|<>|!=|=>|[-+*/%=<>(),.[\];:&|^~{}]/y;

/** The words, texts, numbers and signs of a GoogleSQL query; comments are left out. */
export function tokens(sql: string): readonly Token[] {
  const found: Token[] = [];
  let at = 0;
  for (;;) {
    at += match(blank, sql, at)?.[0].length ?? 0;
    if (at >= sql.length) break;
    const { token, length } = tokenAt(sql, at);
    found.push(token);
    at += length;
  }
  return [...found, { kind: 'end', text: 'end of query', value: '', at: sql.length }];
}

interface Found {
  readonly token: Token;
  readonly length: number;
}

function tokenAt(sql: string, at: number): Found {
  const start = stringStart(sql, at);
  if (start) {
    const { value, end } = readString(sql, start);
    const kind = start.quote === '`' ? 'quoted' : start.isBytes ? 'bytes' : 'string';
    return { token: { kind, text: sql.slice(at, end), value, at }, length: end - at };
  }
  return (
    simple('word', word, sql, at) ??
    simple('number', number, sql, at) ??
    simple('system', system, sql, at) ??
    simple('parameter', parameter, sql, at) ??
    simple('symbol', symbol, sql, at) ??
    refuse(sql, at)
  );
}

function simple(kind: Token['kind'], pattern: RegExp, sql: string, at: number): Found | undefined {
  const found = match(pattern, sql, at);
  if (!found) return undefined;
  const [text, plain, quoted] = found;
  const value = plain ?? quoted ?? text;
  const token = { kind, text: kind === 'word' ? text.toUpperCase() : text, value, at };
  return { token, length: text.length };
}

function match(pattern: RegExp, sql: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(sql);
}

function refuse(sql: string, at: number): never {
  throw new QueryError(
    `Syntax error: Illegal input character ${JSON.stringify(sql[at])} at ${place(sql, at)}`,
  );
}

/** `[line:column]`, from 1, as BigQuery writes places. */
export function place(sql: string, at: number): string {
  const before = sql.slice(0, at).split('\n');
  return `[${before.length}:${(before.at(-1)?.length ?? 0) + 1}]`;
}
