import { didYouMean } from '../model/did-you-mean.ts';
import type { EnvironmentSwitch, Named, SandboxOptions } from '../model/plan.ts';
import { parseBytes, parseMs, parseRatio } from '../model/units.ts';
import type { Positions } from './positions.ts';
import type { Problems } from './problems.ts';
import type { Source } from './read-sources.ts';
import { isMapping, mappingOrEmpty, nameList, quote, type Mapping } from './shapes.ts';

/** The environment that applies: the one asked for, else one that a property chooses, else the one called `default`. */
export interface Environment {
  readonly name: string | null;
  readonly settings: Mapping;
}

export function chooseEnvironment(
  plan: Mapping,
  asked: string | undefined,
  { isGiven, problems }: { readonly isGiven: (property: string) => boolean; readonly problems: Problems },
): Environment {
  const environments = mappingOrEmpty(plan['environments']);
  const name = asked ?? chosenByItself(plan, isGiven, problems) ?? 'default';
  if (Object.hasOwn(environments, name)) return { name, settings: mappingOrEmpty(environments[name]) };
  if (asked !== undefined) {
    const names = Object.keys(environments);
    const known = names.length > 0 ? `It has ${nameList(names)}.` : 'It has none.';
    const near = didYouMean(asked.slice(0, 100), names);
    problems.add(undefined, `-e: the plan has no environment ${quote(asked)}. ${known}${near}`);
  }
  return { name: null, settings: {} };
}

/** Properties that choose an environment once they are set. */
export function environmentSwitches(plan: Mapping): EnvironmentSwitch[] {
  return Object.entries(mappingOrEmpty(plan['environments'])).flatMap(([environment, settings]) => {
    const { when } = mappingOrEmpty(settings);
    return typeof when === 'string' ? [{ property: when, environment }] : [];
  });
}

function chosenByItself(
  plan: Mapping,
  isGiven: (property: string) => boolean,
  problems: Problems,
): string | undefined {
  const set = environmentSwitches(plan).filter(({ property }) => isGiven(property));
  const names = set.map(({ environment }) => environment);
  if (names.length > 1) {
    const message = `the properties that are set choose the environments ${nameList(names)}: say which with -e.`;
    problems.add(undefined, message);
  }
  return names[0];
}

/** The variables of the plan and what it includes; the environment wins, then the including file. */
export function readVariables(
  sources: readonly Source[],
  { settings }: Environment,
  positions: Positions,
): Named<string>[] {
  const variables = new Map<string, Named<string>>();
  for (const { root } of [...sources.toReversed(), { root: settings }]) {
    const own = mappingOrEmpty(root['variables']);
    for (const name of Object.keys(own)) {
      const value = scalarText(own, name, positions);
      const at = positions.locate(own, name);
      if (value !== undefined && at) variables.set(name, { name, value, at });
    }
  }
  return [...variables.values()];
}

/** A scalar as the author wrote it (`1.10`, not `1.1`); nothing is an empty text. Undefined for what is no scalar. */
export function scalarText(holder: Mapping, key: string, positions: Positions): string | undefined {
  const value = holder[key];
  if (value === null) return '';
  if (typeof value === 'string') return value;
  const isScalar = typeof value === 'number' || typeof value === 'boolean';
  return isScalar ? (positions.entry(holder, key)?.source ?? String(value)) : undefined;
}

/** The options of the embedded pipeline; null when it is not to be started. The environment decides, if it says anything. */
export function readSandbox(plan: Mapping, { settings }: Environment): SandboxOptions | null {
  const asked = settings['sandbox'] ?? plan['sandbox'] ?? false;
  if (asked === false) return null;
  const options = isMapping(asked) ? asked : {};
  const { errorRate, seed } = options;
  const isShare = typeof errorRate === 'string' || typeof errorRate === 'number';
  return {
    latencyMs: textAs(parseMs, options['latency']) ?? 0,
    errorRatio: isShare ? (parseRatio(String(errorRate)) ?? 0) : 0,
    seed: typeof seed === 'number' ? seed : 1,
    ...given('detectionMs', textAs(parseMs, options['detection'])),
    ...given('healingMs', textAs(parseMs, options['healing'])),
    ...given('keepObjectBytes', textAs(parseBytes, options['objectLimit'])),
  };
}

function textAs(parse: (text: string) => number | null, value: unknown): number | null {
  return typeof value === 'string' ? parse(value) : null;
}

/** Nothing where the plan says nothing: the sandbox has a default of its own. */
function given(name: string, value: number | null): Readonly<Record<string, number>> {
  return value === null ? {} : { [name]: value };
}
