import type { SentRequest } from '../../engine/model/sample.ts';
import type { HttpRequest } from './request.ts';
import { sentHeaders } from './request.ts';
import { urlOf } from './target.ts';

/**
 * What was sent, for elements and listeners that read it; headers that undici adds included. Credentials that
 * `auth` added are not told, and files of a multipart body are only named.
 */
export function sentRequest(exchange: {
  readonly request: HttpRequest;
  readonly cookie: string;
}): SentRequest {
  const { method, target, headers, body, shownBody, auth } = exchange.request;
  const pairs: [string, string][] = headers.givesHost ? [] : [['host', target.origin.host]];
  pairs.push(['connection', headers.closes ? 'close' : 'keep-alive']);
  pairs.push(...namedHeaders(sentHeaders(exchange.request, exchange.cookie), auth !== null));
  if (body !== null) pairs.push(['content-length', String(body.byteLength)]);
  return { method, url: urlOf(target), headers: pairs, body: shownBody ?? body?.toString() ?? '' };
}

/** The same as people may see it. Headers that were made for this one sending are told as they were. */
export function toldRequest({
  request,
  cookie,
}: {
  readonly request: HttpRequest;
  readonly cookie: string;
}): SentRequest {
  const { told, extra, auth, body } = request;
  if (told === null) return sentRequest({ request, cookie });
  const whole = { ...told.whole(), target: told.target, extra, auth };
  const sent = sentRequest({ request: whole, cookie });
  const length = body === null ? '0' : String(body.byteLength);
  return {
    ...sent,
    headers: sent.headers.map(([name, value]) => [name, name === 'content-length' ? length : value]),
  };
}

function namedHeaders(list: readonly string[], hidesCredentials: boolean): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < list.length; i += 2) {
    const name = list[i] ?? '';
    const value = list[i + 1] ?? '';
    const isHidden = hidesCredentials && name.toLowerCase() === 'authorization';
    pairs.push([name, isHidden ? `${value.split(' ', 1)[0] ?? ''} ***` : value]);
  }
  return pairs;
}
