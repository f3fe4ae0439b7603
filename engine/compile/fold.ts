import type { Host } from '../model/ports.ts';
import type { Encoding, Template, TemplatePart } from '../model/template.ts';
import { templateFunctions } from '../template/functions/index.ts';
import { renderer } from '../template/render.ts';
import type { RenderScope } from '../template/scope.ts';
import type { LiveProperties } from './live-properties.ts';
import { isMadeOf, type SecretNames } from './secret-names.ts';

/** What is known before the run. */
export interface Known {
  readonly constants: ReadonlyMap<string, string>;
  readonly properties: Readonly<Record<string, string>>;
  /** Properties that change during the run. */
  readonly live: LiveProperties;
  /** What holds a secret. */
  readonly secretNames: SecretNames;
  /** What functions made of secrets, noted here. */
  readonly madeOfSecrets: Set<string>;
}

/**
 * Replaces what is known before the run by its text: variables that nothing sets later, and functions such as
 * `__P` whose arguments are known. What remains is what a user must render for each sample. What is made of a secret
 * stays a part of its own, or says so.
 */
export function foldConstants(parts: readonly TemplatePart[], known: Known): Template {
  return foldParts(parts, constantScope(known.constants, known.properties), known);
}

function foldParts(parts: readonly TemplatePart[], scope: RenderScope, known: Known): Template {
  const folded: TemplatePart[] = [];
  for (const part of parts) {
    const piece = noted(part, foldPart(part, scope, known), known);
    const last = folded.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') folded[folded.length - 1] = last + piece;
    else if (piece !== '') folded.push(piece);
  }
  const [first = '', second] = folded;
  return second === undefined && typeof first === 'string' ? first : folded;
}

/** A part, folded, with a note that it is made of a secret where it is. */
function noted(part: TemplatePart, folded: TemplatePart, known: Known): TemplatePart {
  const { secretNames, madeOfSecrets } = known;
  if (!isMadeOf(part, secretNames) || folded === '') return folded;
  if (typeof folded === 'string') {
    if (typeof part === 'object' && 'function' in part) madeOfSecrets.add(folded);
    return { secret: folded };
  }
  return 'variable' in folded || 'function' in folded ? { ...folded, masked: true } : folded;
}

function foldPart(part: TemplatePart, scope: RenderScope, known: Known): TemplatePart {
  if (typeof part === 'string' || 'secret' in part) return part;
  const fold = (text: Template) => (typeof text === 'string' ? text : foldParts(text, scope, known));
  if ('choice' in part) return { ...part, among: part.among.map(fold) };
  if ('joined' in part) return { ...part, joined: part.joined.map(fold) };
  if (part.encode !== undefined && !foldable.has(part.encode)) return part;
  if ('variable' in part) return scope.get(part.variable) === undefined ? part : renderer([part])(scope);
  const isLogged = templateFunctions.get(part.function)?.logs === true;
  const args = part.args.map((argument): Template => {
    if (typeof argument === 'string' || isLogged) return fold(argument);
    const folded = argument.map((inner) => foldPart(inner, scope, known));
    return folded.every((inner) => typeof inner === 'string') ? folded.join('') : folded;
  });
  return isConstant(part.function, args, known) ? renderer([part])(scope) : { ...part, args };
}

function isConstant(name: string, args: readonly Template[], { live }: Known): boolean {
  const { constant = false, readsProperty } = templateFunctions.get(name) ?? {};
  if (!constant || args.some((argument) => typeof argument !== 'string')) return false;
  const property = readsProperty === undefined ? undefined : args[readsProperty];
  return typeof property !== 'string' || !live.has(property.trim());
}

/** Encodings whose result cannot fail to fit; the others are checked when they are rendered. */
const foldable: ReadonlySet<Encoding> = new Set(['json', 'url']);

/** Before the run there is no machine to ask. */
const noHost: Host = {
  readFile: unavailable,
  readBytes: unavailable,
  open: unavailable,
  writeFile: unavailable,
  environment: () => undefined,
  machineName: '',
  machineIp: '',
  digest: unavailable,
  log: () => undefined,
  bounded: (_what, _characters, act) => act(),
};

/** What a function says that needs a machine, or a pool, before there is one. */
export const notBeforeRun = 'this function cannot be used before the run';

function unavailable(): never {
  throw new RangeError(notBeforeRun);
}

/** A scope in which nothing moves: for what is known before the run. */
export function constantScope(
  constants: ReadonlyMap<string, string>,
  properties: Readonly<Record<string, string>>,
): RenderScope {
  return {
    get: (variable) => constants.get(variable),
    set: () => undefined,
    unset: () => undefined,
    properties,
    setProperty: () => undefined,
    threadName: '',
    threadNumber: 0,
    nowEpochMs: () => 0,
    random: () => 0,
    nextOwn: () => 0,
    counters: { next: () => 0, nextNamed: () => 0 },
    host: noHost,
    planName: '',
    threadGroupName: '',
    samplerName: '',
    pool: unavailable,
    state: (_, make) => make(),
  };
}
