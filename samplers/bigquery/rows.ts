import type { Json } from '../../engine/model/json.ts';
import { inside, listInside, textInside } from '../google/inside.ts';
import { scalarText } from './scalar-text.ts';

/** A column of a result, as BigQuery describes it. */
export interface Field {
  readonly name: string;
  /** `INTEGER`, `RECORD` …: the names of the REST API, and those of GoogleSQL. */
  readonly type: string;
  readonly isRepeated: boolean;
  readonly fields: readonly Field[];
}

/** The columns of `schema.fields` of an answer. */
export function fieldsOf(schema: unknown): Field[] {
  return listInside(schema, 'fields').map((field) => ({
    name: textInside(field, 'name') ?? '',
    type: textInside(field, 'type') ?? 'STRING',
    isRepeated: inside(field, 'mode') === 'REPEATED',
    fields: fieldsOf(field),
  }));
}

/**
 * The values of a row in the order of its columns, read from the form of the REST API (`{ f: [{ v }] }`, all scalars are texts).
 *
 * Integers beyond 2⁵³, NUMERIC, dates and BYTES (base64) stay texts; a TIMESTAMP becomes ISO 8601 in UTC.
 */
export function valuesOf(row: unknown, fields: readonly Field[]): Json[] {
  const cells = listInside(row, 'f');
  return fields.map((field, index) => valueOf(inside(cells[index], 'v'), field));
}

/** The same by the names of the columns. */
export function objectOf(values: readonly Json[], fields: readonly Field[]): Record<string, Json> {
  return Object.fromEntries(fields.map(({ name }, index) => [name, values[index] ?? null]));
}

function valueOf(value: unknown, field: Field): Json {
  if (field.isRepeated) {
    const element = { ...field, isRepeated: false };
    return listInside(value).map((one) => valueOf(inside(one, 'v'), element));
  }
  if (value === null || value === undefined) return null;
  if (field.fields.length > 0) return objectOf(valuesOf(value, field.fields), field.fields);
  const text = scalarText(value);
  return readers[field.type]?.(text) ?? text;
}

const readers: Readonly<Record<string, (text: string) => Json>> = {
  INTEGER: integer,
  INT64: integer,
  FLOAT: float,
  FLOAT64: float,
  BOOLEAN: (text) => text.toLowerCase() === 'true',
  BOOL: (text) => text.toLowerCase() === 'true',
  TIMESTAMP: timestamp,
};

function integer(text: string): Json {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

/** `NaN` and `Infinity` are no JSON. */
function float(text: string): Json {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** Whole microseconds since 1970; without `useInt64Timestamp`, seconds with a fraction. */
function timestamp(text: string): Json {
  if (!/^-?\d+(\.\d+)?(E\d+)?$/.test(text)) return text;
  const isMicroseconds = /^-?\d+$/.test(text);
  const microseconds = isMicroseconds ? BigInt(text) : BigInt(Math.round(Number(text) * 1e6));
  const rest = ((microseconds % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const time = new Date(Number((microseconds - rest) / 1000n));
  if (Number.isNaN(time.getTime())) return text;
  return `${time.toISOString().slice(0, 19)}${rest === 0n ? '' : `.${String(rest).padStart(6, '0')}`}Z`;
}
