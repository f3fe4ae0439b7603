import { compile, type JSONValue } from 'json-p3';
import type { ExactJson } from '../../json/exact-number.ts';
import type { Host } from '../../model/ports.ts';
import { messageOf } from '../../model/errors.ts';
import { compareExactly } from './exact-filters.ts';

/** The values that a path finds; null is one of them. */
export type JsonPathQuery = (document: ExactJson | undefined, host: Pick<Host, 'bounded'>) => ExactJson[];

/** A JSONPath (RFC 9535), ready to be used. Throws when it is none. */
export function jsonPathQuery(path: string): JsonPathQuery {
  const query = compareExactly(compile(path));
  const find = (document: JSONValue): ExactJson[] => {
    const values: ExactJson[] = [];
    for (const { value } of query.query(document).nodes) if (isJson(value)) values.push(value);
    return values;
  };
  const isBounded = !mayTakeLong(path);
  return (document, host) => {
    if (!isDocument(document)) return [];
    return isBounded ? find(document) : host.bounded(`the JSONPath ${path}`, null, () => find(document));
  };
}

/** One that goes over parts of a document again and again, or matches patterns: `$..a..b`, `$..[?@..a]`, `[?match(@.a, 'b')]`. */
function mayTakeLong(path: string): boolean {
  return path.split('..').length > 2 || /\b(?:match|search)\s*\(/.test(path);
}

/** The package walks through numbers with all their digits as through any others. */
function isDocument(value: unknown): value is JSONValue {
  return value !== undefined;
}

function isJson(value: unknown): value is ExactJson {
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
