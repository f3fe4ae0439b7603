import { didYouMean } from '../model/did-you-mean.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import type { ElementSyntax } from '../model/language.ts';
import type { PlanElement, Scope } from '../model/plan.ts';
import { sameLetters } from './foreign/named.ts';
import { pointer, type Whereabouts } from './foreign/pointer.ts';
import { scalarText } from './read-settings.ts';
import { readChecks } from './read-checks.ts';
import { readFlatElement } from './read-flat-element.ts';
import { check, type Reading } from './reading.ts';
import { isList, isMapping, listOrEmpty, mappingOrEmpty, nameList, quote, type Mapping } from './shapes.ts';

export const emptyScope: Scope = {
  defaults: {},
  tags: {},
  expect: null,
  before: [],
  timers: [],
  extract: [],
  after: [],
  assert: [],
  check: [],
  data: [],
};

/** What a plan, group, controller, branch or step says for the samplers beneath it. Its keys' types are checked before. */
export function readScope(reading: Reading, owner: Mapping): Scope {
  return {
    defaults: readDefaults(reading, mappingOrEmpty(owner['defaults'])),
    tags: readTags(reading, owner['tags']),
    expect: readExpect(owner['expect']),
    before: readElements(reading, listOrEmpty(owner['before']), reading.language.processors, 'own'),
    timers: readElements(reading, listOrEmpty(owner['timers']), reading.language.timers, 'timer'),
    extract: readExtract(reading, mappingOrEmpty(owner['extract'])),
    after: readElements(reading, listOrEmpty(owner['after']), reading.language.processors, 'own'),
    assert: readElements(reading, listOrEmpty(owner['assert']), reading.language.assertions, 'assertion'),
    check: readChecks(reading, listOrEmpty(owner['check'])),
    data: readElements(reading, listOrEmpty(owner['data']), reading.language.data, 'data'),
  };
}

function readDefaults(reading: Reading, defaults: Mapping): Record<string, object> {
  const read: Record<string, object> = {};
  for (const [kind, config] of Object.entries(defaults)) {
    const syntax = reading.language.samplers.find((each) => each.kind === kind);
    if (!syntax)
      reading.problems.add(reading.positions.locateKey(defaults, kind), unknownKind(reading, kind));
    else {
      const earlier = reading.problems.count;
      const words = kind === 'http' ? 'http' : 'general';
      check(reading, partial(syntax), config, { what: kind, holder: defaults, key: kind, words });
      if (isMapping(config)) noteKeys(reading, kind, config);
      if (isMapping(config) && reading.problems.count === earlier) read[kind] = config;
    }
  }
  return read;
}

function unknownKind(reading: Reading, kind: string): string {
  const start = `defaults: go by the kind of a sampler, and ${quote(kind)} is none.`;
  const word = reading.stepWords.get(kind);
  if (word?.preset) return `${start} Write "${word.syntax.kind}".`;
  const kinds = reading.language.samplers.map((each) => each.kind);
  const options = reading.language.samplers.find((each) => each.kind === 'http')?.schema.properties ?? {};
  const option = sameLetters(kind, Object.keys(options));
  if (option !== undefined) return `${start} Write "defaults: { http: { ${option}: … } }".`;
  const near = pointer(kind, 'http', kinds);
  return start + (near || didYouMean(kind.slice(0, 100), kinds) || ` Known: ${nameList(kinds)}.`);
}

function noteKeys({ defaulted }: Reading, kind: string, config: Mapping): void {
  const keys = defaulted.get(kind) ?? new Set<string>();
  for (const key of Object.keys(config)) keys.add(key);
  defaulted.set(kind, keys);
}

/** The schema of a sampler in which nothing is required. */
function partial(syntax: ElementSyntax): JsonSchema {
  let schema = partials.get(syntax);
  if (!schema) partials.set(syntax, (schema = { ...syntax.schema, type: 'object', required: [] }));
  return schema;
}

const partials = new WeakMap<ElementSyntax, JsonSchema>();

function readTags({ positions, problems }: Reading, written: unknown): Record<string, string> {
  if (isList(written)) {
    for (const [index, name] of written.entries()) {
      const [key, value] = String(name).split('=', 2);
      if (value === undefined) continue;
      const message = `tags: in a list each is true, found "${String(name)}". Write tags: { ${key}: ${value} }.`;
      problems.add(positions.locate(written, index), message);
    }
    return Object.fromEntries(written.map((name) => [String(name), 'true']));
  }
  const tags = mappingOrEmpty(written);
  const texts: Record<string, string> = {};
  for (const key of Object.keys(tags)) texts[key] = scalarText(tags, key, positions) ?? '';
  return texts;
}

function readExpect(expect: unknown): string[] | null {
  if (expect === undefined) return null;
  return (isList(expect) ? expect : [expect]).map(String);
}

function readExtract(reading: Reading, extract: Mapping): PlanElement[] {
  const { language, positions } = reading;
  return Object.entries(extract).flatMap(([variable, value]) => {
    const entry = { holder: extract, key: variable, value, words: 'extractor' } as const;
    const element = readFlatElement(reading, language.extractors, entry);
    const at = positions.locateKey(extract, variable);
    return element && at ? [{ ...element, variable, at }] : [];
  });
}

function readElements(
  reading: Reading,
  list: readonly unknown[],
  syntaxes: readonly ElementSyntax[],
  words: Whereabouts,
): PlanElement[] {
  return list.flatMap((value, index) => {
    const element = readFlatElement(reading, syntaxes, { holder: list, key: index, value, words });
    const at = reading.positions.locate(list, index);
    return element && at ? [{ ...element, at }] : [];
  });
}
