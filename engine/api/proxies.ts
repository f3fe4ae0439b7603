import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { ProxySources } from './start-options.ts';
import type { EnvironmentProxies, ProxyVariable } from '../model/environment-proxies.ts';
import { UserError } from '../model/errors.ts';
import { knownConfigs } from '../model/known-part.ts';
import { walkGroup } from '../model/walk-steps.ts';
import {
  directly,
  environmentProxies,
  shownProxy,
  type FoundProxies,
  type ProxiedOrigin,
} from '../../samplers/http/environment-proxies.ts';
import { serversAsked } from '../../samplers/http/servers-asked.ts';

const remedy = 'Correct or unset it, or leave the proxies of the environment aside with --no-proxy-env';

/** What the environment's proxies are to a plan. */
export interface ProxyUse {
  /** Those that a request may go through. */
  readonly proxies: EnvironmentProxies | null;
  /** What to say of them. */
  readonly lines: readonly string[];
  /** What stands in the way of the run. */
  readonly mistakes: readonly string[];
}

export function proxyUse(plan: CompiledPlan, { line, environment, heeds }: ProxySources): ProxyUse {
  return line === null ? environmentUse(plan, environment, heeds) : lineUse(plan, line);
}

function lineUse(plan: CompiledPlan, proxies: EnvironmentProxies): ProxyUse {
  const servers = serversOf(plan);
  const isDirect = directly(proxies);
  const { http, none } = proxies;
  if (http === null || servers.length === 0) return { proxies: null, lines: [], mistakes: [] };
  if (servers.every((server) => server !== null && isDirect(server)))
    return {
      proxies: null,
      lines: ['The proxy of the line (-H) is not needed: all servers of the plan are exempt (-N)'],
      mistakes: [],
    };
  const exempt = none.length > 0 ? `; not for ${none.join(', ')} (-N)` : '';
  return { proxies, lines: [`Through the proxy ${shownProxy(http.url)} (-H)${exempt}`], mistakes: [] };
}

function environmentUse(
  plan: CompiledPlan,
  environment: ProxySources['environment'],
  heeds: boolean,
): ProxyUse {
  const found = environmentProxies(environment);
  const servers = serversOf(plan);
  const nothing = { proxies: null, lines: [], mistakes: [] };
  if (found.variables.length === 0 || servers.length === 0) return nothing;
  const names = found.variables.join(', ');
  if (!heeds)
    return {
      ...nothing,
      lines: [`The proxies of the environment are left aside (--no-proxy-env): ${names}`],
    };
  const isDirect = directly(found);
  const through = servers.filter((server) => server === null || !isDirect(server));
  const isUsed = through.length > 0;
  const isAsked = (secure: readonly boolean[]) =>
    through.some((server) => server === null || secure.includes(server.secure));
  const mistakes = found.mistakes.filter(({ isForeign, secure }) => !isForeign || isAsked(secure));
  if (mistakes.length > 0)
    return { ...nothing, mistakes: mistakes.map(({ message }) => `${message}. ${remedy}`) };
  const unused = `The proxies of the environment are not needed (${names}): all servers of the plan are on this machine or exempt`;
  return isUsed ? used(found) : { ...nothing, lines: [unused] };
}

/** Throws a `UserError` when the environment stands in the way. */
export function refuseMistakes({ mistakes }: Pick<ProxyUse, 'mistakes'>): void {
  if (mistakes.length > 0) throw new UserError(mistakes.map((message) => ({ message })));
}

function used({ proxies }: FoundProxies): ProxyUse {
  if (proxies === null) return { proxies, lines: [], mistakes: [] };
  const { http, https, none, noneVariable } = proxies;
  const isOne = http !== null && http.variable === https?.variable;
  const ways = isOne
    ? [wayText(http, 'http:// and https://')]
    : [...(http ? [wayText(http, 'http://')] : []), ...(https ? [wayText(https, 'https://')] : [])];
  const exempt = ['this machine', ...(none.length > 0 ? [`${none.join(', ')} (${noneVariable})`] : [])];
  return {
    proxies,
    lines: [
      `Through proxies of the environment: ${ways.join(', ')}; not for ${exempt.join(', ')}. --no-proxy-env leaves them aside`,
    ],
    mistakes: [],
  };
}

function wayText({ url, variable }: ProxyVariable, what: string): string {
  return `${what} by ${shownProxy(url)} (${variable})`;
}

/** Google's own, where a step sets no endpoint. */
const google: ProxiedOrigin = { hostname: 'www.googleapis.com', port: 443, secure: true };

/** The servers that the steps of a plan ask; null for one that is only known in the run. */
function serversOf({ groups }: CompiledPlan): (ProxiedOrigin | null)[] {
  const steps = groups.flatMap((group) => [...walkGroup(group)]);
  return [
    ...knownConfigs(steps, 'http').flatMap(serversAsked),
    ...['bigquery', 'gcs'].flatMap((kind) => knownConfigs(steps, kind)).flatMap(orGoogle),
    ...knownConfigs(steps, 'healing-trigger').flatMap((trigger) =>
      Object.values(trigger).flatMap(inOperation),
    ),
  ];
}

function orGoogle(known: Readonly<Record<string, unknown>>): (ProxiedOrigin | null)[] {
  const servers = serversAsked(known);
  return servers.length === 0 ? [google] : servers;
}

/** `{ http: … }`, as a trigger has it. */
function inOperation(operation: unknown): (ProxiedOrigin | null)[] {
  if (typeof operation !== 'object' || operation === null) return [];
  return Object.entries(operation).flatMap(([kind, config]: [string, unknown]) => {
    if (typeof config !== 'object' || config === null) return [];
    return kind === 'http'
      ? serversAsked({ ...config })
      : ['bigquery', 'gcs'].includes(kind)
        ? orGoogle({ ...config })
        : [];
  });
}

/** The same as `run.json` shows it. */
export function shownProxies({ http, https, ...others }: EnvironmentProxies): EnvironmentProxies {
  const shown = (one: ProxyVariable | null) => one && { ...one, url: shownProxy(one.url) };
  return { ...others, http: shown(http), https: shown(https) };
}
