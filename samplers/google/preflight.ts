import type { ReadBytes } from '../../engine/model/ports.ts';
import type { OpenOptions } from '../../engine/model/sampler.ts';
import { messageOf } from '../../engine/model/errors.ts';
import type { GoogleConfig } from './google-schema.ts';
import { Sessions, sessionsOf } from './sessions.ts';
import { emulatorMistake, targetOf, type EmulatorVariable, type Target } from './target.ts';

type Known = Readonly<Record<string, unknown>>;

/**
 * What would fail every sample of a plan, before any load: no credentials, unusable ones, an environment that leads
 * elsewhere. A sentence for each; the same for all samplers of Google Cloud, so that it is told once.
 *
 * Without any credentials it takes milliseconds; with some, the time to a first token, 5 s at the most.
 */
export async function preflight(
  known: readonly Known[],
  variable: EmulatorVariable,
  {
    read,
    environment = process.env,
    proxies = null,
  }: {
    readonly read: ReadBytes;
    readonly environment?: NodeJS.ProcessEnv;
    readonly proxies?: OpenOptions['proxies'];
  },
): Promise<string[]> {
  const targets = knownTargets(known);
  const astray = targets.flatMap((target) => emulatorMistake(target, variable, environment) ?? []);
  if (astray.length > 0) return [...new Set(astray)];
  // All samplers ask once, and one that is silent is waited for once.
  const sessions = environment === process.env ? sessionsOf(read, proxies) : new Sessions(read, environment);
  const choices = new Map(targets.map(({ credentials }) => [JSON.stringify(credentials), credentials]));
  const refusals = await Promise.all(
    [...choices.values()].map((choice) =>
      Promise.resolve(sessions.of(choice)?.waitedFor()).then(
        () => [],
        (error: unknown) => [messageOf(error)],
      ),
    ),
  );
  return [...new Set(refusals.flat())];
}

/** Where steps lead, each once; without those whose endpoint or credentials are made while the plan runs. */
export function knownTargets(known: readonly Known[]): Target[] {
  const targets = known.flatMap((config) => {
    const google = knownGoogle(config);
    return google === null ? [] : [targetOf(google)];
  });
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()];
}

function knownGoogle(config: Known): Pick<GoogleConfig, 'endpoint' | 'credentials'> | null {
  const { endpoint, credentials } = config;
  if (Object.hasOwn(config, 'endpoint') && typeof endpoint !== 'string') return null;
  if (credentials === undefined) {
    return Object.hasOwn(config, 'credentials') ? null : textOnly(endpoint);
  }
  if (typeof credentials !== 'object' || credentials === null) return null;
  const entries: [string, unknown][] = Object.entries(credentials);
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (texts.length < entries.length) return null;
  return { ...textOnly(endpoint), credentials: Object.fromEntries(texts) };
}

function textOnly(endpoint: unknown): { endpoint?: string } {
  return typeof endpoint === 'string' ? { endpoint } : {};
}
