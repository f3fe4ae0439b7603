import { isChoice } from '../model/choice.ts';
import type { Position } from '../model/errors.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import type { ConfigNode } from '../model/template.ts';
import { constantText, shownTemplate } from '../template/secret-parts.ts';
import { configHoldsSecret } from '../template/told-config.ts';
import { readChoice } from './choices.ts';
import { type Compilation } from './compilation.ts';
import { compileCondition } from './condition.ts';
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
  const constant = constantText(text);
  if (constant === null) return { text, as: 'string', path };
  return typeof text === 'string' ? { constant } : { constant, shown: shownTemplate(text) };
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
    ? {
        constant: nodes.map((node) => node.constant),
        ...(nodes.some(configHoldsSecret) && { shown: nodes.map(shownConstant) }),
      }
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
    const node = schema.choices ? compileValue(written, compilation) : compileConfig(written, compilation);
    entries.push([key, node]);
  }
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (property.default === undefined || Object.hasOwn(value, key)) continue;
    const written = { value: property.default, schema: property, path: key, at };
    entries.push([key, compileConfig(written, compilation)]);
  }
  const constants = entries.flatMap(([key, node]) => ('constant' in node ? [[key, node] as const] : []));
  if (constants.length < entries.length) return { object: entries };
  const all = (part: (node: ConstantNode) => unknown) =>
    Object.fromEntries(constants.map(([key, node]) => [key, part(node)]));
  const constant = all((node) => node.constant);
  return constants.some(([, node]) => configHoldsSecret(node))
    ? { constant, shown: all(shownConstant) }
    : { constant };
}

type ConstantNode = Extract<ConfigNode, { readonly constant: unknown }>;

function shownConstant(node: ConstantNode): unknown {
  return 'shown' in node ? node.shown : node.constant;
}

/** A value that may be a choice of several. */
function compileValue(written: Written, compilation: Compilation): ConfigNode {
  const { value, at } = written;
  if (!isChoice(value)) return compileConfig(written, compilation);
  const { choice, among } = readChoice(value, { at, compilation });
  return { choice, among: among.map((one) => compileValue({ ...written, ...one }, compilation)) };
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

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
