import { textLiteral } from '../../warehouse/names.ts';
import type { Cursor } from './cursor.ts';
import { argument, own, same } from './function-rule.ts';
import type { Call, FunctionRule } from './function-rule.ts';

const wholePath = /^\$(?:\.(?:[\p{L}\p{N}_-]+|"[^"]+")|\[\d+\])*$/u;

/** A JSONPath in DuckDB's words; the older functions also write `$['a']`. */
function pathOf(call: Call, cursor: Cursor): string {
  if (call.args.length === 1) return `'$'`;
  const text = call.args[1]?.text;
  if (text === undefined)
    throw cursor.unsupported(`${call.token.text} with a path that is not a literal`, call.token);
  if (!text.startsWith('$')) throw cursor.wrong("JSONPath must start with '$'", call.token);
  const path = text.replace(/\['((?:[^'\\])*)'\]/g, '."$1"');
  if (!wholePath.test(path)) throw cursor.unsupported(`the JSONPath ${text}`, call.token);
  // DuckDB takes a name only with letters, digits and _ as it stands.
  return textLiteral(path.replace(/\.([^."[]*[^\w."[][^."[]*)/gu, '."$1"'));
}

/** What is not JSON gives NULL. */
function reading(write: (value: string, path: string) => string): FunctionRule {
  return own(1, 2, (call, cursor) => {
    const value = argument(call, 0);
    return `CASE WHEN json_valid(${value}) THEN ${write(value, pathOf(call, cursor))} END`;
  });
}

const scalar = (value: string, path: string) =>
  `CASE WHEN json_type(${value}, ${path}) NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN json_extract_string(${value}, ${path}) END`;

const part = (value: string, path: string) =>
  `CASE WHEN json_type(${value}, ${path}) <> 'NULL' THEN CAST(json_extract(${value}, ${path}) AS VARCHAR) END`;

const parts = (value: string, path: string) =>
  `CASE WHEN json_type(${value}, ${path}) = 'ARRAY' THEN CAST(json_extract(${value}, ${path} || '[*]') AS VARCHAR[]) END`;

/** An array with anything but scalars gives NULL. */
const scalars = (value: string, path: string) =>
  `CASE WHEN json_type(${value}, ${path}) = 'ARRAY' AND len(list_filter(json_extract(${value}, ${path} || '[*]'), lambda x: json_type(x) IN ('OBJECT', 'ARRAY'))) = 0
    THEN json_extract_string(${value}, ${path} || '[*]') END`;

/**
 * Functions that read JSON out of texts.
 * https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions
 */
export const jsonFunctions: Readonly<Record<string, FunctionRule>> = {
  TO_JSON_STRING: same('bq_json_text', 1),
  JSON_VALUE: reading(scalar),
  JSON_EXTRACT_SCALAR: reading(scalar),
  JSON_QUERY: reading(part),
  JSON_EXTRACT: reading(part),
  JSON_QUERY_ARRAY: reading(parts),
  JSON_EXTRACT_ARRAY: reading(parts),
  JSON_VALUE_ARRAY: reading(scalars),
  JSON_EXTRACT_STRING_ARRAY: reading(scalars),
};
