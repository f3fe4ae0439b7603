import type { Outcome } from '../../../engine/model/sample.ts';
import type { SampleContext, UserHandle } from '../../../engine/model/sampler.ts';
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
    decompress: true,
    ...config,
  };
}

export interface Seen {
  connected: number;
  firstByte: number;
  readonly parts: Outcome[];
}

/** A context that notes what the sampler says. */
export function contextOf(
  user: UserHandle,
  keep: { body?: boolean; headers?: boolean } = {},
): SampleContext & { readonly seen: Seen } {
  const seen: Seen = { connected: 0, firstByte: 0, parts: [] };
  return {
    seen,
    user,
    keepBody: keep.body ?? false,
    keepRequest: false,
    keepHeaders: keep.headers ?? false,
    connected: () => (seen.connected += 1),
    firstByte: () => (seen.firstByte += 1),
    part: (outcome) => seen.parts.push(outcome),
  };
}

export interface Run {
  readonly sampler: HttpSampler;
  readonly user: UserHandle;
  /** Performs for the one user and keeps body and headers. */
  readonly get: (config: Partial<HttpConfig>) => Promise<Outcome & { readonly seen: Seen }>;
}

/** A sampler with one user, closed after the test. */
export function run(): Run {
  const sampler = new HttpSampler();
  const user = { threadName: 'Users 1-1' };
  afterTest(() => sampler.close());
  return {
    sampler,
    user,
    get: async (config) => {
      const context = contextOf(user, { body: true, headers: true });
      return { ...(await sampler.perform(configured(config), context)), seen: context.seen };
    },
  };
}
