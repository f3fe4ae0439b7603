import type { JsonSchema } from '../../engine/model/json-schema.ts';
import type { Key } from './page.ts';

/** Every key of a schema, those inside its maps included: `boundary`, `boundary.left`. */
export function keysOf({ properties = {}, required = [] }: JsonSchema, around = ''): Key[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = `${around}${key}`;
    return [keyOf(name, schema, required.includes(key)), ...innerKeys(schema, name)];
  });
}

function keyOf(name: string, schema: JsonSchema, required: boolean): Key {
  return {
    name,
    required,
    value: valueWords(schema),
    default: schema.default === undefined ? '' : written(schema.default),
    description: [schema.description ?? '', schema.literal ? 'No template.' : ''].filter(Boolean).join(' '),
    examples: (schema.examples ?? []).map(written),
  };
}

/** The keys of a map, of the map among several forms, or of maps under names of the author's. */
function innerKeys({ properties, additionalProperties, anyOf, sampler }: JsonSchema, name: string): Key[] {
  if (sampler !== undefined) return [];
  if (properties) return keysOf({ properties }, `${name}.`);
  if (anyOf) return anyOf.flatMap((form) => innerKeys(form, name));
  return typeof additionalProperties === 'object' ? innerKeys(additionalProperties, `${name}.NAME`) : [];
}

/** What may stand as the value of a key. */
export function valueWords(schema: JsonSchema): string {
  if (schema.unit) return schema.unit === 'ms' ? 'duration' : 'size';
  if (schema.render === 'condition') return 'condition';
  if (schema.enum) return schema.enum.map(written).join(', ');
  if (schema.const !== undefined) return written(schema.const);
  if (schema.anyOf) return [...new Set(schema.anyOf.map(valueWords))].join(' or ');
  if (schema.type === undefined) return 'anything';
  return [schema.type]
    .flat()
    .map((type) => typeWords(type, schema))
    .join(' or ');
}

function typeWords(type: string, schema: JsonSchema): string {
  switch (type) {
    case 'object':
      return 'map';
    case 'array':
      return `list${schema.items?.type || schema.items?.anyOf ? ` of ${valueWords(schema.items)}` : ''}`;
    case 'integer':
      return `whole number${limits(schema)}`;
    case 'number':
      return `number${limits(schema)}`;
    case 'string':
      return 'text';
    default:
      return type;
  }
}

function limits({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  if (exclusiveMinimum !== undefined) return ` > ${exclusiveMinimum}`;
  if (minimum === undefined) return '';
  return maximum === undefined ? ` ≥ ${minimum}` : ` ${minimum}–${maximum}`;
}

/** A value as code: texts as they are, all else as JSON. */
function written(value: unknown): string {
  return `\`${typeof value === 'string' && value !== '' ? value : JSON.stringify(value)}\``;
}
