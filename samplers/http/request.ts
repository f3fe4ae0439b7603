import { messageOf } from '../../engine/model/errors.ts';
import { masked } from '../../engine/model/masked.ts';
import type { Auth } from './auth.ts';
import { charsetWriter, fieldsIn, UnwritableText } from './charset.ts';
import type { Fault } from './fault.ts';
import { fault } from './fault.ts';
import { graphqlQuery } from './graphql.ts';
import type { ReadBytes } from '../../engine/model/ports.ts';
import { isGraphqlInUrl, requestBody } from './request-body.ts';
import type { RequestHeaders } from './request-headers.ts';
import { closing, contentTypes, headersWithAuth, requestHeaders } from './request-headers.ts';
import type { HttpConfig } from './schema.ts';
import type { Target } from './target.ts';
import { targetOf } from './target.ts';

/** One request as it goes over the wire; cookies of the jar are added when it is sent. */
export interface HttpRequest {
  readonly method: string;
  readonly target: Target;
  readonly headers: RequestHeaders;
  readonly body: Buffer | null;
  /** What people read instead of the body; null: the body. */
  readonly shownBody: string | null;
  /** Credentials for this origin. */
  readonly auth: Auth | null;
  /** Name, value …: headers that are made for this one sending, after all others but Cookie. */
  readonly extra: readonly string[];
  /** The same request as people may see it; null: as it is. */
  readonly told: ToldRequest | null;
}

/** A request with `***` in the place of secrets. */
export interface ToldRequest {
  readonly target: Target;
  /** Made when somebody asks for it: a body may be large. */
  whole(): HttpRequest;
}

/** Methods whose requests carry `content-length: 0` when they have no body (undici, `writeH1`). */
export const expectBody = new Set(['POST', 'PUT', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH']);

export const noExtra: readonly string[] = [];

/** The request that a configuration asks for, or why there can be none. */
export function requestOf(config: HttpConfig, readBytes: ReadBytes): HttpRequest | Fault {
  try {
    return made(config.charset === undefined ? config : inCharset(config), readBytes);
  } catch (error) {
    return error instanceof UnwritableText ? unwritable(error) : unreadable(error);
  }
}

/** Throws when a file cannot be read, and an `UnwritableText`. */
function made(config: HttpConfig, readBytes: ReadBytes): HttpRequest | Fault {
  const target = targetOf(isGraphqlInUrl(config) ? withGraphqlQuery(config) : config);
  if ('remedy' in target) {
    const { message, remedy } = target;
    return fault('url.malformed', {
      exception: 'java.net.MalformedURLException',
      message,
      sentence: `${message}. ${remedy}`,
    });
  }
  const body = requestBody(config, readBytes);
  const auth = config.auth === undefined || config.auth === 'none' ? null : config.auth;
  const given = requestHeaders(config.headers, body.kind, config.decompress);
  const headers = config.keepAlive ? given : closing(given);
  return {
    method: config.method.toUpperCase(),
    target,
    headers: auth === null ? headers : headersWithAuth(headers),
    body: body.bytes,
    shownBody: body.shown,
    auth,
    extra: noExtra,
    told: null,
  };
}

/** The request with how it is told, made of the configuration as people may see it; or why there can be none, in its words. */
export function toldRequestOf(
  config: HttpConfig,
  shown: HttpConfig,
  readBytes: ReadBytes,
): HttpRequest | Fault {
  const request = requestOf(config, readBytes);
  if ('cause' in request) return worded(request, () => requestOf(shown, readBytes));
  const target = targetOf(isGraphqlInUrl(shown) ? withGraphqlQuery(shown) : shown);
  const whole = () => {
    const told = requestOf({ ...shown, method: config.method }, readBytes);
    return 'cause' in told ? { ...request, body: null, shownBody: masked } : told;
  };
  const place = 'remedy' in target ? { origin: request.target.origin, path: `/${masked}` } : target;
  return { ...request, told: { target: place, whole } };
}

/** Of a request that cannot be told either, the mistake in the words that can. */
function worded(fault: Fault, again: () => HttpRequest | Fault): Fault {
  const told = again();
  return 'cause' in told ? told : fault;
}

/** Bytes on the wire: request line, headers and body. TLS is not counted. */
export function requestBytes(request: HttpRequest, cookie: string): number {
  const { method, target, headers, body, extra } = request;
  const line = method.length + target.path.length + ' HTTP/1.1\r\n'.length + 1;
  const host = headers.givesHost ? 0 : 'host: \r\n'.length + target.origin.host.length;
  const connection = headers.closes ? 'connection: close\r\n'.length : 'connection: keep-alive\r\n'.length;
  const cookieLine = cookie === '' ? 0 : 'cookie: \r\n'.length + cookie.length;
  const bodyBytes = body === null ? 0 : body.byteLength;
  const hasLength = bodyBytes > 0 || expectBody.has(method);
  const length = hasLength ? 'content-length: \r\n'.length + String(bodyBytes).length : 0;
  let extraBytes = 0;
  for (const text of extra) extraBytes += text.length + 2;
  return line + host + connection + headers.bytes + extraBytes + cookieLine + length + 2 + bodyBytes;
}

/** Header names and values as they are sent, one after the other; those of the connection apart. */
export function sentHeaders({ headers, extra }: HttpRequest, cookie: string): string[] {
  if (cookie === '' && extra.length === 0) return headers.list;
  return cookie === '' ? [...headers.list, ...extra] : [...headers.list, ...extra, 'cookie', cookie];
}

function withGraphqlQuery(config: HttpConfig): HttpConfig {
  if (config.graphql === undefined) return config;
  const operation = graphqlQuery(config.graphql);
  return { ...config, query: config.query ? `${config.query}&${operation}` : operation };
}

/** Fields are percent-encoded by then, in UTF-8; the content types that go without saying name the charset. */
function inCharset(config: HttpConfig): HttpConfig {
  const { charset = '', query, form, json, graphql } = config;
  const write = charsetWriter(charset);
  const kind = form !== undefined ? 'form' : (json ?? graphql) !== undefined ? 'json' : null;
  return {
    ...config,
    ...(query !== undefined && { query: fieldsIn(write, query) }),
    ...(form !== undefined && { form: fieldsIn(write, form) }),
    ...(kind !== null && {
      headers: {
        'content-type': `${contentTypes[kind]['content-type']}; charset=${charset}`,
        ...config.headers,
      },
    }),
  };
}

function unwritable({ message }: UnwritableText): Fault {
  return fault('request.charset', {
    exception: 'java.nio.charset.UnmappableCharacterException',
    message,
    sentence: `the request cannot be written in the charset that it asks for: ${message}`,
  });
}

function unreadable(error: unknown): Fault {
  const message = messageOf(error);
  return fault('request.file', {
    exception: 'java.io.FileNotFoundException',
    message,
    sentence: `a file that this request sends cannot be read: ${message}`,
  });
}
