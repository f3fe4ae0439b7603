import type {
  CompiledElement,
  CompiledGroup,
  CompiledPart,
  CompiledStep,
} from '../../engine/model/compiled-plan.ts';
import { parseUnit, type JsonSchema } from '../../engine/model/json-schema.ts';
import type { ElementSyntax } from '../../engine/model/language.ts';
import type { ConfigNode } from '../../engine/model/template.ts';
import { language } from '../../engine/api/language.ts';

/** A group whose configurations have what the author wrote, without the defaults that were filled in behind it. */
export function ownGroup(group: CompiledGroup): CompiledGroup {
  return {
    ...group,
    data: group.data.map(ownData),
    steps: group.steps.map(ownStep),
    ...(group.setUp ? { setUp: ownPart(group.setUp) } : {}),
    ...(group.tearDown ? { tearDown: ownPart(group.tearDown) } : {}),
  };
}

function ownPart(part: CompiledPart): CompiledPart {
  return { ...part, steps: part.steps.map(ownStep) };
}

const schemasOf = (syntaxes: readonly ElementSyntax[]): ReadonlyMap<string, JsonSchema> =>
  new Map(syntaxes.map(({ kind, schema }) => [kind, schema]));

const samplers = schemasOf(language.samplers);
const controllers = schemasOf(language.controllers);
const ownData = ownElement(language.data);
const ownProcessor = ownElement(language.processors);
const ownTimer = ownElement(language.timers);
const ownExtractor = ownElement(language.extractors);
const ownAssertion = ownElement(language.assertions);

function ownElement(syntaxes: readonly ElementSyntax[]): (element: CompiledElement) => CompiledElement {
  const schemas = schemasOf(syntaxes);
  return (element) => ({ ...element, config: ownConfig(element.config, schemas.get(element.kind)) });
}

function ownStep(step: CompiledStep): CompiledStep {
  if (step.type === 'sampler') {
    return {
      ...step,
      config: ownConfig(step.config, samplers.get(step.sampler)),
      before: step.before.map(ownProcessor),
      timers: step.timers.map(ownTimer),
      extractors: step.extractors.map(ownExtractor),
      after: step.after.map(ownProcessor),
      assertions: step.assertions.map(ownAssertion),
      checks: step.checks.map((check) => ({ ...check, assertion: ownAssertion(check.assertion) })),
    };
  }
  const schema = controllers.get(step.controller);
  return {
    ...step,
    config: ownConfig(step.config, schema),
    data: step.data.map(ownData),
    steps: step.steps.map(ownStep),
    branches: step.branches.map((branch) => ({
      ...branch,
      steps: branch.steps.map(ownStep),
    })),
  };
}

/** Defaults stand behind what was written, in the order of the schema; so one that was written out is kept. */
export function ownConfig(node: ConfigNode, schema: JsonSchema | undefined): ConfigNode {
  if (!schema) return node;
  if ('constant' in node) {
    const shown = 'shown' in node ? { shown: ownValue(node.shown, schema) } : {};
    return { constant: ownValue(node.constant, schema), ...shown };
  }
  if (!('object' in node)) return node;
  const entries = node.object.map(
    ([key, inner]) => [key, 'constant' in inner ? inner.constant : undefined] as const,
  );
  return {
    object: node.object
      .slice(0, writtenOf(entries, schema))
      .map(([key, inner]) => [key, ownConfig(inner, propertyOf(schema, key))]),
  };
}

function ownValue(value: unknown, schema: JsonSchema): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const own = entries.slice(0, writtenOf(entries, schema));
  return Object.fromEntries(
    own.map(([key, inner]) => {
      const property = propertyOf(schema, key);
      return [key, property ? ownValue(inner, property) : inner];
    }),
  );
}

/** How many of the entries, from the first, are not defaults. */
function writtenOf(
  entries: readonly (readonly [string, unknown])[],
  { properties = {} }: JsonSchema,
): number {
  const order = Object.keys(properties);
  let [count, before] = [entries.length, order.length];
  for (const [key, value] of entries.toReversed()) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const index = order.indexOf(key);
    if (property?.default === undefined || index >= before) break;
    if (JSON.stringify(value) !== JSON.stringify(defaultOf(property))) break;
    [count, before] = [count - 1, index];
  }
  return count;
}

function defaultOf({ default: value, unit }: JsonSchema): unknown {
  return unit && typeof value === 'string' ? parseUnit(value, unit) : value;
}

function propertyOf(schema: JsonSchema, key: string): JsonSchema | undefined {
  const own = schema.properties?.[key];
  return own?.properties ? own : (own?.anyOf?.find((one) => one.properties) ?? own);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
