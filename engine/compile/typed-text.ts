import type { Position } from '../model/errors.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import type { ConfigNode, Limits, RenderedType } from '../model/template.ts';
import { isWithin, limitsText } from '../template/limits.ts';
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
      ...limitsOf(schema),
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
): void {
  const alternatives = schema.anyOf ?? [schema];
  if (isWithin(value, alternatives)) return;
  compilation.problem(
    `${path} must be ${limitsText(alternatives)}, its template gives ${JSON.stringify(value)}`,
    at,
  );
}
