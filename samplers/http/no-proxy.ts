import { BlockList, isIP } from 'node:net';
import { isHostMeant } from './host-pattern.ts';

/** Whether a host is reached without a proxy. */
export type IsExempt = (hostname: string, port: number) => boolean;

/**
 * Hosts as NO_PROXY names them, in all forms of curl and Go: `*` for all, a domain, which means its subdomains too, with a dot
 * or a star in front or not, an address, a network (`10.0.0.0/8`), each perhaps with a port. `mistakes` are entries
 * that are none of these.
 */
export function readNoProxy(entries: readonly string[]): {
  readonly isExempt: IsExempt;
  readonly mistakes: readonly string[];
} {
  const rules = entries.map((entry) => ({ entry, rule: ruleOf(entry) }));
  const known = rules.flatMap(({ rule }) => rule ?? []);
  return {
    isExempt: (hostname, port) => {
      const host = hostname.toLowerCase().replace(/\.$/, '');
      return known.some((rule) => rule(host, port));
    },
    mistakes: rules.flatMap(({ entry, rule }) => (rule === null ? [entry] : [])),
  };
}

/** This machine: never behind a proxy, unless a plan says so itself. */
export function isThisMachine(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return isListed(own, host);
}

const own = new BlockList();
own.addSubnet('127.0.0.0', 8, 'ipv4');
own.addAddress('0.0.0.0', 'ipv4');
own.addAddress('::1', 'ipv6');
own.addAddress('::', 'ipv6');

/** A host in brackets, an address or a name, and a port. */
const hostAndPort = /^(?:\[([^\]]*)\]|([^:[\]]*|[\da-f.:]*:[\da-f.:]*:[\da-f.:]*))(?::(\d{1,5}))?$/i;

/** Null for what is no host. */
function ruleOf(entry: string): IsExempt | null {
  if (entry.includes('/')) return networkRule(entry);
  const [, bracketed, plain = '', portText] = hostAndPort.exec(entry) ?? [];
  const port = Number(portText ?? 1);
  const isHost =
    port < 1 || port > 65_535 ? null : hostRule((bracketed ?? plain).toLowerCase(), bracketed !== undefined);
  return isHost && ((name, at) => (portText === undefined || at === port) && isHost(name));
}

function hostRule(host: string, isBracketed: boolean): ((name: string) => boolean) | null {
  if (isIP(host) !== 0) return addressRule(host);
  return isBracketed ? null : nameRule(host);
}

function nameRule(host: string): ((name: string) => boolean) | null {
  if (!/^[\w.*\u0080-\uffff-]+$/.test(host)) return null;
  // `.example.com` and `*.example.com` are taken as curl takes the former: the domain is meant, too.
  const domain = host.replace(/^\*?\./, '').replace(/\.$/, '');
  if (domain.includes('*')) return (name) => isHostMeant(domain, name);
  return domain === '' ? null : (name) => name === domain || name.endsWith(`.${domain}`);
}

function addressRule(address: string): (name: string) => boolean {
  const list = new BlockList();
  list.addAddress(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (name) => isListed(list, name);
}

function networkRule(entry: string): IsExempt | null {
  const [, address = '', bits] = /^\[?([\da-f.:]+)\]?\/(\d{1,3})$/i.exec(entry) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 6 ? 128 : 32)) return null;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
  return (name) => isListed(list, name);
}

function isListed(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
