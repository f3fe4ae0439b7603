import { didYouMean } from '../model/did-you-mean.ts';
import type { ElementSyntax } from '../model/language.ts';
import type { PlanBranch, PlanStep } from '../model/plan.ts';
import { sameLetters } from './foreign/named.ts';
import { pointer } from './foreign/pointer.ts';
import { pick, placedAtKey, toLongForm } from './long-form.ts';
import { readScope } from './read-scope.ts';
import { check, type Reading, type StepWord } from './reading.ts';
import { describeFound, isList, isMapping, listOrEmpty, nameList, quote, type Mapping } from './shapes.ts';
import { branchSchema } from './branch-schema.ts';
import { guard, readBeside, stepsOf } from './read-beside.ts';
import { stepKeys, stepSchema } from './step-keys.ts';

const besideKind: ReadonlySet<string> = new Set(Object.keys(stepKeys));

/**
 * The steps of a list, in long form; without those that are not `enabled`.
 *
 * In place of a step that is wrong stand the steps inside it, so that those can still be looked at.
 */
export function readSteps(reading: Reading, steps: unknown): PlanStep[] {
  if (!isList(steps)) return [];
  return steps.flatMap((raw, index) => {
    if (!isMapping(raw)) return refuse(reading, steps, index);
    const read = readStep(reading, raw);
    return raw['enabled'] === false ? [] : read;
  });
}

function refuse({ positions, problems }: Reading, steps: readonly unknown[], index: number): [] {
  const text = steps[index];
  const found = describeFound(text, positions.entry(steps, index)?.source);
  const remedy = typeof text === 'string' ? pointer(text, 'own') : '';
  problems.add(
    positions.locate(steps, index),
    `expected a step, such as "get: /path", found ${found}.${remedy}`,
  );
  return [];
}

function readStep(reading: Reading, written: Mapping): PlanStep[] {
  const { problems, positions } = reading;
  const { own, raw } = parted(reading, written);
  const scope = readScope(reading, raw);
  const earlier = problems.count;
  check(reading, stepSchema, raw, { what: 'step' });
  const word = findWord(reading, raw);
  const config = word ? readConfig(reading, raw, { ...word, own }) : {};
  const isSound = problems.count === earlier;
  const steps = readSteps(reading, raw['steps']);
  const branches = word?.syntax.children === 'branches' ? readBranches(reading, raw, word) : [];
  const at = positions.locate(raw);
  const beside = readBeside(reading, raw, { word, readSteps });
  if (!isSound || !word || !at)
    return [steps, ...branches.map((one) => one.steps), ...stepsOf(beside)].flat();
  const { name } = raw;
  const exported = listOrEmpty(raw['export']).map(String);
  const label = typeof name === 'string' ? name : undefined;
  const step = { kind: word.syntax.kind, name: label, config, at, scope, steps, branches, export: exported };
  return [{ ...step, ...beside, ...frequency(raw) }];
}

/** How often the step runs, as written; its form has been checked. */
function frequency({ chance, every }: Mapping): Pick<PlanStep, 'chance' | 'every'> {
  return {
    ...(typeof chance === 'string' || typeof chance === 'number' ? { chance } : {}),
    ...(typeof every === 'string' || typeof every === 'number' ? { every } : {}),
  };
}

/** A step, and apart from it the options of a flat kind: `data` is an option of `script`, not what it is elsewhere. */
function parted(reading: Reading, written: Mapping): { readonly own: Mapping; readonly raw: Mapping } {
  const keys = Object.keys(written);
  const word = keys.find((key) => !besideKind.has(key) && reading.stepWords.has(key));
  const syntax = word === undefined ? undefined : reading.stepWords.get(word)?.syntax;
  if (!syntax?.flat) return { own: {}, raw: written };
  const options = new Set(Object.keys(syntax.schema.properties ?? {}));
  return {
    own: pick(reading, written, [...options]),
    raw: pick(
      reading,
      written,
      keys.filter((key) => key === word || !options.has(key)),
    ),
  };
}

type Word = StepWord & { readonly word: string };

