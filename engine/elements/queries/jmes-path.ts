import { compile, search } from 'jmespath';
import { exactMark, type ExactJson } from '../../json/exact-number.ts';
import { keepsDigits, readJsonIn } from '../../json/read-json.ts';
import { messageOf } from '../../model/errors.ts';
import { mapped, numbersIn, StandIns } from './stand-ins.ts';

declare module 'jmespath' {
  /** What the package's types leave out: parses an expression. */
  export function compile(expression: string): object;
}

/** What a JMESPath expression gives of a document; null where there is nothing. */
export function jmesPathResult(expression: string, document: ExactJson): ExactJson {
  if (!keepsDigits(document)) return found(document, expression);
  return looksAtNumbers.test(expression)
    ? foundByNumber(document, expression)
    : mapped(found(document, expression), withoutMarks);
}

function found(document: ExactJson, expression: string): ExactJson {
  const result: unknown = search(document, expression);
  return isJson(result) ? result : null;
}

/** The package follows prototypes: `constructor` would give a function. */
function isJson(value: unknown): value is ExactJson {
  return value !== undefined && typeof value !== 'function';
}

/** Comparisons, and functions that count with numbers. */
const looksAtNumbers = /[=<>!]=|[<>]|\b(?:abs|avg|ceil|contains|floor|max|min|sort|sum)(?:_by)?\s*\(/;

/** A number that the expression names. */
const numberLiteral = /`\s*(-?\d[\d.eE+-]*)\s*`/g;

/** The package compares doubles only: these stand for the numbers of the document and of the expression. */
function foundByNumber(document: ExactJson, expression: string): ExactJson {
  const literal = (text: string) => readJsonIn(text) ?? null;
  const literals = [...expression.matchAll(numberLiteral)].map(([, text = '']) => literal(text));
  const standIns = new StandIns(numbersIn([document, literals]));
  const withDoubles = expression.replaceAll(
    numberLiteral,
    (_, text: string) => `\`${JSON.stringify(standIns.replaced(literal(text)))}\``,
  );
  return standIns.restored(found(standIns.replaced(document), withDoubles));
}

const marked = new RegExp(`"${exactMark}([^"]*)"`, 'g');

/** `to_string` writes marks before the digits. */
function withoutMarks(value: ExactJson): ExactJson {
  return typeof value === 'string' && value.includes(exactMark) ? value.replaceAll(marked, '$1') : value;
}

/** Why a text is no JMESPath expression, or null. */
export function jmesPathMistake(expression: unknown): string | null {
  if (typeof expression !== 'string' || expression.includes('${')) return null;
  try {
    compile(expression);
    return null;
  } catch (error) {
    return `"${expression}" is not a JMESPath: ${messageOf(error)}. Write, for example, data.items[*].id`;
  }
}
