import { cacheOf } from './cache-options.ts';
import type { Answer } from './exchange.ts';
import type { Holdings } from './holdings.ts';
import type { HttpRequest } from './request.ts';
import type { HttpConfig } from './schema.ts';
import { sendWithAuth } from './send-with-auth.ts';

/** Sends one request with its credentials and what the cache knows of it; the cache learns from the answer. */
export async function sendMore(
  request: HttpRequest,
  config: HttpConfig,
  holdings: Holdings,
  send: (request: HttpRequest) => Promise<Answer>,
): Promise<Answer> {
  const cache = cacheOf(config.cache);
  const conditions = cache === null ? [] : (holdings.cache?.conditions(request) ?? []);
  holdings.digests ??= new Map();
  const answer = await sendWithAuth({ ...request, extra: conditions }, holdings.digests, send);
  if (cache !== null) holdings.cache?.store(answer, cache);
  return answer;
}
