import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';

/** Addresses once asked for, by name. Failures are not kept. */
export type NameCache = Map<string, Promise<readonly LookupAddress[]>>;

/**
 * Finds the addresses of hosts for a new connection. `written` gives what the plan says of a host, an address or
 * another name; undefined: nothing. Without a cache the name service is asked each time.
 */
export function nameLookup(
  written: (hostname: string) => string | undefined,
  cache: NameCache | null,
): LookupFunction {
  return (hostname, { all, family }, callback) => {
    const wanted = family === 4 || family === 'IPv4' ? 4 : family === 6 || family === 'IPv6' ? 6 : 0;
    addressesOf(written(hostname) ?? hostname, cache).then(
      (addresses) => {
        const fitting = addresses.filter((one) => wanted === 0 || one.family === wanted);
        const [first] = fitting;
        if (first === undefined) callback(notFound(hostname), '', 0);
        else if (all) callback(null, fitting);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : notFound(hostname), '', 0),
    );
  };
}

async function addressesOf(host: string, cache: NameCache | null): Promise<readonly LookupAddress[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  const known = cache?.get(host);
  if (known !== undefined) return known;
  const asked = lookup(host, { all: true });
  cache?.set(host, asked);
  asked.catch(() => cache?.delete(host));
  return asked;
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' });
}
