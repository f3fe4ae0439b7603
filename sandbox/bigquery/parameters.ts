import { isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { textLiteral } from '../warehouse/names.ts';
import { numeric } from '../warehouse/numeric-macros.ts';
import { invalid } from './query-error.ts';
import { isNumeric } from './sql/numeric-text.ts';
import { structOf } from './sql/special.ts';
import { simpleTypes } from './sql/types.ts';
import type { Expression } from './sql/writing.ts';

/** Gives the SQL of each query parameter: of `@name` by its name, of `?` by its turn, the first being number `from`. */
export function parameterReader(
  list: readonly JsonObject[],
  from = 0,
): (name: string | undefined) => Expression {
  let turn = from;
  return (name) => {
    const found = name === undefined ? list[turn++] : list.find((one) => sameName(one['name'], name));
    if (!found) {
      throw invalid(
        name === undefined
          ? `Positional parameter ${turn} is missing`
          : `Query parameter '${name}' not found`,
      );
    }
    return literal(objectIn(found, 'parameterType'), objectIn(found, 'parameterValue'));
  };
}

function sameName(written: Json | undefined, name: string): boolean {
  return typeof written === 'string' && written.toLowerCase() === name.toLowerCase();
}

function literal(type: JsonObject, value: JsonObject): Expression {
  if (type['type'] === 'ARRAY') {
    const element = objectIn(type, 'arrayType');
    const list = value['arrayValues'];
    const items = Array.isArray(list) ? list.filter(isJsonObject) : [];
    return {
      sql: `CAST([${items.map((item) => literal(element, item).sql).join(', ')}] AS ${typeText(type)})`,
    };
  }
  if (type['type'] === 'STRUCT') {
    const values = objectIn(value, 'structValues');
    const parts = structTypes(type);
    const sql = parts.map(({ name, type: part }) => literal(part, objectIn(values, name)).sql);
    return {
      sql: structOf(
        parts.map(({ name }) => name),
        sql,
      ),
    };
  }
  return scalar(typeText(type), value['value']);
}

function scalar(type: string, value: Json | undefined): Expression {
  if (value === undefined || value === null) return { sql: `CAST(NULL AS ${type})` };
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (type === 'VARCHAR') return { sql: textLiteral(text), text };
  if (type === 'BLOB') return { sql: `from_base64(${textLiteral(text)})` };
  const isNumber = type === 'BIGINT' || type === 'DOUBLE';
  if (isNumber && !/^\s*[-+]?(\d+\.?\d*([eE][-+]?\d+)?|nan|inf(inity)?)\s*$/i.test(text)) {
    throw invalid(`Invalid value for a parameter: ${text} is no number`);
  }
  if (type === numeric && !isNumeric(text, 'rounded'))
    throw invalid(`Invalid value for a parameter: ${text} is no NUMERIC`);
  const sql = `CAST(${textLiteral(text)} AS ${type})`;
  return isNumber ? { sql, number: Number(text) } : { sql };
}

function typeText(type: JsonObject): string {
  if (type['type'] === 'ARRAY') return `${typeText(objectIn(type, 'arrayType'))}[]`;
  if (type['type'] === 'STRUCT') {
    const parts = structTypes(type).map(
      ({ name, type: part }) => `"${name.replaceAll('"', '""')}" ${typeText(part)}`,
    );
    return `STRUCT(${parts.join(', ')})`;
  }
  const name = typeof type['type'] === 'string' ? type['type'] : '';
  const known = simpleTypes[name];
  if (known === undefined) throw invalid(`The sandbox does not support parameters of the type ${name}`);
  return known;
}

function structTypes(type: JsonObject): { name: string; type: JsonObject }[] {
  const list = type['structTypes'];
  return (Array.isArray(list) ? list.filter(isJsonObject) : []).map((one) => ({
    name: typeof one['name'] === 'string' ? one['name'] : '',
    type: objectIn(one, 'type'),
  }));
}

/** Whether a field says true, in the words of any client: `true`, `"True"`, `"1"`. */
export function flagIn(of: JsonObject, field: string): boolean {
  return isTrue(of[field]);
}

export function isTrue(value: Json | undefined): boolean {
  return value === true || (typeof value === 'string' && /^(true|t|1)$/i.test(value));
}

/** Whether a list of texts has this one. */
export function isTextIn(list: Json, text: string): boolean {
  return Array.isArray(list) && list.includes(text);
}

/** The object in a field; an empty one if there is none. */
export function objectIn(of: JsonObject, field: string): JsonObject {
  const value = of[field];
  return value !== undefined && isJsonObject(value) ? value : {};
}

export function textIn(of: JsonObject, field: string): string | undefined {
  const value = of[field];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}
