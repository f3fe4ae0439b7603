import type { JsonSchema } from '../model/json-schema.ts';
import type { ElementSyntax, Language } from '../model/language.ts';
import { branchSchema } from './branch-schema.ts';
import { elementExamples, elementSchema, flatSchemas, kindsSchema } from './element-schema.ts';
import { flowSchema, fragmentSchema, planKeysSchema } from './plan-keys.ts';
import { groupSchema, partSchema } from './group-keys.ts';
import { checkSyntaxes } from './read-checks.ts';
import { environmentSchema } from './settings-keys.ts';
import { usualListeners } from './read-listeners.ts';
import { environmentThresholdSchema, thresholdSchema } from './threshold-schema.ts';
import type { StepWord } from './reading.ts';
import { standardSchema, type StandardSchema } from './standard-schema.ts';
import { stepKeys, stepList } from './step-keys.ts';
import { stepWords } from './step-words.ts';

/** The JSON Schema (draft-07) of plan files, for editors: names, descriptions, defaults and examples of all keys. */
export function planSchema(language: Language): StandardSchema {
  return document('Loadplan plan', planKeysSchema, language);
}

/** The JSON Schema of the files that plans include. */
export function planFragmentSchema(language: Language): StandardSchema {
  return document('Loadplan fragment', fragmentSchema, language);
}

function document(title: string, schema: JsonSchema, language: Language): StandardSchema {
  const extractor: JsonSchema = {
    description: 'A JSONPath, or how to find the value.',
    anyOf: [{ type: 'string', literal: true }, ...flatSchemas(language.extractors)],
  };
  const flat = (description: string, syntaxes: readonly ElementSyntax[]) =>
    standardSchema({ description, anyOf: flatSchemas(syntaxes) });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    ...standardSchema(link(schema, language)),
    definitions: {
      ...defaultsDefinitions(language),
      step: stepDefinition(language),
      group: standardSchema(linkGroup(language)),
      threshold: standardSchema(thresholdSchema),
      environmentThreshold: standardSchema(environmentThresholdSchema),
      listener: standardSchema(kindsSchema('listener', language.listeners, usualListeners)),
      monitor: standardSchema(kindsSchema('monitor', language.monitors)),
      extractor: standardSchema(extractor),
      assertion: flat('What must be true of an answer.', language.assertions),
      check: flat('What should be true of an answer.', checkSyntaxes(language.assertions)),
      timer: flat('How long to wait before a sampler.', language.timers),
      processor: flat('What is done before or after a sampler.', language.processors),
      data: flat('Where variables come from, pass by pass.', language.data),
    },
  };
}

const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });

/** The schema with what its keys hold, which depends on the language, referred to. */
function link(schema: JsonSchema, language: Language): JsonSchema {
  const steps = { items: ref('step') };
  const defaultsRefs = language.samplers.map(({ kind }) => [kind, ref(`${kind}-defaults`)] as const);
  const contents: Readonly<Record<string, JsonSchema>> = {
    steps,
    setUp: steps,
    tearDown: steps,
    flows: { additionalProperties: { anyOf: [{ ...stepList, ...steps }, flowWith(steps)] } },
    cleanUp: steps,
    on: { additionalProperties: { ...stepList, ...steps } },
    threadGroups: { items: ref('group') },
    thresholds: { items: ref('threshold') },
    environments: { additionalProperties: environmentWith({ items: ref('environmentThreshold') }) },
    price: priceOf(language),
    listeners: { items: ref('listener') },
    monitors: { items: ref('monitor') },
    extract: { additionalProperties: ref('extractor') },
    assert: { items: ref('assertion') },
    check: { items: ref('check') },
    timers: { items: ref('timer') },
    before: { items: ref('processor') },
    after: { items: ref('processor') },
    data: { items: ref('data') },
    defaults: { properties: Object.fromEntries(defaultsRefs), additionalProperties: false },
  };
  const entries = Object.entries(schema.properties ?? {});
  return {
    ...schema,
    properties: Object.fromEntries(entries.map(([key, each]) => [key, { ...each, ...contents[key] }])),
  };
}

/** Those of samplers that have one are the same. */
function priceOf({ samplers }: Language): JsonSchema {
  const { properties = {} } = samplers.flatMap(({ schema }) => schema.properties?.['price'] ?? [])[0] ?? {};
  return { properties, additionalProperties: false };
}

const environmentWith = (thresholds: JsonSchema): JsonSchema => ({
  ...environmentSchema,
  properties: {
    ...environmentSchema.properties,
    thresholds: { ...environmentSchema.properties?.['thresholds'], ...thresholds },
  },
});

const flowWith = (steps: JsonSchema): JsonSchema => ({
  ...flowSchema,
  properties: { ...flowSchema.properties, steps: { ...stepList, ...steps } },
});

