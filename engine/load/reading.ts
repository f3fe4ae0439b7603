import { didYouMean } from '../model/did-you-mean.ts';
import type { Position } from '../model/errors.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import type { ElementSyntax, Language } from '../model/language.ts';
import { pointer, type Whereabouts } from './foreign/pointer.ts';
import type { Positions } from './positions.ts';
import type { Problems } from './problems.ts';
import { misfits, type Misfit } from './schema-check.ts';
import { misfitWords } from './schema-words.ts';
import { nameList, quote } from './shapes.ts';

/** A word that a step may start with: a kind, or an alias with the properties it sets. */
export interface StepWord {
  readonly syntax: ElementSyntax;
  readonly preset: Readonly<Record<string, unknown>> | undefined;
}

/** What every reader of a part of the plan needs: the language, the places, and where to put problems. */
export interface Reading {
  readonly language: Language;
  readonly stepWords: ReadonlyMap<string, StepWord>;
  readonly positions: Positions;
  readonly problems: Problems;
  /** By sampler kind, the keys that some `defaults:` sets; samplers may then leave them out. */
  readonly defaulted: Map<string, Set<string>>;
  /** Required keys that samplers leave out, to be reported unless a `defaults:` sets them. */
  readonly missing: MissingKey[];
}

export interface MissingKey {
  readonly kind: string;
  readonly key: string;
  readonly at: Position | undefined;
  readonly message: string;
}

/** Where a checked value stands and what it is called. */
export interface Place {
  /** Its name in messages: `http`, `thread group`. */
  readonly what: string;
  /** The mapping or list that holds it, and under which key; for values that have no position of their own. */
  readonly holder?: object;
  readonly key?: string | number;
  /** The property that a bare value stands for: messages then speak of `what`. */
  readonly bare?: string | undefined;
  /** Keys that belong beside this value, not into it. */
  readonly beside?: ReadonlySet<string>;
  /** What words of other tools may mean here; those that are general unless said. */
  readonly words?: Whereabouts;
  /** The sampler kind whose `defaults:` may set what is missing. */
  readonly defaultsOf?: string | undefined;
}

/** What checking a value needs of it. */
export type Checking = Pick<Reading, 'positions' | 'problems' | 'missing'>;

/** More in one value are not told: nobody reads them, and finding words for 100,000 takes seconds. */
const maxMisfits = 1000;

/** Adds a problem, with its position, for everything in a value that does not fit its schema. */
export function check(reading: Checking, schema: JsonSchema, value: unknown, place: Place): void {
  for (const misfit of misfits(schema, value).slice(0, maxMisfits)) {
    const at = positionOf(reading, value, misfit, place);
    const message = messageOf(reading, value, misfit, place);
    const { defaultsOf: kind } = place;
    if (kind === undefined || misfit.why !== 'missing key' || misfit.path.length > 0) {
      reading.problems.add(at, message);
    } else {
      const hint = `${message} Write it here, or in defaults:.`;
      reading.missing.push({ kind, key: misfit.key, at, message: hint });
    }
  }
}

/** The key, for what is wrong with a key; else the value. */
function positionOf(
  { positions }: Checking,
  value: unknown,
  misfit: Misfit,
  place: Place,
): Position | undefined {
  const node = follow(value, misfit.path);
  const isAboutKey = misfit.why === 'unknown key' || misfit.why === 'bad key';
  if (isAboutKey && isObject(node)) return positions.locateKey(node, misfit.key);
  const [holder, key] = holderOf(value, misfit.path, place);
  if (holder && key !== undefined) return positions.locate(holder, key);
  return isObject(node) ? positions.locate(node) : undefined;
}

function messageOf(reading: Checking, value: unknown, misfit: Misfit, place: Place): string {
  const name = pathText(place, misfit.path);
  switch (misfit.why) {
    case 'value': {
      const [holder, key] = holderOf(value, misfit.path, place);
      const source = holder && key !== undefined ? reading.positions.entry(holder, key)?.source : undefined;
      return `${name}: ${misfitWords(misfit.schema, misfit.found, source)}`;
    }
    case 'size':
      return `${name}: ${misfit.message}.`;
    case 'unknown key':
      return unknownKey(misfit, name, place);
    case 'bad key':
      return `${name}: ${misfitWords(misfit.schema, misfit.key)}`;
    case 'missing key':
      return `${name} needs "${misfit.key}".`;
  }
}

type UnknownKey = Extract<Misfit, { readonly why: 'unknown key' }>;

function unknownKey({ key, known, path }: UnknownKey, name: string, place: Place): string {
  const start = `unknown key ${quote(key)} in ${name}.`;
  if (place.beside?.has(key)) return `${start} It belongs beside "${place.what}", indented like it.`;
  const hint = pointer(key, whereabouts(path, place), known) || didYouMean(key.slice(0, 100), known);
  return start + (hint || ` Known: ${nameList(known)}.`);
}

/** Words of other tools stand among the keys of a plan, a group, a step or an environment, not within a value of ours. */
function whereabouts(path: readonly string[], { words = 'general' }: Place): Whereabouts {
  if (path[0] === 'environments' && path.length === 2) return 'environment';
  return path.length > 0 ? 'own' : words;
}

/** `headers.Accept`, `expect[1]`; the name of the place for the value itself, and before unnamed items. */
function pathText({ what, bare }: Place, path: readonly string[]): string {
  const [first = '', ...rest] = path[0] === bare ? [what, ...path.slice(1)] : path;
  if (first === '') return what;
  const head = /^\d+$/.test(first) ? `${what}[${first}]` : first;
  return rest.reduce((text, key) => (/^\d+$/.test(key) ? `${text}[${key}]` : `${text}.${key}`), head);
}

function holderOf(
  value: unknown,
  path: readonly string[],
  place: Place,
): readonly [object | undefined, string | number | undefined] {
  const parent = follow(value, path.slice(0, -1));
  const last = path.at(-1);
  return last === undefined || !isObject(parent) ? [place.holder, place.key] : [parent, last];
}

function follow(value: unknown, path: readonly string[]): unknown {
  let node = value;
  for (const key of path) node = isObject(node) ? Reflect.get(node, key) : undefined;
  return node;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
