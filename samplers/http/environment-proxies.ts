import type { EnvironmentProxies, ProxyVariable } from '../../engine/model/environment-proxies.ts';
import { isHostMeant } from './host-pattern.ts';
import { isThisMachine, readNoProxy } from './no-proxy.ts';
import { expectedProxy, parseProxy, type Proxy } from './proxy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that cannot be followed, as a sentence. */
export interface VariableMistake {
  /** The proxy speaks what we do not: it matters only where it would be used. */
  readonly isForeign: boolean;
  /** Whether it is for servers with TLS, or for those without, or both. */
  readonly secure: readonly boolean[];
  readonly message: string;
}

export interface FoundProxies {
  /** Null: the environment names no proxy that can be used. */
  readonly proxies: EnvironmentProxies | null;
  /** The variables that name one, usable or not. */
  readonly variables: readonly string[];
  /** Hosts that are reached without. */
  readonly none: readonly string[];
  readonly mistakes: readonly VariableMistake[];
}

/**
 * The proxies of the environment: `http_proxy`, `https_proxy`, `all_proxy` for what has none of its own, and `no_proxy`; in capitals,
 * too, and what is in small letters counts before that, as curl and Node have it.
 *
 * A server that was asked by a client hands on a header `Proxy` as HTTP_PROXY: where REQUEST_METHOD is set, it is
 * not looked at (CVE-2016-5385).
 */
export function environmentProxies(environment: Environment): FoundProxies {
  const isGateway = (environment['REQUEST_METHOD'] ?? '') !== '';
  const all = find(environment, ['all_proxy', 'ALL_PROXY']);
  const http = find(environment, isGateway ? ['http_proxy'] : ['http_proxy', 'HTTP_PROXY']) ?? all;
  const https = find(environment, ['https_proxy', 'HTTPS_PROXY']) ?? all;
  const found = [...new Set([http, https])].flatMap((one) => one ?? []);
  if (found.length === 0) return { proxies: null, variables: [], none: [], mistakes: [] };
  const { variable, value } = find(environment, ['no_proxy', 'NO_PROXY']) ?? { variable: '', value: '' };
  const none = value.split(/[\s,]+/).filter((host) => host !== '');
  const usable = { http: usableOf(http), https: usableOf(https), none, noneVariable: variable };
  return {
    proxies: usable.http === null && usable.https === null ? null : usable,
    variables: found.map((one) => one.variable),
    none,
    mistakes: [
      ...found.flatMap((one) => {
        const mistake = mistakeOf(one);
        const secure = [...(one === http ? [false] : []), ...(one === https ? [true] : [])];
        return mistake === null ? [] : { ...mistake, secure };
      }),
      ...hostMistakes(variable, none),
    ],
  };
}

interface Found {
  readonly variable: string;
  readonly value: string;
}

function find(environment: Environment, names: readonly string[]): Found | null {
  for (const variable of names) {
    const value = (environment[variable] ?? '').trim();
    if (value !== '') return { variable, value };
  }
  return null;
}

function usableOf(found: Found | null): ProxyVariable | null {
  if (found === null || mistakeOf(found) !== null) return null;
  return { variable: found.variable, url: withScheme(found.value) };
}

function hostMistakes(variable: string, hosts: readonly string[]): VariableMistake[] {
  return readNoProxy(hosts).mistakes.map((entry) => ({
    isForeign: false,
    secure: [false, true],
    message:
      `${variable} holds ${JSON.stringify(entry)}, which is no host, domain, address or network, ` +
      'such as localhost, .example.com, 10.1.2.3 or 10.0.0.0/8, perhaps with a port',
  }));
}

function withScheme(value: string): string {
  return value.includes('://') ? value : `http://${value}`;
}

function mistakeOf({ variable, value }: Found): Omit<VariableMistake, 'secure'> | null {
  const [, scheme = ''] = /^([a-z][a-z\d+.-]*):\/\//i.exec(value) ?? [];
  if (/^socks/i.test(scheme)) {
    return {
      isForeign: true,
      message: `${variable} names a SOCKS proxy (${shownProxy(value)}), which is not supported: ${expectedProxy}`,
    };
  }
  const hasPort = scheme !== '' || /:\d+\/?$/.test(value);
  if (hasPort && parseProxy(withScheme(value)) !== null) return null;
  return {
    isForeign: false,
    message: `${variable} is not understood (${shownProxy(value)}): ${expectedProxy}`,
  };
}

/** The URL of a proxy without the password in it. */
export function shownProxy(url: string): string {
  const at = url.lastIndexOf('@');
  if (at < 0) return url;
  const [, beginning = ''] = /^((?:[a-z][a-z\d+.-]*:\/\/)?[^:]*)/i.exec(url.slice(0, at)) ?? [];
  return beginning.length === at ? url : `${beginning}:***${url.slice(at)}`;
}

/** What must not be shown of the proxies: passwords, as written and as sent. */
export function proxySecrets({ http, https }: EnvironmentProxies): string[] {
  return [http, https].flatMap((one) => {
    const proxy = one && parseProxy(one.url);
    if (!one || !proxy || proxy.authorization === '') return [];
    const { password } = new URL(one.url);
    return password === ''
      ? []
      : [password, decodeURIComponent(password), proxy.authorization.slice('Basic '.length)];
  });
}

/** A server, as far as it decides over the proxy. */
export interface ProxiedOrigin {
  readonly hostname: string;
  readonly port: number;
  readonly secure: boolean;
}

/** The proxy on the way to a server; null: it is reached directly, as this machine always is. */
export type ProxyFor = (origin: ProxiedOrigin) => Proxy | null;

export function proxyRoutes(proxies: EnvironmentProxies | null | undefined): ProxyFor {
  if (!proxies) return () => null;
  const isDirect = directly(proxies);
  const [http, https] = [proxies.http, proxies.https].map((one) => one && parseProxy(one.url));
  return (origin) => (isDirect(origin) ? null : ((origin.secure ? https : http) ?? null));
}

/** Whether a server is reached without the proxies of the environment, or of the line. */
export function directly({
  none,
  fromLine,
}: Pick<EnvironmentProxies, 'none' | 'fromLine'>): (origin: ProxiedOrigin) => boolean {
  if (fromLine) return ({ hostname }) => none.some((pattern) => isHostMeant(pattern, hostname));
  const { isExempt } = readNoProxy(none);
  return ({ hostname, port }) => isThisMachine(hostname) || isExempt(hostname, port);
}
