import { isIP } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { ReadBytes } from '../../engine/model/ports.ts';
import type { KnownMistake } from '../../engine/model/sampler.ts';
import type { ProxyFor } from './environment-proxies.ts';
import { isHostMeant, nearestPattern } from './host-pattern.ts';
import { expectedProxy, parseProxy } from './proxy.ts';
import type { HttpConfig } from './schema.ts';
import { SecureContexts } from './secure-contexts.ts';

/** What connections are like that may stand in for each other. One for each choice of options, in each worker. */
export interface ConnectionKind {
  /** Tells the kinds apart; empty for the one without options. */
  readonly key: string;
  readonly insecure: boolean;
  readonly serverName: string | undefined;
  readonly http2: boolean;
  readonly http2PriorKnowledge: boolean;
  readonly dnsCache: HttpConfig['dnsCache'];
  /** The plan says where some hosts are. */
  readonly namesHosts: boolean;
  /** Throws a `TransportError` when a file is missing or bad. */
  secureContext(): SecureContext;
  /** Null: the server is reached directly. */
  readonly proxyFor: ProxyFor;
  /** Where the plan says that a host is; takes turns. */
  addressOf(hostname: string): string | undefined;
  /** Where the next connection comes from; takes turns. */
  nextSource(): string | undefined;
}

/** An option that cannot be followed: a sentence, for a value that only the run made. */
export interface BadOption {
  readonly mistake: string;
}

type Options = Pick<
  HttpConfig,
  | 'keepAlive'
  | 'insecure'
  | 'certificate'
  | 'ca'
  | 'serverName'
  | 'tlsVersion'
  | 'proxy'
  | 'noProxy'
  | 'dns'
  | 'dnsCache'
  | 'sourceAddress'
  | 'http2'
  | 'http2PriorKnowledge'
>;

/** Kinds that are remembered; a plan whose options change with every sample must not fill the memory. */
const MAX_KINDS = 1000;

/** The kinds of connections that the plan's options ask for. */
export class ConnectionKinds {
  readonly #given: Pick<Given, 'contexts' | 'environment'>;
  readonly #plain: ConnectionKind;
  readonly #known = new Map<string, ConnectionKind | BadOption>();

  /** `environment`: the proxies of the environment, for what has none in the plan. */
  constructor(readBytes: ReadBytes, environment: ProxyFor) {
    this.#given = { contexts: new SecureContexts(readBytes), environment };
    this.#plain = kindOf({ ...defaults, dns: {}, noProxy: [] }, { ...this.#given, key: '' });
  }

  /** On the hot path: without options, a few comparisons. */
  of(config: Options): ConnectionKind | BadOption {
    if (isPlain(config)) return this.#plain;
    const { certificate, ca, serverName, tlsVersion, proxy, noProxy, dns, dnsCache, sourceAddress } = config;
    const key = JSON.stringify([
      [config.keepAlive, config.insecure, config.http2, config.http2PriorKnowledge],
      [certificate, ca, serverName, tlsVersion],
      [proxy, noProxy, dns, dnsCache, sourceAddress],
    ]);
    return this.#known.get(key) ?? this.#add(key, config);
  }

  #add(key: string, config: Options): ConnectionKind | BadOption {
    const [first] = this.#known.keys();
    if (this.#known.size >= MAX_KINDS && first !== undefined) this.#known.delete(first);
    const [wrong] = optionMistakes(config);
    const kind = wrong ? { mistake: wrong.message } : kindOf(config, { ...this.#given, key });
    this.#known.set(key, kind);
    return kind;
  }
}

/** What is wrong with options by their values alone, each with the key it stands under. */
export function optionMistakes({
  proxy,
  sourceAddress,
  tlsVersion,
}: Readonly<Record<string, unknown>> | Options): KnownMistake[] {
  const mistakes: KnownMistake[] = [];
  if (typeof proxy === 'string' && parseProxy(proxy) === null) {
    mistakes.push({ key: 'proxy', message: `proxy is not understood: ${expectedProxy}` });
  }
  const bad = textsOf(sourceAddress).find((address) => isIP(address) === 0);
  if (bad !== undefined) {
    const message = `sourceAddress must be an IP address of this machine, found "${bad}"`;
    mistakes.push({ key: 'sourceAddress', message });
  }
  if (isReversed(tlsVersion)) {
    mistakes.push({ key: 'tlsVersion', message: 'tlsVersion: min is newer than max' });
  }
  return mistakes;
}

/** Their names are in order. */
function isReversed(version: unknown): boolean {
  if (typeof version !== 'object' || version === null) return false;
  const { min, max }: { min?: unknown; max?: unknown } = version;
  return typeof min === 'string' && typeof max === 'string' && min > max;
}

function textsOf(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string');
}

const defaults = {
  keepAlive: true,
  insecure: false,
  dnsCache: 'connection',
  http2: false,
  http2PriorKnowledge: false,
} as const;

/** The cheapest questions first; all are asked for every sample. */
function isPlain(config: Options): boolean {
  return (
    config.keepAlive &&
    !config.insecure &&
    !config.http2 &&
    !config.http2PriorKnowledge &&
    config.proxy === undefined &&
    config.noProxy.length === 0 &&
    config.certificate === undefined &&
    config.sourceAddress === undefined &&
    config.dnsCache === 'connection' &&
    hasNoTlsOptions(config) &&
    isEmpty(config.dns)
  );
}

function hasNoTlsOptions({ ca, serverName, tlsVersion }: Options): boolean {
  return ca === undefined && serverName === undefined && tlsVersion === undefined;
}

function isEmpty(map: object): boolean {
  for (const _ in map) return false;
  return true;
}

interface Given {
  readonly key: string;
  readonly contexts: SecureContexts;
  readonly environment: ProxyFor;
}

function kindOf(config: Options, { key, contexts, environment }: Given): ConnectionKind {
  const { insecure, serverName, http2, http2PriorKnowledge, dnsCache, dns } = config;
  const tls = { certificate: config.certificate, ca: config.ca, tlsVersion: config.tlsVersion };
  const hosts = Object.keys(dns);
  const nextOf = new Map(hosts.map((host) => [host, inTurn(listOf(dns[host]))]));
  return {
    key,
    insecure,
    serverName,
    http2,
    http2PriorKnowledge,
    dnsCache,
    namesHosts: hosts.length > 0,
    secureContext: () => contexts.of(tls),
    proxyFor: proxyOf(config, hosts, environment),
    addressOf: (hostname) => nextOf.get(nearestPattern(hosts, hostname) ?? '')?.(),
    nextSource: inTurn(listOf(config.sourceAddress)),
  };
}

/** The plan's own proxy, or that of the environment; not for hosts that the plan reaches itself. */
function proxyOf(
  { proxy: written, noProxy }: Pick<Options, 'proxy' | 'noProxy'>,
  located: readonly string[],
  environment: ProxyFor,
): ProxyFor {
  const proxy = written === undefined ? null : parseProxy(written);
  return (origin) => {
    if (noProxy.some((pattern) => isHostMeant(pattern, origin.hostname))) return null;
    if (written !== undefined) return proxy;
    // A proxy would look for the host itself, where the plan says where it is.
    return nearestPattern(located, origin.hostname) === undefined ? environment(origin) : null;
  };
}

/** One after the other, then from the beginning. */
function inTurn<T>(values: readonly T[]): () => T | undefined {
  let next = 0;
  return () => values[next++ % values.length];
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
