import type { Outcome } from '../../../engine/model/sample.ts';
import type { Keep, OpenOptions, SampleContext, UserHandle } from '../../../engine/model/sampler.ts';
import { HttpSampler } from '../http-sampler.ts';
import type { HttpConfig } from '../schema.ts';
import { afterTest } from './servers.ts';

/** A configuration as the engine renders it: defaults filled in. */
export function configured(config: Partial<HttpConfig>): HttpConfig {
  return {
    method: 'GET',
    path: '/',
    headers: {},
    timeout: 5000,
    connectTimeout: 2000,
    followRedirects: true,
    maxRedirects: 20,
    connections: 'user',
    maxResponseSize: 1_000_000,
    cookies: true,
    insecure: false,
    keepAlive: true,
    staleRetry: true,
    noProxy: [],
    dns: {},
    dnsCache: 'connection',
    http2: false,
    http2PriorKnowledge: false,
    decompress: true,
    ...config,
  };
}

export interface Seen {
  connected: number;
  firstByte: number;
  staleReuses: number;
  readonly parts: Outcome[];
}

/** A context that notes what the sampler says. */
export function contextOf(
  user: UserHandle,
  keep: { body?: boolean; headers?: boolean; ofParts?: Keep; onlyShown?: boolean } = {},
): SampleContext & { readonly seen: Seen } {
  const seen: Seen = { connected: 0, firstByte: 0, staleReuses: 0, parts: [] };
  return {
    seen,
    user,
    keepBody: keep.body ?? false,
    keepRequest: false,
    onlyShown: keep.onlyShown ?? false,
    keepHeaders: keep.headers ?? false,
    keepOfParts: keep.ofParts ?? null,
    connected: () => (seen.connected += 1),
    firstByte: () => (seen.firstByte += 1),
    staleReuse: () => (seen.staleReuses += 1),
    ready: () => undefined,
    done: () => undefined,
    part: (outcome) => seen.parts.push(outcome),
    begin: () => ({
      connected: () => undefined,
      firstByte: () => undefined,
      end: (outcome) => seen.parts.push(outcome),
    }),
  };
}

export interface Run {
  readonly sampler: HttpSampler;
  /** Its iteration may be set. */
  readonly user: { readonly threadName: string; iteration: number };
  /** Performs for the one user and keeps body and headers. */
  readonly get: (config: Partial<HttpConfig>, ofParts?: Keep) => Promise<Outcome & { readonly seen: Seen }>;
  /** Performs for the one user; null when there was nothing to do. */
  readonly ask: (config: Partial<HttpConfig>) => Promise<Outcome | null>;
}

/** Stands for a plan's folder without files. */
export function noFiles(path: string): never {
  throw new Error(`there is no file ${path}`);
}

/** A sampler with one user, closed after the test. */
export function run(
  readBytes: OpenOptions['readBytes'] = noFiles,
  proxies: OpenOptions['proxies'] = null,
): Run {
  const sampler = new HttpSampler({ readBytes, proxies });
  const user = { threadName: 'Users 1-1', iteration: 0 };
  afterTest(() => sampler.close());
  return {
    sampler,
    user,
    get: async (config, ofParts) => {
      const context = contextOf(user, { body: true, headers: true, ...(ofParts && { ofParts }) });
      const outcome = await sampler.perform(configured(config), context);
      if (outcome === null) throw new Error('there was nothing to do');
      return { ...outcome, seen: context.seen };
    },
    ask: (config) => sampler.perform(configured(config), contextOf(user, { body: true, headers: true })),
  };
}
