import { textLiteral } from '../../warehouse/names.ts';
import { numeric } from '../../warehouse/numeric-macros.ts';
import { QueryError } from '../query-error.ts';
import { isNumeric } from './numeric-text.ts';
import { place } from './tokens.ts';
import type { Expression, Writing } from './writing.ts';

/** From here on a number is marked as 64 bits wide: DuckDB takes a literal for 32 bits if it fits. */
const firstWide = 1000n;
const lastNarrow = 2n ** 31n;

/** A number with a point is a FLOAT64 in BigQuery, a DECIMAL in DuckDB unless it has an exponent. */
export function numberLiteral(text: string): Expression {
  if (!/^(0[xX][0-9a-fA-F]+|\d+)$/.test(text)) {
    return { sql: /[eE]/.test(text) ? text : `${text}e0`, number: Number(text), isFloat: true };
  }
  const value = BigInt(text);
  const isMarked = value >= firstWide && value < lastNarrow;
  return { sql: isMarked ? `(${value}::BIGINT)` : String(value), number: Number(value) };
}

/** Bytes, from characters of 0 to 255. */
export function bytesLiteral(latin1: string): string {
  return `unhex('${Buffer.from(latin1, 'latin1').toString('hex')}')`;
}

/** `TRUE`, `NULL`, and `DATE '2026-01-01'` and its like. */
export function constant(writing: Writing): Expression | undefined {
  const { cursor } = writing;
  const { text } = cursor.peek();
  if (text === 'TRUE' || text === 'FALSE' || text === 'NULL') return { sql: cursor.next().text };
  if (cursor.peek(1).kind !== 'string') return undefined;
  const type = typed[text];
  if (type === undefined) return undefined;
  if (type === '') throw cursor.unsupported(`${text} literals`);
  cursor.next();
  if (type === numeric) return { sql: numericLiteral(writing) };
  return { sql: `CAST(${textLiteral(cursor.next().value)} AS ${type})` };
}

const typed: Readonly<Record<string, string>> = {
  DATE: 'DATE',
  TIME: 'TIME',
  DATETIME: 'TIMESTAMP',
  TIMESTAMP: 'TIMESTAMP WITH TIME ZONE',
  NUMERIC: numeric,
  DECIMAL: numeric,
  BIGNUMERIC: '',
  BIGDECIMAL: '',
  JSON: '',
};

/** A literal loses no digits, other than a text that is cast. */
function numericLiteral({ cursor }: Writing): string {
  const token = cursor.next();
  if (!isNumeric(token.value, 'exact'))
    throw new QueryError(
      `Invalid NUMERIC literal: ${JSON.stringify(token.value)} at ${place(cursor.sql, token.at)}`,
    );
  return `CAST(${textLiteral(token.value)} AS ${numeric})`;
}
