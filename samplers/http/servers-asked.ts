import type { ProxiedOrigin } from './environment-proxies.ts';

type Known = Readonly<Record<string, unknown>>;

/**
 * The servers that a request asks, as far as they are known before the run, for the choice of a proxy; null stands for one
 * that is not. None for a request with a proxy of its own.
 */
export function serversAsked(known: Known): (ProxiedOrigin | null)[] {
  if (Object.hasOwn(known, 'proxy')) return [];
  return (['url', 'baseUrl', 'path', 'endpoint'] as const).flatMap((key) =>
    Object.hasOwn(known, key) ? addressed(key, known[key]) : [],
  );
}

function addressed(key: string, value: unknown): (ProxiedOrigin | null)[] {
  const isPath = key === 'path';
  if (value === undefined) return isPath ? [] : [null];
  if (typeof value !== 'string' || value === '' || (isPath && !/^https?:\/\//i.test(value))) return [];
  if (!URL.canParse(value)) return [null];
  const { protocol, hostname, port } = new URL(value);
  const secure = protocol === 'https:';
  return [{ hostname: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 443 : 80), secure }];
}
