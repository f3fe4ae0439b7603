import type { Position } from '../model/errors.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import type { ConfigNode, Limits, RenderedType, Template } from '../model/template.ts';
import { isWithin, limitsText } from '../template/limits.ts';
import { converter, RenderedTypeError } from '../template/rendered-type.ts';
import { orEmpty } from './choices.ts';
import { type Compilation } from './compilation.ts';
import { masked } from '../model/masked.ts';
import { plainTemplate, shownTemplate } from '../template/secret-parts.ts';

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
  const maskable = compilation.maskable(text, at, addressPath.test(path));
  const template = plainTemplate(maskable);
  const shown = shownTemplate(maskable);
  const as = renderedType(schema);
  if (typeof template !== 'string') return renderedLater(maskable, schema, path);
  const wasTemplate = text.includes('${');
  const isSecret = shown !== template;
  if (as === 'string') {
    if (wasTemplate) noteMistakes(template, place, isSecret);
    return isSecret ? { constant: template, shown } : { constant: template };
  }
  const value = converted(template, { as, path, isSecret });
  if (value instanceof RenderedTypeError) {
    if (wasTemplate || schema.unit) compilation.problem(value.message, at);
  } else if (wasTemplate) noteMistakes(value, place, isSecret);
  const constant = value instanceof RenderedTypeError ? template : value;
  return isSecret ? { constant, shown: masked } : { constant };
}

/** Where addresses stand in the configurations of samplers. */
const addressPath = /(?:^|\.)(?:url|baseUrl|path)$/;

/** What is only known for each sample. */
function renderedLater(template: Template, schema: JsonSchema, path: string): ConfigNode {
  const as = renderedType(schema);
  const { pattern } = schema;
  return {
    text: schema.unset === 'empty' ? orEmpty(template) : template,
    as,
    path,
    ...(as === 'string' && pattern !== undefined ? { pattern } : {}),
    ...limitsOf(schema),
  };
}

/** A text as the type that stands in its place, or the mistake. */
function converted(
  text: string,
  { as, path, isSecret }: { readonly as: RenderedType; readonly path: string; readonly isSecret: boolean },
): unknown {
  try {
    return converter({ as, path })?.(text, isSecret ? masked : text) ?? text;
  } catch (error) {
    if (error instanceof RenderedTypeError) return error;
    throw error;
  }
}

/** What is looked at again once the text is rendered: the limits of a number, or the words that may stand there. */
function limitsOf({ unit, anyOf, ...alone }: JsonSchema): { readonly limits?: readonly Limits[] } {
  const alternatives = anyOf ?? [alone];
  const isFree = unit !== undefined || alternatives.some(({ type }) => [type].flat().includes('string'));
  if (isFree || !alternatives.some(isLimited)) return {};
  return { limits: alternatives.flatMap((one) => (isLimited(one) || isNumeric(one) ? [limits(one)] : [])) };
}

function isLimited({ minimum, maximum, const: word, enum: words }: JsonSchema): boolean {
  return [minimum, maximum, word, words].some((limit) => limit !== undefined);
}

function isNumeric({ type }: JsonSchema): boolean {
  return type === 'integer' || type === 'number';
}

/** What is plain data of it, and looked at. */
function limits({ type, minimum, maximum, const: word, enum: words }: JsonSchema): Limits {
  return {
    ...((type === 'integer' || type === 'number') && { type }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(word !== undefined && { const: word }),
    ...(words && { enum: words }),
  };
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
  isSecret: boolean,
): void {
  const alternatives = schema.anyOf ?? [schema];
  if (isWithin(value, alternatives)) return;
  compilation.problem(
    `${path} must be ${limitsText(alternatives)}, its template gives ${isSecret ? masked : JSON.stringify(value)}`,
    at,
  );
}
