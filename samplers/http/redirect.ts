import type { Circumstances, Fault } from './fault.ts';
import { circumstances, faultOf } from './fault.ts';
import type { HttpRequest } from './request.ts';
import { noExtra } from './request.ts';
import { withoutHeaders } from './request-headers.ts';
import type { Target } from './target.ts';
import { targetOfUrl, urlOf } from './target.ts';

/** Whether a status asks to go elsewhere (RFC 9110 §15.4). */
export function isRedirect(status: number): boolean {
  return status > 300 && (status <= 303 || status === 307 || status === 308) && status < 309;
}

/**
 * The request that follows a redirect.
 *
 * 301, 302 and 303 turn every method but HEAD into a GET without body; 307 and 308 keep both. On a change
 * of origin credentials and the author's Authorization and Cookie headers are dropped: they were meant for the first one.
 */
export function redirected(
  request: HttpRequest,
  status: number,
  location: string | undefined,
): HttpRequest | Fault {
  const { method, target } = request;
  const from: Circumstances = circumstances(
    target.origin.host,
    `${method} ${urlOf(request.told?.target ?? target)}`,
  );
  if (location === undefined) return faultOf('redirect.location', from);
  const url = URL.canParse(location, urlOf(target)) ? new URL(location, urlOf(target)) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    return faultOf('redirect.target', { ...from, detail: location });
  }
  return towards(request, targetOfUrl(url), status >= 307);
}

/** The request for another target: the same, or a GET without body. */
function towards(request: HttpRequest, next: Target, keeps: boolean): HttpRequest {
  const { method, target, body, shownBody, auth, headers, told } = request;
  const staysHome = next.origin.name === target.origin.name;
  const dropped = [
    ...(keeps ? [] : ['content-type']),
    ...(staysHome ? [] : ['authorization', 'proxy-authorization', 'cookie', 'host']),
  ];
  return {
    method: keeps || method === 'HEAD' ? method : 'GET',
    target: next,
    headers: withoutHeaders(headers, dropped),
    body: keeps ? body : null,
    shownBody: keeps ? shownBody : null,
    auth: staysHome ? auth : null,
    extra: noExtra,
    told: told && { target: next, whole: () => towards(told.whole(), next, keeps) },
  };
}
