/** A proxy, parsed from `http://user:password@host:port`. */
export interface Proxy {
  readonly hostname: string;
  readonly port: number;
  /** The connection to the proxy itself is TLS. */
  readonly secure: boolean;
  /** `Basic …`; empty without a user. */
  readonly authorization: string;
}

/** What to write instead of a proxy that cannot be understood. */
export const expectedProxy = 'a proxy is written http://host:port or http://user:password@host:port';

/** Null for what is no proxy's URL. Without a port: 80, or 443 for https, as with any URL. */
export function parseProxy(text: string): Proxy | null {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.hostname === '' || url.port === '0') return null;
  if (url.pathname + url.search + url.hash !== '/') return null;
  const credentials = decoded(`${url.username}:${url.password}`);
  if (credentials === null) return null;
  const secure = url.protocol === 'https:';
  return {
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 443 : 80),
    secure,
    authorization: credentials === ':' ? '' : `Basic ${Buffer.from(credentials).toString('base64')}`,
  };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
