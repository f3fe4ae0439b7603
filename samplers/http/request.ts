import type { Fault } from './fault.ts';
import { fault } from './fault.ts';
import type { BodyKind, RequestHeaders } from './request-headers.ts';
import { requestHeaders } from './request-headers.ts';
import type { HttpConfig } from './schema.ts';
import type { Target } from './target.ts';
import { targetOf } from './target.ts';

/** One request as it goes over the wire; cookies of the jar are added when it is sent. */
export interface HttpRequest {
  readonly method: string;
  readonly target: Target;
  readonly headers: RequestHeaders;
  readonly body: Buffer | null;
}

/** Methods whose requests carry `content-length: 0` when they have no body (undici, `writeH1`). */
const expectBody = new Set(['POST', 'PUT', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH']);

/** The request that a configuration asks for, or why there can be none. */
export function requestOf(config: HttpConfig): HttpRequest | Fault {
  const target = targetOf(config);
  if ('remedy' in target) {
    const { message, remedy } = target;
    return fault('url.malformed', {
      exception: 'java.net.MalformedURLException',
      message,
      sentence: `${message}. ${remedy}`,
    });
  }
  const { json, form, body } = config;
  const text = json ?? form ?? body;
  if (text !== undefined && [json, form, body].filter((one) => one !== undefined).length > 1) {
    return fault('request.invalid', {
      exception: 'java.lang.IllegalArgumentException',
      message: 'more than one body',
      sentence: 'more than one of json, form and body is given. Keep one',
    });
  }
  const kind: BodyKind = json !== undefined ? 'json' : form !== undefined ? 'form' : 'none';
  return {
    method: config.method.toUpperCase(),
    target,
    headers: requestHeaders(config.headers, kind, config.decompress),
    body: text === undefined ? null : Buffer.from(text),
  };
}

/** Bytes on the wire: request line, headers and body. TLS is not counted. */
export function requestBytes(request: HttpRequest, cookie: string): number {
  const { method, target, headers, body } = request;
  const line = method.length + target.path.length + ' HTTP/1.1\r\n'.length + 1;
  const host = headers.givesHost ? 0 : 'host: \r\n'.length + target.origin.host.length;
  const connection = headers.closes ? 'connection: close\r\n'.length : 'connection: keep-alive\r\n'.length;
  const cookieLine = cookie === '' ? 0 : 'cookie: \r\n'.length + cookie.length;
  const bodyBytes = body === null ? 0 : body.byteLength;
  const hasLength = bodyBytes > 0 || expectBody.has(method);
  const length = hasLength ? 'content-length: \r\n'.length + String(bodyBytes).length : 0;
  return line + host + connection + headers.bytes + cookieLine + length + 2 + bodyBytes;
}
