import type { UserHandle } from '../../engine/model/sampler.ts';
import { type CacheOptions, cacheOf } from './cache-options.ts';
import type { Connection } from './connection.ts';
import { type CookieOptions, keepsCookies } from './cookie-options.ts';
import { Cookies } from './cookies.ts';
import type { NameCache } from './names.ts';
import type { HttpRequest } from './request.ts';
import { ResponseCache } from './response-cache.ts';
import type { HttpConfig } from './schema.ts';
import type { DigestSessions } from './send-with-auth.ts';
import { urlOf } from './target.ts';

/** Idle connections by origin, last used first to be taken. */
export type Idle = Map<string, Connection[]>;

/** What a user holds; made at its first request. */
export interface Holdings {
  readonly idle: Idle;
  /** What the name service said, for those who ask once for each user. */
  names: NameCache | null;
  cookies: Cookies | null;
  /** Whether the author's cookies were put into the jar. */
  hasPreset: boolean;
  cache: ResponseCache | null;
  digests: DigestSessions | null;
  /** Iterations in which the jar and the cache were last looked at for clearing. */
  cookiesIteration: number;
  cacheIteration: number;
  hasEnded: boolean;
}

export function newHoldings({ iteration }: UserHandle): Holdings {
  return {
    idle: new Map(),
    names: null,
    cookies: null,
    hasPreset: false,
    cache: null,
    digests: null,
    cookiesIteration: iteration,
    cacheIteration: iteration,
    hasEnded: false,
  };
}

/** Whether the user's cache spares a request. */
export function isFresh({ cache }: Holdings, config: HttpConfig, request: HttpRequest): boolean {
  return cache !== null && cacheOf(config.cache) !== null && cache.isFresh(request);
}

/** Clears what a new iteration is to begin without, and puts the author's cookies into a jar that has none of them. */
export function renew(holdings: Holdings, config: HttpConfig, about: About): void {
  if (typeof config.cookies === 'object') renewCookies(holdings, config.cookies, about);
  const cache = cacheOf(config.cache);
  if (cache !== null) renewCache(holdings, cache, about);
}

interface About {
  readonly user: UserHandle;
  readonly request: HttpRequest;
}

function renewCookies(
  holdings: Holdings,
  options: Exclude<CookieOptions, boolean>,
  { user, request }: About,
): void {
  const { clearEachIteration, preset } = options;
  if (clearEachIteration && holdings.cookiesIteration !== user.iteration) {
    holdings.cookies = null;
    holdings.hasPreset = false;
  }
  holdings.cookiesIteration = user.iteration;
  if (preset === undefined || holdings.hasPreset || !keepsCookies(options)) return;
  holdings.cookies ??= new Cookies();
  holdings.cookies.preset(urlOf(request.target), preset);
  holdings.hasPreset = true;
}

function renewCache(holdings: Holdings, { clearEachIteration }: CacheOptions, { user }: About): void {
  if (clearEachIteration && holdings.cacheIteration !== user.iteration) holdings.cache = null;
  holdings.cacheIteration = user.iteration;
  holdings.cache ??= new ResponseCache();
}
