import { scalarText } from './scalar-text.ts';

/** A value of which the type is named. */
interface Typed {
  readonly type: string;
  readonly value: unknown;
}

/** A type as the official client takes it: a name, a list of one for an array, a map for a STRUCT. */
type ClientType = string | readonly ClientType[] | { readonly [field: string]: ClientType };

/** In the form in which the official client takes them: a type for each, and all values as texts. */
export interface QueryParameters {
  readonly params: unknown[] | Record<string, unknown>;
  readonly types: ClientType[] | Record<string, ClientType>;
}

const scalarTypes = [
  'INT64',
  'FLOAT64',
  'NUMERIC',
  'BIGNUMERIC',
  'BOOL',
  'STRING',
  'BYTES',
  'DATE',
  'DATETIME',
  'TIME',
  'TIMESTAMP',
  'GEOGRAPHY',
  'JSON',
] as const;

/** What is wrong with parameters, as a sentence, or null. */
export function parametersMistake(parameters: unknown): string | null {
  if (typeof parameters !== 'object' || parameters === null) return null;
  const entries: [string, unknown][] = Object.entries(parameters);
  for (const [name, value] of entries) {
    if (Array.isArray(value) && value.length === 0) {
      return `parameter ${name} is an empty array: name its type, { type: ARRAY<STRING>, value: [] }`;
    }
    if (value === null) return `parameter ${name} is null: name its type, { type: STRING, value: null }`;
    if (isTyped(value) && elementOf(value.type) === null) {
      return `parameter ${name} has the type ${JSON.stringify(value.type)}; known types are ${scalarTypes.join(', ')} and ARRAY<…> of them`;
    }
  }
  return null;
}

/**
 * Parameters as the client takes them.
 *
 * Each gets a type, also where none is named, because values travel as texts, as the REST API describes them: the client would send numbers, of which
 * large ones lose digits and which not every server takes.
 */
export function queryParameters(
  parameters: Readonly<Record<string, unknown>> | readonly unknown[],
): QueryParameters {
  if (Array.isArray(parameters)) {
    return { params: parameters.map(valueOf), types: parameters.map(typeOf) };
  }
  const entries: [string, unknown][] = Object.entries(parameters);
  return {
    params: Object.fromEntries(entries.map(([name, one]) => [name, valueOf(one)])),
    types: Object.fromEntries(entries.map(([name, one]) => [name, typeOf(one)])),
  };
}

function isTyped(value: unknown): value is Typed {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return (
    'type' in value && typeof value.type === 'string' && 'value' in value && Object.keys(value).length === 2
  );
}

/** The type of an array's elements, or the type itself; null when it is none. */
function elementOf(type: string): string | null {
  const known = type.trim().toUpperCase();
  const element = /^ARRAY<(\w+)>$/.exec(known)?.[1] ?? known;
  return scalarTypes.some((one) => one === element) ? element : null;
}

function typeOf(value: unknown): ClientType {
  if (isTyped(value)) {
    const name = elementOf(value.type) ?? value.type;
    return isArrayType(value.type) ? [name] : name;
  }
  if (Array.isArray(value)) return [typeOf(value[0])];
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([field, one]) => [field, typeOf(one)]));
  }
  if (typeof value === 'number') return Number.isInteger(value) ? 'INT64' : 'FLOAT64';
  return typeof value === 'boolean' ? 'BOOL' : 'STRING';
}

function valueOf(value: unknown): unknown {
  if (!isTyped(value)) return untyped(value);
  const { type, value: inner } = value;
  if (Array.isArray(inner)) return inner.map((one) => sent(one, type));
  return isArrayType(type) ? [sent(inner, type)] : sent(inner, type);
}

function untyped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untyped);
  if (typeof value !== 'object' || value === null) return sent(value, '');
  return Object.fromEntries(Object.entries(value).map(([field, one]) => [field, valueOf(one)]));
}

/** The client unwraps values of times and places. */
function sent(value: unknown, type: string): unknown {
  if (value === null) return null;
  const text = scalarText(value);
  return /TIME|DATE|GEOGRAPHY/i.test(type) ? { value: text } : text;
}

function isArrayType(type: string): boolean {
  return /^\s*ARRAY</i.test(type);
}
