import { didYouMean } from '../model/did-you-mean.ts';
import type { JsonSchema, JsonType, Unit } from '../model/json-schema.ts';
import { expectedDuration, expectedSize, formatBytes, formatMs, unitMissing } from '../model/units.ts';
import { admitsTemplate, typesOf, unitValue } from './accepts.ts';
import { describeFound, nameList } from './shapes.ts';

/** `expected an integer of at least 1 or a template, found "many"`: why a value does not fit a schema. */
export function misfitWords(schema: JsonSchema, found: unknown, source?: string): string {
  const unitRemedy = remedyOfUnit(schema, found, source ?? String(found));
  if (unitRemedy !== null) return `${unitRemedy}.`;
  return `expected ${expected(schema)}, found ${describeFound(found, source)}.${remedy(schema, found, source)}`;
}

/** What is said of a text or number that lacks its unit; null where no unit is asked for, or it is there. */
function remedyOfUnit(schema: JsonSchema, found: unknown, shown: string): string | null {
  if (typeof found !== 'string' && typeof found !== 'number') return null;
  const isNumber = typeof found === 'number';
  if (isNumber && schema.units) return unitMissing(shown, schema.units);
  const unit = schema.unit ?? (isNumber ? unitAmong(schema.anyOf ?? []) : undefined);
  return unit && unitValue(found, unit) === null ? unitWords[unit].remedy(shown) : null;
}

/** The unit of one of several forms, of which none is a number. */
function unitAmong(forms: readonly JsonSchema[]): Unit | undefined {
  const types = forms.flatMap(({ type }) => typesOf(type));
  return types.includes('integer') || types.includes('number')
    ? undefined
    : forms.find((one) => one.unit)?.unit;
}

interface UnitWords {
  readonly noun: string;
  readonly usual: string;
  readonly remedy: (found: string) => string;
  readonly format: (value: number) => string;
}

const unitWords: Readonly<Record<Unit, UnitWords>> = {
  ms: { noun: 'a duration', usual: '30s', remedy: expectedDuration, format: formatMs },
  bytes: { noun: 'a size', usual: '8MiB', remedy: expectedSize, format: formatBytes },
};

function remedy(schema: JsonSchema, found: unknown, source: string | undefined): string {
  if (found === null) return schema.ifNull === undefined ? '' : ` ${schema.ifNull}`;
  if (typeof found === 'object') return listRemedy(schema, found);
  if (typeof found === 'string') return didYouMean(found, choicesOf(schema));
  const isPlain = typeof found === 'number' || typeof found === 'boolean';
  return isPlain && wantsText(schema) ? ` Put it in quotes: "${source ?? String(found)}".` : '';
}

function wantsText({ type, anyOf = [], pattern }: JsonSchema): boolean {
  const isText = typesOf(type).includes('string') || anyOf.some((one) => one.type === 'string');
  return isText && !pattern;
}

/** ` Write a list, such as [{"csv":"users.csv"}].` for a mapping where only a list may be. */
function listRemedy({ type, examples = [] }: JsonSchema, found: object): string {
  const example = examples.find((one) => Array.isArray(one) && one.length > 0);
  if (Array.isArray(found) || example === undefined || typesOf(type).join() !== 'array') return '';
  const shown = JSON.stringify(example);
  return ` Write a list, such as ${shown.length > 100 ? '[…]' : shown}.`;
}

function choicesOf({ enum: choices, anyOf, ...schema }: JsonSchema): string[] {
  const own = [...(choices ?? []), ...('const' in schema ? [schema.const] : [])];
  return [...own.filter((choice) => typeof choice === 'string'), ...(anyOf ?? []).flatMap(choicesOf)];
}

/** `an integer from 1 to 5 or a template`. Where any text may stand, a template needs no mention. */
function expected(schema: JsonSchema): string {
  const isSaid = typesOf(schema.type).includes('string') && !schema.unit && !schema.pattern && !schema.enum;
  return admitsTemplate(schema) && !isSaid ? `${schemaWords(schema)} or a template` : schemaWords(schema);
}

/** What a schema asks for, in words and without templates. */
export function schemaWords(schema: JsonSchema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(schemaWords))].join(' or ');
  if (schema.unit) {
    const { noun, usual, format } = unitWords[schema.unit];
    return `${noun}${example(schema) || ` such as ${usual}`}${range(schema, format)}`;
  }
  if (schema.enum) return `one of ${nameList(schema.enum.map((choice) => describeFound(choice)))}`;
  if ('const' in schema) return describeFound(schema.const);
  if (schema.type === undefined && schema.required) return `a mapping with ${schema.required.join(' and ')}`;
  const types = typesOf(schema.type).filter((type) => type !== 'null');
  return types.map((type) => typeWords(type, schema)).join(' or ') || 'a value';
}

function typeWords(type: JsonType, schema: JsonSchema): string {
  if (type === 'integer') return `an integer${range(schema, String)}`;
  if (type === 'number') return `a number${range(schema, String)}`;
  if (type === 'string') return textWords(schema);
  return { boolean: 'true or false', object: 'a mapping', array: 'a list', null: 'nothing' }[type];
}

function textWords(schema: JsonSchema): string {
  const hint = example(schema);
  if (schema.pattern) return hint ? `a text${hint}` : `a text that matches ${schema.pattern}`;
  return schema.minLength ? 'a text that is not empty' : 'a text';
}

function example({ examples }: JsonSchema): string {
  return examples?.length ? ` such as ${examples.slice(0, 3).map(String).join(', ')}` : '';
}

function range({ minimum, exclusiveMinimum, maximum }: JsonSchema, show: (limit: number) => string): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${show(minimum)} to ${show(maximum)}`;
  if (minimum !== undefined) return ` of at least ${show(minimum)}`;
  if (exclusiveMinimum !== undefined) {
    return ` above ${show(exclusiveMinimum)}${maximum === undefined ? '' : `, at most ${show(maximum)}`}`;
  }
  return maximum === undefined ? '' : ` of at most ${show(maximum)}`;
}
