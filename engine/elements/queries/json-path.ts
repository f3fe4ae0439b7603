import { compile } from 'json-p3';
import type { Json } from '../../model/json.ts';
import { messageOf } from '../../model/errors.ts';

/** The values that a path finds; null is one of them. */
export type JsonPathQuery = (document: Json | undefined) => Json[];

/** A JSONPath (RFC 9535), ready to be used. Throws when it is none. */
export function jsonPathQuery(path: string): JsonPathQuery {
  const query = compile(path);
  return (document) => {
    if (document === undefined) return [];
    const values: Json[] = [];
    for (const { value } of query.query(document).nodes) if (isJson(value)) values.push(value);
    return values;
  };
}

function isJson(value: unknown): value is Json {
  return value !== undefined;
}

/** Why a text is no JSONPath, or null. */
export function jsonPathMistake(path: unknown): string | null {
  try {
    compile(String(path));
    return null;
  } catch (error) {
    return `"${String(path)}" is not a JSONPath: ${messageOf(error)}. Write, for example, $.data.items[*].id`;
  }
}
