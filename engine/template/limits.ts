import type { Limits } from '../model/template.ts';

/** Whether a value is one of those that a schema allows in its place. */
export function isWithin(value: unknown, alternatives: readonly Limits[]): boolean {
  return alternatives.some((one) => fits(value, one));
}

/** `a whole number of at least 0 or "forever"`. */
export function limitsText(alternatives: readonly Limits[]): string {
  return alternatives.map(describe).join(' or ');
}

function fits(value: unknown, schema: Limits): boolean {
  if (schema.const !== undefined) return value === schema.const;
  if (schema.enum) return schema.enum.includes(value);
  if (typeof value === 'number') return numberFits(value, schema);
  return typeof value !== 'string' || schema.type === undefined || textFits(value, schema);
}

function numberFits(value: number, { type, minimum = -Infinity, maximum = Infinity }: Limits): boolean {
  return (type !== 'integer' || Number.isSafeInteger(value)) && value >= minimum && value <= maximum;
}

/** Where a number or a text may stand, what is rendered stays a text. */
function textFits(value: string, schema: Limits): boolean {
  if ([schema.type].flat().includes('string')) return new RegExp(schema.pattern ?? '').test(value);
  const isNumeric = schema.type === 'integer' || schema.type === 'number';
  return (
    isNumeric && value.trim() !== '' && Number.isFinite(Number(value)) && numberFits(Number(value), schema)
  );
}

function describe(schema: Limits): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  const kind =
    schema.type === 'integer' ? 'a whole number' : schema.type === 'number' ? 'a number' : 'a text';
  if (kind === 'a text' && schema.pattern !== undefined) return `a text that matches ${schema.pattern}`;
  const least = schema.minimum === undefined ? '' : ` of at least ${schema.minimum}`;
  return `${kind}${least}${schema.maximum === undefined ? '' : `${least ? ' and' : ' of'} at most ${schema.maximum}`}`;
}