/** The one key that is a kind or an alias. */
function findWord(reading: Reading, raw: Mapping): Word | null {
  const { stepWords, positions, problems } = reading;
  const others = Object.keys(raw).filter((key) => !besideKind.has(key));
  const [first, second] = others.filter((key) => stepWords.has(key));
  const unknown = others.filter((key) => !stepWords.has(key));
  for (const key of unknown) problems.add(positions.locateKey(raw, key), unknownWord(reading, key, first));
  if (first !== undefined && second !== undefined) {
    const message = `a step is one thing, found "${first}" and "${second}". Write them as two steps.`;
    problems.add(positions.locateKey(raw, second), message);
  }
  if (others.length === 0) {
    const message = `a step needs a kind: one of ${nameList(stepWords.keys())}.`;
    problems.add(positions.locate(raw), message);
  }
  const found = first === undefined ? undefined : stepWords.get(first);
  return found && first !== undefined ? { ...found, word: first } : null;
}

function unknownWord({ stepWords }: Reading, key: string, kind: string | undefined): string {
  if (kind !== undefined) return unknownBeside(key, kind, stepWords.get(kind)?.syntax);
  const known = [...stepWords.keys(), ...besideKind];
  const near = pointer(key, 'general', known) || didYouMean(key.slice(0, 100), known);
  return `unknown step ${quote(key)}.${near || ` Known: ${nameList(stepWords.keys())}.`}`;
}

function unknownBeside(key: string, kind: string, syntax: ElementSyntax | undefined): string {
  const start = `unknown key ${quote(key)} beside "${kind}".`;
  const options = Object.keys(syntax?.schema.properties ?? {});
  const own = syntax?.flat ? [] : options;
  const ours = sameLetters(key, own);
  if (ours !== undefined) return `${start} It belongs into "${kind}"${ours === key ? '' : `, as "${ours}"`}.`;
  const known = own.length === 0 ? [...options, ...besideKind] : [...besideKind];
  const near = pointer(key, syntax?.kind === 'http' ? 'http' : 'general', known);
  return start + (near || didYouMean(key.slice(0, 100), known) || ` Known: ${nameList(known)}.`);
}

function checkSteps({ problems, positions }: Reading, raw: Mapping, { word, syntax }: Word): void {
  const present = Object.hasOwn(raw, 'steps');
  if (syntax.children === 'steps' && !present) {
    problems.add(positions.locateKey(raw, word), `"${word}" needs "steps" beside it: what it controls.`);
  }
  if (syntax.children !== 'steps' && present) {
    const remedy =
      syntax.children === 'branches' ? 'Each of its branches does.' : 'Make them steps after it.';
    problems.add(positions.locateKey(raw, 'steps'), `"${word}" has no steps. ${remedy}`);
  }
}

function readConfig(reading: Reading, raw: Mapping, found: Word & { readonly own: Mapping }): object {
  const { word, syntax, preset, own } = found;
  checkSteps(reading, raw, found);
  if (syntax.flat) {
    check(reading, syntax.schema, own, { what: word, words: 'own' });
    return own;
  }
  if (syntax.children === 'branches') return placedAtKey(reading, { holder: raw, word, syntax }, {});
  const long = toLongForm(reading, { holder: raw, word, syntax, preset });
  if (!long) return {};
  const { config, bare } = long;
  const defaultsOf = reading.language.samplers.includes(syntax) ? syntax.kind : undefined;
  const words = syntax.kind === 'http' ? 'http' : 'general';
  check(reading, syntax.schema, config, { what: word, bare, beside: besideKind, defaultsOf, words });
  return config;
}

function readBranches(reading: Reading, raw: Mapping, found: Word): PlanBranch[] {
  const { word } = found;
  const list = raw[word];
  if (isList(list) && list.length > 0)
    return list.flatMap((_, index) => readBranch(reading, list, index, found));
  const message = `${word}: expected a list of branches, each with steps:, found ${describeFound(list)}.`;
  reading.problems.add(reading.positions.locate(raw, word), message);
  return [];
}

function readBranch(
  reading: Reading,
  list: readonly unknown[],
  index: number,
  { word, syntax }: Word,
): PlanBranch[] {
  const branch = list[index];
  const earlier = reading.problems.count;
  check(reading, branchSchema(syntax), branch, { what: `branch of ${word}`, holder: list, key: index });
  const own = reading.problems.count === earlier ? Object.keys(syntax.schema.properties ?? {}) : [];
  const at = reading.positions.locate(list, index);
  if (!isMapping(branch) || !at) return [];
  const scope = readScope(reading, branch);
  const steps = readSteps(reading, branch['steps']);
  return [{ config: pick(reading, branch, own), at, scope, steps, ...guard(branch) }];
}
