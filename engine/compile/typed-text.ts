import type { Position } from '../model/errors.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import type { ConfigNode, RenderedType } from '../model/template.ts';
import { configRenderer, RenderedTypeError } from '../template/render.ts';
import { orEmpty } from './choices.ts';
import { type Compilation } from './compilation.ts';
import { constantScope } from './fold.ts';

/**
 * Text where a value of some type stands: `30s`, `${users}`, `https://${host}/`.
 *
 * What is known before the run is converted and checked against the schema now; the rest when it is rendered.
 */
export function typedText(
  text: string,
  place: {
    readonly schema: JsonSchema;
    readonly path: string;
    readonly at: Position | undefined;
    readonly compilation: Compilation;
  },
): ConfigNode {
  const { schema, path, at, compilation } = place;
  const template = compilation.template(text, at);
  const as = renderedType(schema);
  if (typeof template !== 'string')
    return {
      text: schema.unset === 'empty' ? orEmpty(template) : template,
      as,
      path,
      ...(as === 'string' && schema.pattern !== undefined ? { pattern: schema.pattern } : {}),
    };
  const wasTemplate = text.includes('${');
  if (as === 'string') {
    if (wasTemplate) noteMistakes(template, place);
    return { constant: template };
  }
  try {
    const value = configRenderer({ text: template, as, path })(constantScope(new Map(), {}));
    if (wasTemplate) noteMistakes(value, place);
    return { constant: value };
  } catch (error) {
    if (!(error instanceof RenderedTypeError)) throw error;
    if (wasTemplate || schema.unit) compilation.problem(error.message, at);
    return { constant: template };
  }
}

function renderedType(schema: JsonSchema): RenderedType {
  if (schema.unit) return schema.unit;
  const types = [schema, ...(schema.anyOf ?? [])].flatMap((one) => [one.type ?? []].flat());
  if (types.includes('string') || schema.enum) return 'string';
  const words = (schema.anyOf ?? []).some((one) => one.const !== undefined || one.enum);
  if (words) return 'scalar';
  if (types.includes('integer')) return 'integer';
  if (types.includes('number')) return 'number';
  return types.includes('boolean') ? 'boolean' : 'string';
}

/** The limits of the schema hold for rendered values as for written ones. */
function noteMistakes(
  value: unknown,
  {
    schema,
    path,
    at,
    compilation,
  }: { schema: JsonSchema; path: string; at: Position | undefined; compilation: Compilation },
): void {
  const alternatives = schema.anyOf ?? [schema];
  if (alternatives.some((one) => fits(value, one))) return;
  const expected = alternatives.map(describe).join(' or ');
  compilation.problem(`${path} must be ${expected}, its template gives ${JSON.stringify(value)}`, at);
}

function fits(value: unknown, schema: JsonSchema): boolean {
  if (schema.const !== undefined) return value === schema.const;
  if (schema.enum) return schema.enum.includes(value);
  if (typeof value === 'number') return numberFits(value, schema);
  return typeof value !== 'string' || schema.type === undefined || textFits(value, schema);
}

function numberFits(value: number, { type, minimum = -Infinity, maximum = Infinity }: JsonSchema): boolean {
  return (type !== 'integer' || Number.isSafeInteger(value)) && value >= minimum && value <= maximum;
}

/** Where a number or a text may stand, what is rendered stays a text. */
function textFits(value: string, schema: JsonSchema): boolean {
  if ([schema.type].flat().includes('string')) return new RegExp(schema.pattern ?? '').test(value);
  const isNumeric = schema.type === 'integer' || schema.type === 'number';
  return (
    isNumeric && value.trim() !== '' && Number.isFinite(Number(value)) && numberFits(Number(value), schema)
  );
}

function describe(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  const kind =
    schema.type === 'integer' ? 'a whole number' : schema.type === 'number' ? 'a number' : 'a text';
  if (kind === 'a text' && schema.pattern !== undefined) return `a text that matches ${schema.pattern}`;
  const least = schema.minimum === undefined ? '' : ` of at least ${schema.minimum}`;
  return `${kind}${least}${schema.maximum === undefined ? '' : `${least ? ' and' : ' of'} at most ${schema.maximum}`}`;
}
