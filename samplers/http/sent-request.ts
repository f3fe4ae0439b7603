import type { SentRequest } from '../../engine/model/sample.ts';
import type { HttpRequest } from './request.ts';
import { urlOf } from './target.ts';

/** What was sent, for elements and listeners that read it; headers that undici adds included. */
export function sentRequest(exchange: {
  readonly request: HttpRequest;
  readonly cookie: string;
}): SentRequest {
  const { method, target, headers, body } = exchange.request;
  const pairs: [string, string][] = headers.givesHost ? [] : [['host', target.origin.host]];
  pairs.push(['connection', headers.closes ? 'close' : 'keep-alive']);
  for (let i = 0; i < headers.list.length; i += 2) {
    pairs.push([(headers.list[i] ?? '').toLowerCase(), headers.list[i + 1] ?? '']);
  }
  if (exchange.cookie !== '') pairs.push(['cookie', exchange.cookie]);
  if (body !== null) pairs.push(['content-length', String(body.byteLength)]);
  return { method, url: urlOf(target), headers: pairs, body: body?.toString() ?? '' };
}
