import { compile, search } from 'jmespath';
import type { Json } from '../../model/json.ts';
import { messageOf } from '../../model/errors.ts';

declare module 'jmespath' {
  /** What the package's types leave out: parses an expression. */
  export function compile(expression: string): object;
}

/** What a JMESPath expression gives of a document; null where there is nothing. */
export function jmesPathResult(expression: string, document: Json): Json {
  const result: unknown = search(document, expression);
  return isJson(result) ? result : null;
}

/** The package follows prototypes: `constructor` would give a function. */
function isJson(value: unknown): value is Json {
  return value !== undefined && typeof value !== 'function';
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
