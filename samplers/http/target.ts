import { Recent } from './recent.ts';
import type { HttpConfig } from './schema.ts';

/** Where connections go: scheme, host and port. */
export interface Origin {
  /** `http://127.0.0.1:8080`; without the scheme's own port. */
  readonly name: string;
  /** As in the Host header: `127.0.0.1:8080`. */
  readonly host: string;
  /** `127.0.0.1`; IPv6 without brackets. */
  readonly hostname: string;
  readonly port: number;
  readonly secure: boolean;
}

export interface Target {
  readonly origin: Origin;
  /** Path and query as sent: ASCII without spaces. */
  readonly path: string;
}

/** A URL that cannot be requested: what Java says of it, and what to do. */
export interface BadUrl {
  readonly message: string;
  readonly remedy: string;
}

interface Base {
  readonly origin: Origin;
  /** Put before each path: `/v1`, or empty. */
  readonly prefix: string;
}

const absolute = /^https?:\/\//i;
const wholeUrl = /^(https?:\/\/[^/?#]*)(.*)$/is;
const unsendable = /[^\x21-\x7e]/;
const bases = new Recent<string, Base | BadUrl>();

/** The target of a request. Base URLs are parsed once; nothing is parsed for each request. */
export function targetOf(config: HttpConfig): Target | BadUrl {
  const { url, baseUrl, path, query } = config;
  const whole = url ?? (!path.startsWith('/') && absolute.test(path) ? path : undefined);
  if (whole !== undefined) {
    const [, base = whole, rest = ''] = wholeUrl.exec(whole) ?? [];
    return join(baseOf(base), rest, query);
  }
  if (baseUrl === undefined) {
    return { message: `no protocol: ${path}`, remedy: 'Give url, or baseUrl and path' };
  }
  return join(baseOf(baseUrl), path, query);
}

/** The target of a URL that is already parsed. */
export function targetOfUrl(url: URL): Target {
  return { origin: originOf(url), path: url.pathname + url.search };
}

/** The URL as reported. */
export function urlOf(target: Target): string {
  return target.origin.name + target.path;
}

function baseOf(text: string): Base | BadUrl {
  return bases.get(text) ?? bases.add(text, parseBase(text));
}

function parseBase(text: string): Base | BadUrl {
  if (!URL.canParse(text)) {
    return { message: `no protocol: ${text}`, remedy: 'Write it as http://host:port or https://host:port' };
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { message: `unknown protocol: ${url.protocol.slice(0, -1)}`, remedy: 'Use http or https' };
  }
  if (url.username !== '' || url.password !== '') {
    return {
      message: `credentials in the URL of ${url.host}`,
      remedy: 'Send an Authorization header instead',
    };
  }
  return { origin: originOf(url), prefix: url.pathname.replace(/\/+$/, '') };
}

function originOf(url: URL): Origin {
  const secure = url.protocol === 'https:';
  return {
    name: url.origin,
    host: url.host,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 443 : 80),
    secure,
  };
}

function join(base: Base | BadUrl, rest: string, query: string | undefined): Target | BadUrl {
  if ('remedy' in base) return base;
  let path = rest;
  const fragmentAt = path.indexOf('#');
  if (fragmentAt >= 0) path = path.slice(0, fragmentAt);
  if (!path.startsWith('/')) path = `/${path}`;
  path = base.prefix + path;
  if (query) path += (path.includes('?') ? '&' : '?') + query;
  if (!unsendable.test(path)) return { origin: base.origin, path };
  // Through a buffer, because encodeURIComponent throws at half a surrogate pair.
  return {
    origin: base.origin,
    path: Buffer.from(path)
      .toString()
      .replace(/[^\x21-\x7e]+/g, encodeURIComponent),
  };
}
