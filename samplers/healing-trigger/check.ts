import { jsonPathMistake } from '../../engine/elements/queries/json-path.ts';
import { valueMistake } from '../../engine/elements/assertions/value-options.ts';
import type { KnownMistake, Sampler } from '../../engine/model/sampler.ts';
import type { EnvironmentProxies } from '../../engine/model/environment-proxies.ts';
import type { ReadBytes } from '../../engine/model/ports.ts';
import { operatorOf, operators } from './operations.ts';

type Written = Readonly<Record<string, unknown>>;

/** Keys under which an operation stands. */
export const operationKeys = ['inject', 'detect', 'fix', 'heal'] as const;

/** Mistakes of a `healing-trigger` step that its schema cannot tell; its configuration is unrendered. */
export function checkHealingTrigger(config: Written, complete: boolean): string | null {
  const { inject, detect, fix, heal } = config;
  if (inject === undefined)
    return complete
      ? 'nothing says what to inject: write issue: with its kind, or inject: with an operation'
      : null;
  if (detect === undefined)
    return complete ? 'nothing says how it is seen: write detect: with what to ask' : null;
  if (fix !== undefined && heal === undefined) return 'what is fixed is waited for: write heal: beside fix:';
  const mistakes = [
    pathMistake('issueId', config['issueId']),
    ...entriesOf(config['timestamps']).map(([key, path]) => pathMistake(`timestamps.${key}`, path)),
    ...operationKeys.map((key) => operationMistake(key, config[key], complete)),
  ];
  return mistakes.find((mistake) => mistake !== null) ?? null;
}

function operationMistake(key: string, operation: unknown, complete: boolean): string | null {
  if (typeof operation !== 'object' || operation === null) return null;
  const found = operatorOf(operation);
  if (found === null)
    return `${key}: nothing says what to do: write one of ${[...operators.keys()].join(', ')} in it`;
  const [kind, config] = found;
  const mistake =
    missing(operators.get(kind), config) ?? operators.get(kind)?.check?.(config, complete) ?? null;
  if (mistake !== null) return `${key}: ${mistake}`;
  const until = 'until' in operation ? Object.fromEntries(entriesOf(operation.until)) : {};
  return pathMistake(`${key}.until`, until['jsonPath']) ?? valueMistake(until);
}

function missing(sampler: Sampler | undefined, config: Written): string | null {
  const key = sampler?.schema.required?.find((one) => config[one] === undefined);
  return key === undefined ? null : `${sampler?.kind ?? ''} needs ${key}`;
}

function pathMistake(key: string, path: unknown): string | null {
  if (typeof path !== 'string' || path.includes('${')) return null;
  const mistake = jsonPathMistake(path);
  return mistake === null ? null : `${key}: ${mistake}`;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** The operations of a configuration, each with its sampler. */
export function operationsOf(config: Written): { key: string; sampler: Sampler; config: Written }[] {
  return operationKeys.flatMap((key) => {
    const operation = config[key];
    const [kind, inner] =
      (typeof operation === 'object' && operation !== null && operatorOf(operation)) || [];
    const sampler = kind === undefined ? undefined : operators.get(kind);
    return sampler && inner ? [{ key, sampler, config: inner }] : [];
  });
}

/** Files that its operations read. */
export function filesOfHealingTrigger(known: Written): string[] {
  return operationsOf(known).flatMap(({ sampler, config }) => sampler.files?.(config) ?? []);
}

/** What is wrong in its operations, as far as they are known before the run. */
export function knownMistakes(known: Written, read: ReadBytes): KnownMistake[] {
  return operationsOf(known).flatMap(({ key, sampler, config }) =>
    (sampler.checkKnown?.(config, read) ?? []).map(({ message }) => ({ key, message: `${key}: ${message}` })),
  );
}

/** What would fail every operation of a kind, such as missing credentials. */
export async function preflightOfOperations(
  known: readonly Written[],
  read: ReadBytes,
  proxies: EnvironmentProxies | null,
): Promise<string[]> {
  const all = known.flatMap(operationsOf);
  const asked = [...new Set(all.map(({ sampler }) => sampler))].map(async (one) => {
    const own = all.flatMap(({ sampler, config }) => (sampler === one ? [config] : []));
    return one.preflight?.(own, read, proxies) ?? [];
  });
  return (await Promise.all(asked)).flat();
}
