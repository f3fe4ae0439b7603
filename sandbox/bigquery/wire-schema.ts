import type { Column, ColumnType } from '../warehouse/session.ts';
import type { NamedType } from '../warehouse/json-columns.ts';
import { isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { quoted } from '../warehouse/names.ts';
import { numeric } from '../warehouse/numeric-macros.ts';
import { decimalParts, decimalType } from './decimal-type.ts';
import { textIn } from './parameters.ts';
import { invalid } from './query-error.ts';
import { simpleTypes } from './sql/types.ts';

/** The names of types in REST, by DuckDB's. */
const wireTypes: Readonly<Record<string, string>> = {
  BIGINT: 'INTEGER',
  INTEGER: 'INTEGER',
  SMALLINT: 'INTEGER',
  TINYINT: 'INTEGER',
  HUGEINT: 'INTEGER',
  UBIGINT: 'INTEGER',
  UINTEGER: 'INTEGER',
  DOUBLE: 'FLOAT',
  FLOAT: 'FLOAT',
  VARCHAR: 'STRING',
  UUID: 'STRING',
  BLOB: 'BYTES',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  TIME: 'TIME',
  TIMESTAMP: 'DATETIME',
  'TIMESTAMP WITH TIME ZONE': 'TIMESTAMP',
  INTERVAL: 'INTERVAL',
  '"NULL"': 'INTEGER',
  NULL: 'INTEGER',
};

/** A column as REST describes it: `{ name, type, mode }`, with `fields` in a RECORD. */
export function fieldOf({ name, type }: Column): JsonObject {
  if ('valueType' in type && !('keyType' in type)) {
    const element = fieldOf({ name, type: type.valueType });
    if (element['mode'] === 'REPEATED') throw invalid('Cannot construct array with element type ARRAY');
    return { ...element, mode: 'REPEATED' };
  }
  if ('entryNames' in type) {
    const fields = type.entryNames.map((entry, index) =>
      fieldOf({ name: entry, type: entryType(type, index) }),
    );
    return { name, type: 'RECORD', mode: 'NULLABLE', fields };
  }
  const text = type.toString();
  const wire = text.startsWith('DECIMAL') ? 'NUMERIC' : wireTypes[text];
  if (wire === undefined)
    throw invalid(`The sandbox has no type of BigQuery for the column ${name} (${text}).`);
  return { name, type: wire, mode: 'NULLABLE', ...decimalParts(text) };
}

function entryType(type: Extract<ColumnType, { entryNames: unknown }>, index: number): ColumnType {
  const found = type.entryTypes[index];
  if (!found) throw new Error('Every entry of a STRUCT has a type.');
  return found;
}

/** The schema of a result: its types have no precision. */
export function schemaOfColumns(columns: readonly Column[]): JsonObject {
  return { fields: columns.map((column) => withoutPrecision(fieldOf(column))) };
}

function withoutPrecision(field: JsonObject): JsonObject {
  const kept = Object.entries(field).filter(([name]) => name !== 'precision' && name !== 'scale');
  const { fields, ...rest }: JsonObject = Object.fromEntries(kept);
  if (!Array.isArray(fields)) return rest;
  return { ...rest, fields: fields.filter(isJsonObject).map(withoutPrecision) };
}

/** The columns that a schema of REST asks for, in DuckDB's types. */
export function columnsOfSchema(schema: Json | undefined): readonly NamedType[] | undefined {
  const fields = isJsonObject(schema ?? null) && isJsonObject(schema ?? {}) ? fieldsOf(schema) : undefined;
  return fields?.map((field) => ({
    name: nameOf(field),
    type: typeOf(field),
    ...(field['mode'] === 'REQUIRED' && { required: true }),
  }));
}

function fieldsOf(of: Json | undefined): readonly JsonObject[] | undefined {
  const fields = of !== undefined && isJsonObject(of) ? of['fields'] : undefined;
  return Array.isArray(fields) ? fields.filter(isJsonObject) : undefined;
}

function nameOf({ name }: JsonObject): string {
  if (typeof name !== 'string' || !/^[\p{L}\p{N}\p{M}_ &%=+:'<>#|-]{1,300}$/u.test(name)) {
    throw invalid(`Invalid field name ${JSON.stringify(name)}.`);
  }
  return name;
}

function typeOf(field: JsonObject): string {
  const type = typeof field['type'] === 'string' ? field['type'].toUpperCase() : '';
  const array = field['mode'] === 'REPEATED' ? '[]' : '';
  if (type === 'RECORD' || type === 'STRUCT') {
    const parts = (fieldsOf(field) ?? []).map((part) => `${quoted(nameOf(part))} ${typeOf(part)}`);
    return `STRUCT(${parts.join(', ')})${array}`;
  }
  const simple = simpleTypes[type];
  if (simple === undefined)
    throw invalid(`The sandbox does not support the type ${type} of the field ${nameOf(field)}.`);
  const { precision, scale } = field;
  if (simple === numeric && precision !== undefined)
    return decimalType(textIn(field, 'precision'), textIn(field, 'scale')) + array;
  if (precision !== undefined || scale !== undefined)
    throw invalid(`The field ${nameOf(field)} is ${type}: it has no precision and no scale here.`);
  return simple + array;
}
