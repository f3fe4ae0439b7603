import { Ajv, type ValidateFunction } from 'ajv';
import { isChoice } from '../model/choice.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import { accepts, isScalarSchema, isTemplate } from './accepts.ts';
import { foldAlternatives, type SchemaError } from './fold-alternatives.ts';

/** One thing that does not fit, at the keys that lead to it. */
export type Misfit = { readonly path: readonly string[] } & (
  | { readonly why: 'value'; readonly schema: JsonSchema; readonly found: unknown }
  | { readonly why: 'unknown key'; readonly key: string; readonly known: readonly string[] }
  | { readonly why: 'bad key'; readonly key: string; readonly schema: JsonSchema }
  | { readonly why: 'missing key'; readonly key: string }
  | { readonly why: 'size'; readonly message: string }
);

/**
 * Everything in a value that does not fit a schema of our dialect: one misfit a place.
 *
 * Ajv checks what is where. What a single value must be is checked by our keyword `value`, so that
 * templates and durations are understood and each place has one reason, not one a keyword.
 */
export function misfits(schema: JsonSchema, value: unknown): Misfit[] {
  const validate = compiled.get(schema) ?? engine().compile(structure(schema));
  compiled.set(schema, validate);
  if (validate(value)) return [];
  return foldAlternatives(validate.errors ?? []).flatMap(toMisfit);
}

const compiled = new WeakMap<JsonSchema, ValidateFunction>();
let ajv: Ajv | undefined;

/** Made at first use: what only prints help need not wait for it. */
function engine(): Ajv {
  if (ajv) return ajv;
  ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    code: { optimize: false },
  });
  ajv.addKeyword({ keyword: 'value', schemaType: 'object', errors: false, validate: accepts });
  ajv.addKeyword({ keyword: 'isTemplate', schemaType: 'boolean', errors: false, validate: isWanted });
  ajv.addKeyword({ keyword: 'isChoice', schemaType: 'boolean', errors: false, validate: isWantedChoice });
  return ajv;
}

const isWanted = (wanted: boolean, value: unknown) => isTemplate(value) === wanted;
const isWantedChoice = (wanted: boolean, value: unknown) => isChoice(value) === wanted;

type StandardSchema = Record<string, unknown>;

/** The schema with `value` for what each place must be, and standard keywords for what is inside. */
function structure(schema: JsonSchema): StandardSchema {
  if (schema.$ref) return {};
  if (isScalarSchema(schema)) return { value: schema };
  const inside = { value: schema, ...partsOf(schema) };
  return schema.render ? { if: { isTemplate: true }, then: {}, else: inside } : inside;
}

function partsOf(schema: JsonSchema): StandardSchema {
  const parts: StandardSchema = {};
  for (const keyword of ['required', 'minProperties', 'maxProperties', 'minItems', 'maxItems'] as const) {
    if (schema[keyword] !== undefined) parts[keyword] = schema[keyword];
  }
  const { properties, additionalProperties: rest } = schema;
  if (properties) parts['properties'] = mapEntries(properties, structure);
  if (rest !== undefined && typeof rest !== 'boolean') {
    parts['additionalProperties'] = schema.choices ? orChoice(rest, deepestChoice) : structure(rest);
  } else if (rest !== undefined) parts['additionalProperties'] = rest;
  if (schema.propertyNames) parts['propertyNames'] = structure(schema.propertyNames);
  if (schema.items) parts['items'] = structure(schema.items);
  if (schema.anyOf) parts['anyOf'] = schema.anyOf.map(structure);
  return parts;
}

/** Choices within each other. */
const deepestChoice = 3;

/** A value, or a choice whose alternatives are such values. The choice itself is understood by `compile`. */
function orChoice(schema: JsonSchema, depth: number): StandardSchema {
  if (depth === 0) return structure(schema);
  const inside = orChoice(schema, depth - 1);
  const properties = { value: inside, default: inside, cases: { additionalProperties: inside } };
  return { if: { isChoice: true }, then: { properties }, else: structure(schema) };
}

/** The same object with each value replaced. */
function mapEntries<A, B>(object: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function toMisfit(error: SchemaError): Misfit[] {
  const { keyword, params, propertyName } = error;
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  const schema = schemaOf(error);
  if (propertyName !== undefined) {
    return keyword === 'value' ? [{ path, why: 'bad key', key: propertyName, schema }] : [];
  }
  switch (keyword) {
    case 'value':
    case 'anyOf':
      return [{ path, why: 'value', schema, found: error.data }];
    case 'required':
      return [{ path, why: 'missing key', key: String(params['missingProperty']) }];
    case 'additionalProperties': {
      const known = Object.keys(schema.properties ?? {});
      return [{ path, why: 'unknown key', key: String(params['additionalProperty']), known }];
    }
    default:
      return sizeMisfit(path, keyword, Number(params['limit']));
  }
}

const sizeWords: Readonly<Record<string, readonly [bound: string, one: string, many: string]>> = {
  minItems: ['at least', 'item', 'items'],
  maxItems: ['at most', 'item', 'items'],
  minProperties: ['at least', 'entry', 'entries'],
  maxProperties: ['at most', 'entry', 'entries'],
};

/** Nothing for keywords such as `if` and `propertyNames`, which only repeat what others said. */
function sizeMisfit(path: readonly string[], keyword: string, limit: number): Misfit[] {
  const words = sizeWords[keyword];
  if (!words) return [];
  const [bound, one, many] = words;
  return [{ path, why: 'size', message: `expected ${bound} ${limit} ${limit === 1 ? one : many}` }];
}

/** The schema in our dialect that an error came from: `structure` left it under `value`. */
function schemaOf({ parentSchema }: SchemaError): JsonSchema {
  const schema: unknown = parentSchema?.['value'];
  return isSchema(schema) ? schema : {};
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

/** RFC 6901, section 4. */
function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
