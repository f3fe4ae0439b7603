import type { JsonSchema, Unit } from '../model/json-schema.ts';
import { admitsTemplate, isScalarSchema, typesOf } from './accepts.ts';

/** JSON Schema draft-07, as editors and Ajv take it. */
export type StandardSchema = Readonly<Record<string, unknown>>;

/** Texts that `parseMs` and `parseBytes` understand. */
const unitPatterns: Readonly<Record<Unit, string>> = {
  ms: '^\\s*(0|([0-9]+([.][0-9]+)?(ms|s|min|m|h|d)\\s*)+)$',
  bytes: '^\\s*(0|[0-9]+([.][0-9]+)?\\s*(B|[kKMGT]B|[KMGT]iB))\\s*$',
};

const unitMessages: Readonly<Record<Unit, string>> = {
  ms: 'Expected a duration with its unit, such as 30s, 500ms or 1m30s.',
  bytes: 'Expected a size with its unit, such as 100B, 512MiB or 10GB.',
};

const template: StandardSchema = { type: 'string', pattern: '\\$\\{' };

/** Keywords that describe a place and say nothing about its value. */
const annotations = ['title', 'description', 'default', 'examples'] as const;

/** Keywords that mean the same in both; `unit`, `render` and `literal` are ours alone. */
const rules = [
  '$ref',
  'type',
  'enum',
  'const',
  'required',
  'minProperties',
  'maxProperties',
  'minItems',
  'maxItems',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
] as const;

/**
 * A schema of our dialect in standard keywords alone, for editors.
 *
 * A duration or a size becomes a text with a pattern, and what may be a template accepts texts with `${` as well.
 * Limits of them cannot be said in JSON Schema and are left out.
 */
export function standardSchema(schema: JsonSchema): StandardSchema {
  const about = copy(schema, annotations);
  if (schema.sampler !== undefined) return { ...about, allOf: [{ $ref: defaultsPath(schema.sampler) }] };
  const own = ownRules(schema);
  if (!admitsTemplate(schema) || admitsAnyText(schema)) return { ...about, ...own };
  const isOnlyChoice = schema.anyOf && Object.keys(own).length === 1;
  return { ...about, anyOf: [...(isOnlyChoice ? schema.anyOf.map(alternative) : [own]), template] };
}

/** Where a document describes what may stand in a sampler. */
function defaultsPath(kind: string): string {
  return `#/definitions/${kind}-defaults`;
}

/** What stands for a value that is left out, or is one of several. */
const choice: StandardSchema = {
  type: 'object',
  description: 'A value by chance, by a condition or by a text; it is left out when none is taken.',
  additionalProperties: false,
  properties: {
    $chance: { description: 'How likely it is.', examples: ['50%', 0.5] },
    $when: { description: 'A condition.', examples: ["${id} != ''"] },
    value: { description: 'The value, beside $chance and $when.', examples: ['${id}'] },
    $switch: { type: 'string', description: 'A text, by which the case is chosen.', examples: ['${type}'] },
    cases: { type: 'object', description: 'Values by text.', examples: [{ GCS: 'bucket', API: 'url' }] },
    default: { description: 'The value for any other text.', examples: ['none'] },
  },
};

/** Plain texts, and what is rendered from anything, hold templates without saying so. */
function admitsAnyText(schema: JsonSchema): boolean {
  if (schema.unit || schema.anyOf || schema.enum || 'const' in schema) return false;
  if (schema.type === undefined) return true;
  return typesOf(schema.type).includes('string') && schema.pattern === undefined;
}

function ownRules(schema: JsonSchema): StandardSchema {
  if (schema.unit) return unitRules(schema.unit);
  const own: Record<string, unknown> = copy(schema, rules);
  const { properties, additionalProperties: rest } = schema;
  if (properties) own['properties'] = standardProperties(properties);
  if (rest !== undefined)
    own['additionalProperties'] =
      typeof rest === 'boolean'
        ? rest
        : schema.choices
          ? { anyOf: [standardSchema(rest), choice] }
          : standardSchema(rest);
  if (schema.propertyNames) own['propertyNames'] = nameRules(schema.propertyNames);
  if (schema.items) own['items'] = standardSchema(schema.items);
  if (schema.anyOf) own['anyOf'] = schema.anyOf.map(alternative);
  return own;
}

/** A text with a unit, or 0. Editors show `errorMessage` for words of their own; they do so in a list of types only. */
function unitRules(unit: Unit): StandardSchema {
  const errorMessage = unitMessages[unit];
  return {
    anyOf: [
      { type: ['string'], pattern: unitPatterns[unit], errorMessage },
      { const: 0, errorMessage },
    ],
  };
}

/** Keys are texts; editors take `404:` for a number, and do not look further where nothing asks for a text. */
function nameRules(schema: JsonSchema): StandardSchema {
  return Object.fromEntries(Object.entries(ownRules(schema)).filter(([keyword]) => keyword !== 'type'));
}

/** Alternatives that are scalars leave the template to the whole. */
function alternative(schema: JsonSchema): StandardSchema {
  return isScalarSchema(schema)
    ? { ...copy(schema, annotations), ...ownRules(schema) }
    : standardSchema(schema);
}

export function standardProperties(properties: Readonly<Record<string, JsonSchema>>): StandardSchema {
  return Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, standardSchema(each)]));
}

function copy(schema: JsonSchema, keywords: readonly (keyof JsonSchema)[]): Record<string, unknown> {
  return Object.fromEntries(
    keywords.filter((keyword) => keyword in schema).map((keyword) => [keyword, schema[keyword]]),
  );
}
