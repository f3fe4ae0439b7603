import { QueryError } from '../query-error.ts';

/** How a text begins: which quotes, and whether it is raw (`r''`) or bytes (`b''`). */
export interface StringStart {
  readonly quote: string;
  readonly isRaw: boolean;
  readonly isBytes: boolean;
  /** Where its content begins. */
  readonly from: number;
}

const start = /([rR]?[bB]?|[bB][rR])("""|'''|"|')|(`)/y;

/** The beginning of a text, of bytes or of a name in backticks; undefined if none begins here. */
export function stringStart(sql: string, at: number): StringStart | undefined {
  start.lastIndex = at;
  const found = start.exec(sql);
  if (!found) return undefined;
  const [all, prefix = '', quotes, backtick] = found;
  const isBytes = /b/i.test(prefix);
  return { quote: quotes ?? backtick ?? '', isRaw: /r/i.test(prefix), isBytes, from: at + all.length };
}

/** Reads to the end of the text. Bytes come as characters of 0 to 255. */
export function readString(
  sql: string,
  { quote, isRaw, isBytes, from }: StringStart,
): { value: string; end: number } {
  let value = '';
  let at = from;
  while (!sql.startsWith(quote, at)) {
    const char = sql[at];
    if (char === undefined || (char === '\n' && quote.length === 1)) {
      throw new QueryError(
        `Syntax error: Unclosed string literal: ${sql.slice(from - quote.length, from + 20)}`,
      );
    }
    if (char !== '\\') {
      value += isBytes ? Buffer.from(char, 'utf8').toString('latin1') : char;
      at += 1;
    } else if (isRaw) {
      value += sql.slice(at, at + 2);
      at += 2;
    } else {
      const { text, length } = escaped(sql, at + 1);
      value += text;
      at += 1 + length;
    }
  }
  return { value, end: at + quote.length };
}

const named: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const coded = /[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})/y;

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#escape_sequences */
function escaped(sql: string, at: number): { text: string; length: number } {
  const char = sql[at] ?? '';
  coded.lastIndex = at;
  const found = coded.exec(sql);
  if (found) {
    const [all, hex, short, long, octal] = found;
    const code = octal === undefined ? parseInt(hex ?? short ?? long ?? '', 16) : parseInt(octal, 8);
    return { text: String.fromCodePoint(code), length: all.length };
  }
  const text = named[char] ?? (/["'`\\?\n]/.test(char) ? char : undefined);
  if (text === undefined) throw new QueryError(`Syntax error: Illegal escape sequence: \\${char}`);
  return { text, length: 1 };
}
