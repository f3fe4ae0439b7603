import { ConditionError, parseCondition } from '../elements/parse-condition.ts';
import type { Position } from '../model/errors.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import type { Condition, ConfigNode } from '../model/template.ts';
import { TemplateError } from '../template/parse.ts';
import { type Compilation } from './compilation.ts';
import { pairsText, serialisedText } from './rendered-text.ts';
import { typedText } from './typed-text.ts';

/** What the author wrote under a schema, and where. */
export interface Written {
  readonly value: unknown;
  readonly schema: JsonSchema;
  /** Inside the configuration: `headers.X-Id`. */
  readonly path: string;
  readonly at: Position | undefined;
}

/**
 * Turns what the author wrote into a configuration with holes: defaults filled in, units converted, templates
 * parsed and constants put in. Mistakes are noted in the compilation.
 */
export function compileConfig(written: Written, compilation: Compilation): ConfigNode {
  const { value, schema, path, at } = written;
  if (schema.render === 'condition') return { condition: compileCondition(value, at, compilation) };
  if (schema.literal) return { constant: value };
  if (schema.render === 'json') return textNode(serialisedText(value, { at, compilation }), path);
  if (schema.render) return textNode(pairsText(value, { at, compilation }), path);
  if (typeof value === 'string') return typedText(value, { schema, path, at, compilation });
  if (Array.isArray(value)) return compileList(value, written, compilation);
  if (isObject(value)) return compileObject(value, written, compilation);
  return { constant: value };
}

function textNode(text: ReturnType<typeof serialisedText>, path: string): ConfigNode {
  return typeof text === 'string' ? { constant: text } : { text, as: 'string', path };
}

function compileList(
  items: readonly unknown[],
  { schema, path, at }: Written,
  compilation: Compilation,
): ConfigNode {
  const itemSchema = schema.items ?? schema.anyOf?.find((one) => one.items)?.items ?? {};
  const nodes = items.map((value, index) =>
    compileConfig(
      { value, schema: itemSchema, path: `${path}[${index}]`, at: compilation.locate(items, index) ?? at },
      compilation,
    ),
  );
  return nodes.every((node) => 'constant' in node)
    ? { constant: nodes.map((node) => node.constant) }
    : { list: nodes };
}

function compileObject(
  value: Readonly<Record<string, unknown>>,
  { schema, path, at }: Written,
  compilation: Compilation,
): ConfigNode {
  const entries: [string, ConfigNode][] = [];
  for (const [key, inner] of Object.entries(value)) {
    const place = compilation.locate(value, key) ?? at;
    const written = {
      value: inner,
      schema: propertySchema(schema, key),
      path: path ? `${path}.${key}` : key,
      at: place,
    };
    entries.push([key, compileConfig(written, compilation)]);
  }
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (property.default === undefined || Object.hasOwn(value, key)) continue;
    const written = { value: property.default, schema: property, path: key, at };
    entries.push([key, compileConfig(written, compilation)]);
  }
  const constants = entries.map(([key, node]) =>
    'constant' in node ? ([key, node.constant] as const) : null,
  );
  return constants.every((entry) => entry !== null)
    ? { constant: Object.fromEntries(constants) }
    : { object: entries };
}

function propertySchema(schema: JsonSchema, key: string): JsonSchema {
  const own = schema.properties?.[key];
  if (own) return own;
  if (typeof schema.additionalProperties === 'object') return schema.additionalProperties;
  const alternative = schema.anyOf?.find(
    (one) => one.properties?.[key] ?? typeof one.additionalProperties === 'object',
  );
  return alternative ? propertySchema(alternative, key) : {};
}

function compileCondition(value: unknown, at: Position | undefined, compilation: Compilation): Condition {
  if (typeof value !== 'string') return { literal: value === true };
  try {
    return checkedCondition(parseCondition(value, compilation.nextSlot), at, compilation);
  } catch (error) {
    if (!(error instanceof ConditionError) && !(error instanceof TemplateError)) throw error;
    compilation.problem(error.message, at);
    return { literal: false };
  }
}

function checkedCondition(
  condition: Condition,
  at: Position | undefined,
  compilation: Compilation,
): Condition {
  if ('template' in condition) return { template: compilation.checked(condition.template, at) };
  if ('literal' in condition) return condition;
  return {
    ...condition,
    operands: condition.operands.map((operand) => checkedCondition(operand, at, compilation)),
  };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
