import { literalPattern } from '../../model/literal-pattern.ts';
import type { Beside, DateField, DateParts } from './date-field.ts';
import { dateNames, type DateNames } from './date-names.ts';
import { dateField } from './date-pattern.ts';
import { dateTokens, type DateToken } from './date-tokens.ts';
import { checkDay, resolvedEpochMs } from './resolve-date.ts';

/** Reads a date. What it leaves out is this year's, its first of January, midnight. Throws a `RangeError`. */
export type DateParser = (text: string, nowEpochMs: number) => number;

/**
 * A reader for what `datePattern` writes. Numbers may have fewer digits than letters unless they stand side by
 * side (`yyyyMMdd`), as in Java; names may be in any case; without a zone the time is the machine's. `exact`: a 30th of
 * February is a mistake.
 */
export function dateParser(pattern: string, locale = '', { exact = false } = {}): DateParser {
  const names = dateNames(locale);
  const readers: Reader[] = [];
  const source = tokensSource(dateTokens(pattern), { readers, names, pattern });
  const expression = new RegExp(`^${source}$`, 'i');
  return (text, nowEpochMs) => {
    const found = expression.exec(text);
    if (!found) throw new RangeError(`"${text}" is not a date of the pattern "${pattern}"`);
    const parts: DateParts = { numbers: new Map(), zone: '' };
    readers.forEach((read, index) => {
      const part = found[index + 1];
      if (part !== undefined) read(part, parts);
    });
    if (exact) checkDay(parts, `"${text}"`);
    return resolvedEpochMs(parts, names, nowEpochMs, `"${text}"`);
  };
}

type Reader = (text: string, parts: DateParts) => void;

interface Reading {
  readonly readers: Reader[];
  readonly names: DateNames;
  readonly pattern: string;
}

function tokensSource(tokens: readonly DateToken[], reading: Reading): string {
  const isNumberAt = (index: number) => isNumber(tokens[index], reading.pattern);
  return tokens
    .map((token, index) =>
      tokenSource(token, { before: isNumberAt(index - 1), behind: isNumberAt(index + 1) }, reading),
    )
    .join('');
}

function tokenSource(token: DateToken, beside: Beside, reading: Reading): string {
  if ('text' in token) return literalPattern(token.text);
  if ('optional' in token) return `(?:${tokensSource(token.optional, reading)})?`;
  const { letter, width } = token;
  const field: DateField = dateField(letter, reading.pattern);
  reading.readers.push((text, parts) => field.read(text, parts, width, reading.names));
  return `(${field.source(width, beside, reading.names)})`;
}

function isNumber(token: DateToken | undefined, pattern: string): boolean {
  return token !== undefined && 'letter' in token && dateField(token.letter, pattern).isNumber(token.width);
}
