import { parseUnit, type JsonSchema, type JsonType, type Unit } from '../model/json-schema.ts';

/** Text with a hole, which becomes a value only while the plan runs. */
export function isTemplate(value: unknown): value is string {
  return typeof value === 'string' && value.includes('${');
}

/** Whether a template may stand here: for every scalar but a `literal` one, and for what is rendered to text. */
export function admitsTemplate(schema: JsonSchema): boolean {
  if (schema.literal) return false;
  if (schema.render || schema.unit) return true;
  if (schema.anyOf) return schema.anyOf.some(admitsTemplate);
  return admitsScalar(schema);
}

function admitsScalar({ type, enum: choices, ...schema }: JsonSchema): boolean {
  if (choices ?? 'const' in schema) return true;
  return typesOf(type).some((each) => each !== 'object' && each !== 'array');
}

/** Whether a schema speaks of scalars only, so that `accepts` says everything about it. */
export function isScalarSchema(schema: JsonSchema): boolean {
  if (schema.unit) return true;
  if (schema.render) return false;
  if (schema.anyOf) return schema.anyOf.every(isScalarSchema);
  return admitsScalar(schema) && !typesOf(schema.type).some((each) => each === 'object' || each === 'array');
}

/** Whether a value itself is right; what is inside of a mapping or list is not looked at. */
export function accepts(schema: JsonSchema, value: unknown): boolean {
  if (isTemplate(value) && admitsTemplate(schema)) return true;
  if (schema.unit) return isWithin(schema, unitValue(value, schema.unit));
  if (schema.anyOf && isScalarSchema(schema)) return schema.anyOf.some((each) => accepts(each, value));
  return isChosen(schema, value) && isTyped(schema, value) && isSized(schema, value);
}

function isChosen(schema: JsonSchema, value: unknown): boolean {
  if ('const' in schema && value !== schema.const) return false;
  return schema.enum?.includes(value) ?? true;
}

function isTyped({ type }: JsonSchema, value: unknown): boolean {
  return type === undefined || typesOf(type).some((each) => isOfType(each, value));
}

function isSized(schema: JsonSchema, value: unknown): boolean {
  if (typeof value === 'number') return isWithin(schema, value);
  return typeof value !== 'string' || isSuchText(schema, value);
}

/** The milliseconds or bytes that a value means; null when it means none. Zero needs no unit. */
export function unitValue(value: unknown, unit: Unit): number | null {
  return typeof value === 'string' || value === 0 ? parseUnit(String(value), unit) : null;
}

export function typesOf(type: JsonSchema['type']): readonly JsonType[] {
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : type;
}

function isWithin({ minimum, exclusiveMinimum, maximum }: JsonSchema, value: number | null): boolean {
  if (value === null) return false;
  return (
    value >= (minimum ?? -Infinity) &&
    value > (exclusiveMinimum ?? -Infinity) &&
    value <= (maximum ?? Infinity)
  );
}

function isSuchText({ minLength, maxLength, pattern }: JsonSchema, value: string): boolean {
  if (value.length < (minLength ?? 0) || value.length > (maxLength ?? Infinity)) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(value);
}

function isOfType(type: JsonType, value: unknown): boolean {
  switch (type) {
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
  }
}