/** A group's `setUp` and `tearDown` are a list of steps, or a mapping that holds one. */
function linkGroup(language: Language): JsonSchema {
  const linked = link(groupSchema, language);
  const forms = [{ ...stepList, items: ref('step') }, link(partSchema, language)];
  const { setUp, tearDown } = groupSchema.properties;
  const parts = { setUp: { ...setUp, anyOf: forms }, tearDown: { ...tearDown, anyOf: forms } };
  return { ...linked, properties: { ...linked.properties, ...parts } };
}

/** One definition a sampler, as every scope refers to it. */
function defaultsDefinitions({ samplers }: Language): Record<string, StandardSchema> {
  return Object.fromEntries(
    samplers.map(({ kind, schema }) => {
      const description = `What steps of kind ${kind} start from. ${schema.description ?? ''}`.trim();
      return [`${kind}-defaults`, standardSchema({ ...schema, required: [], description })];
    }),
  );
}

/** What editors say of a step that is of no kind, instead of the first kind that is missing. */
const noKind = 'A step needs one kind, such as get, post, loop or pause; none of its keys is one.';

/** A step has the keys of all steps and one kind; `oneOf` says that it is one, and which have steps. */
function stepDefinition(language: Language): StandardSchema {
  const words = [...stepWords(language)];
  const kinds = Object.fromEntries(words.map(([word, each]) => [word, valueOfWord(each, language)]));
  const keys = link({ properties: stepKeys }, language).properties ?? {};
  const options = flatOptions(language);
  const step: JsonSchema = {
    type: 'object',
    additionalProperties: false,
    description: 'A sampler or a controller: one kind, and what belongs to it.',
    properties: { ...kinds, ...keys, ...optionSchemas(options, keys) },
  };
  const oneOf = words.map(([word, { syntax }]) => ofOneKind(word, syntax.children === 'steps'));
  const own = [...options].filter(([key]) => !Object.hasOwn(keys, key));
  const dependencies = Object.fromEntries(
    own.map(([key, uses]) => [key, { anyOf: uses.map(({ kind }) => ({ required: [kind] })) }]),
  );
  return { ...standardSchema(step), oneOf, dependencies };
}

/** That a step has this key, and steps if it needs them; `properties` makes editors speak of the kind that is there. */
function ofOneKind(word: string, hasSteps: boolean): StandardSchema {
  const steps = hasSteps
    ? { required: ['steps'], errorMessage: `"${word}" needs "steps" beside it: what it controls.` }
    : { properties: { steps: false }, errorMessage: `"${word}" has no steps. Make them steps after it.` };
  return { required: [word], errorMessage: noKind, properties: { [word]: true }, allOf: [steps] };
}

/** The keys that stand beside flat kinds, and of which kinds. */
function flatOptions({ controllers }: Language): Map<string, FlatUse[]> {
  const options = new Map<string, FlatUse[]>();
  for (const { kind, schema, flat } of controllers) {
    for (const [key, option] of flat ? Object.entries(schema.properties ?? {}) : []) {
      if (key !== kind) options.set(key, [...(options.get(key) ?? []), { kind, option }]);
    }
  }
  return options;
}

interface FlatUse {
  readonly kind: string;
  readonly option: JsonSchema;
}

/** A key that several kinds have, or all steps, is what it is for one of them. */
function optionSchemas(
  options: ReadonlyMap<string, readonly FlatUse[]>,
  keys: Readonly<Record<string, JsonSchema>>,
): Record<string, JsonSchema> {
  return Object.fromEntries(
    [...options].map(([key, uses]) => {
      const known = keys[key];
      const forms = [...(known ? [known] : []), ...uses.map(({ option }) => option)];
      const [only, second] = forms;
      const description = [...new Set(forms.map((form) => form.description))].join(' Or: ');
      const examples = forms.flatMap((form) => form.examples ?? []);
      return [key, only && !second ? only : { description, examples, anyOf: forms }];
    }),
  );
}

function valueOfWord({ syntax, preset }: StepWord, language: Language): JsonSchema {
  const { schema, kind } = syntax;
  const about = schema.description ?? `A step of kind ${kind}.`;
  const description = preset ? `${kind} with ${presetText(preset)}. ${about}` : about;
  if (syntax.flat) return { ...schema.properties?.[kind], description };
  if (syntax.children !== 'branches') {
    const isPartial = language.samplers.includes(syntax);
    return elementSchema(syntax, description, { hidden: Object.keys(preset ?? {}), isPartial });
  }
  const items = link(branchSchema(syntax), language);
  return { type: 'array', minItems: 1, items, description, examples: elementExamples(syntax) };
}

function presetText(preset: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(preset);
  return entries.map(([key, value]) => `${key}: ${String(value)}`).join(', ');
}
