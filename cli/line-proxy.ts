import { Option } from 'commander';
import type { EnvironmentProxies } from '../engine/model/environment-proxies.ts';
import { UserError } from '../engine/model/errors.ts';
import { elsewhereMeant } from './line/foreign-options.ts';
import { expectedProxy, parseProxy } from '../samplers/http/proxy.ts';

/** What JMeter's `-H -P -E -N -u -a` say. */
export interface ProxyOptions {
  readonly proxyHost?: string;
  readonly proxyPort?: string;
  readonly proxyScheme?: string;
  readonly proxyUser?: string;
  readonly proxyPassword?: string;
  readonly nonProxyHosts?: string;
}

/** JMeter's letters. */
export function proxyOptions(): Option[] {
  return [
    new Option('-H, --proxy-host <host>', 'the proxy of http steps that have none of their own'),
    new Option('-P, --proxy-port <port>', 'its port'),
    new Option('-E, --proxy-scheme <scheme>', 'how the proxy itself is spoken to: http, or https').hideHelp(),
    new Option('-N, --non-proxy-hosts <list>', 'hosts that are reached without it: "localhost|*.internal"'),
    new Option('-u, --proxy-user <name>', 'who we are to it'),
    new Option('-a, --proxy-password <text>', 'the password, which is shown nowhere'),
  ].map((option) => option.helpGroup('A proxy, as in JMeter:'));
}

/** The proxy that the line names; null without one. Throws a `UserError` with all that is wrong with it. */
export function lineProxy(options: ProxyOptions): EnvironmentProxies | null {
  const problems = mistakes(options);
  if (problems.length > 0) throw new UserError(problems.map((message) => ({ message })));
  const { proxyHost, nonProxyHosts = '' } = options;
  if (proxyHost === undefined) return null;
  const proxy = { variable: '-H', url: urlOf(options) };
  if (parseProxy(proxy.url) === null)
    throw new UserError(
      `-H ${proxyHost}: expected the name or address of a host alone (${expectedProxy}, as -H host -P port).`,
    );
  const none = nonProxyHosts.split(/[|,]/).map((host) => host.trim());
  return {
    http: proxy,
    https: proxy,
    none: none.filter((host) => host !== ''),
    noneVariable: '-N',
    fromLine: true,
  };
}

function mistakes({ proxyHost, proxyPort, ...options }: ProxyOptions): string[] {
  const { proxyScheme, proxyUser, proxyPassword, nonProxyHosts } = options;
  const found: string[] = [];
  const others = { '-P': proxyPort, '-E': proxyScheme, '-N': nonProxyHosts, '-u': proxyUser };
  const left = Object.entries(others).flatMap(([letter, value]) => (value === undefined ? [] : [letter]));
  if (proxyHost === undefined && left.length > 0)
    found.push(
      `${left.join(', ')}: which proxy? It is named by -H HOST -P PORT.${elsewhereMeant('-u', proxyUser)}`,
    );
  if (proxyHost !== undefined && proxyPort === undefined)
    found.push(`-H ${proxyHost}: the port is missing. Write -H ${proxyHost} -P 8080.`);
  if (proxyPort !== undefined && !isPort(proxyPort))
    found.push(`-P expects a port, a number from 1 to 65535, found "${proxyPort}".`);
  if (proxyScheme !== undefined && !/^https?$/.test(proxyScheme))
    found.push(`-E expects http or https, found "${proxyScheme}".`);
  if (proxyPassword !== undefined && proxyUser === undefined)
    found.push('-a: whose password? Write -u NAME -a PASSWORD.');
  return found;
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

function urlOf({ proxyHost = '', proxyPort = '', proxyScheme = 'http', ...options }: ProxyOptions): string {
  const { proxyUser, proxyPassword = '' } = options;
  const user =
    proxyUser === undefined ? '' : `${encodeURIComponent(proxyUser)}:${encodeURIComponent(proxyPassword)}@`;
  const host = proxyHost.includes(':') && !proxyHost.startsWith('[') ? `[${proxyHost}]` : proxyHost;
  return `${proxyScheme}://${user}${host}:${proxyPort}`;
}
