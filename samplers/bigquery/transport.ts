import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { jsonIn, type Json } from '../../engine/model/json.ts';
import { ApiFailure, apiFailure, transportFailure, TransportFailure } from '../google/failure.ts';
import { authorized } from '../google/authorized.ts';
import {
  growingPause,
  isPassingCause,
  isPassingStatus,
  mayHaveArrived,
  type Pause,
} from '../google/passing.ts';
import { checkAnswer, checkDeletion, UnexpectedAnswer } from '../google/unexpected-answer.ts';
import type { ProxyFor } from '../http/environment-proxies.ts';
import type { Session } from '../google/session.ts';
import { Connections } from './connections.ts';
import type { Exchange } from './exchange.ts';
import { expectedOf } from './expected-answer.ts';
import { ourHeaders } from './our-headers.ts';

/** A request as the official client hands it on (`DecorateRequestOptions` of @google-cloud/common 6). */
export interface ClientRequest {
  readonly uri: string;
  readonly method?: string;
  readonly qs?: Readonly<Record<string, unknown>>;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ours, for uploads: pieces, made anew for each attempt. */
  readonly content?: () => AsyncIterable<Uint8Array>;
}

type Headers = Readonly<Record<string, string>>;

const nobody: Headers = {};

/** The longest wait before a request is sent again. */
const longestPauseMs = 32_000;

/** The form in which the client reads it. */
export interface ClientAnswer {
  readonly body: Json | undefined;
  readonly statusCode: number;
}

/**
 * Sends what the official client would send, over undici instead of the client's own way.
 *
 * The client (8.3.1) passes its time limit to a library that ignores it, so that a silent server holds it for ever; and it
 * tells neither bytes nor the first byte. Here a signal ends a request at once.
 */
export class Transport {
  readonly #connections = new Map<string, Connections>();
  readonly #pause: Pause;
  #lastUrl: { readonly uri: string; readonly url: URL } | null = null;
  readonly #withText = new Map<Headers, Headers>();
  readonly #without = new Map<Headers, Headers>();
  readonly #proxyFor: ProxyFor;

  constructor(pause: Pause = growingPause(longestPauseMs), proxyFor: ProxyFor = () => null) {
    this.#proxyFor = proxyFor;
    this.#pause = async (attempt, signal) => {
      await pause(attempt, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        throw error;
      });
    };
  }

  /** Rejects with an `ApiFailure` for a status that is no success, with a `TransportFailure`, or with the reason of the signal. */
  async send(request: ClientRequest, exchange: Exchange): Promise<ClientAnswer> {
    let before: ApiFailure['before'] = 'nothing';
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#authorized(request, exchange);
      } catch (error) {
        if (error instanceof ApiFailure) error.before = before;
        before = before === 'a lost answer' || isLost(error) ? 'a lost answer' : 'refusals';
        if (attempt >= exchange.retries || !isPassing(error)) throw error;
        exchange.retried += 1;
        await this.#pause(attempt, exchange.signal);
      }
    }
  }

  async close(): Promise<void> {
    const all = [...this.#connections.values()];
    this.#connections.clear();
    await Promise.all(all.map((one) => one.destroy()));
  }

  #authorized(request: ClientRequest, exchange: Exchange): Promise<ClientAnswer> {
    const { session } = exchange;
    return session === null
      ? this.#once(request, exchange, nobody)
      : this.#withToken(request, exchange, session);
  }

  /** A 401 is an answer as long as a new token may help. */
  async #withToken(request: ClientRequest, exchange: Exchange, session: Session): Promise<ClientAnswer> {
    const { aside } = exchange;
    const answer = await authorized<ClientAnswer | ApiFailure>({
      session,
      send: (headers) => this.#once(request, exchange, headers).catch(onlyUnauthorized),
      isUnauthorized: (one) => one instanceof ApiFailure,
      discard: () => (exchange.retried += 1),
      aside,
    });
    if (answer instanceof ApiFailure) throw answer;
    return answer;
  }

  async #once(request: ClientRequest, exchange: Exchange, authorization: Headers): Promise<ClientAnswer> {
    const { signal } = exchange;
    const url = this.#urlOf(request);
    const method = request.method ?? 'GET';
    const text = request.json === undefined ? '' : JSON.stringify(request.json);
    const headers = this.#headersOf(request, text !== '', authorization);
    const body = request.content ? Readable.from(exchange.counted(request.content())) : text || null;
    exchange.sent({ method, url, headers, text });
    let stage: 'answer' | 'body' = 'answer';
    try {
      const path = `${url.pathname}${url.search}`;
      const answer = await this.#to(url).request({ path, method, headers, body, signal }, exchange);
      exchange.answered(answer);
      stage = 'body';
      const bytes = await answer.body.bytes();
      exchange.received(bytes.length);
      const isZipped = answer.headers['content-encoding'] === 'gzip' && bytes.length > 0;
      const content = textOf(isZipped ? await unzip(bytes) : bytes);
      const judgement = judged(answer, content, exchange.session !== null);
      expect({ method, path: url.pathname }, answer, { text: content, json: judgement.body });
      exchange.read(judgement.body);
      return judgement;
    } catch (error) {
      if (error instanceof ApiFailure || error instanceof UnexpectedAnswer) throw error;
      signal.throwIfAborted();
      throw transportFailure(error, url.host, stage);
    }
  }

  /** Requests of one kind have one address. */
  #urlOf(request: ClientRequest): URL {
    const { uri, qs } = request;
    if (qs !== undefined) return urlOf(request);
    if (this.#lastUrl?.uri !== uri) this.#lastUrl = { uri, url: new URL(uri) };
    return this.#lastUrl.url;
  }

  /** Those that do not say who asks are the same each time. */
  #headersOf({ headers: own = nobody }: ClientRequest, hasText: boolean, authorization: Headers): Headers {
    const known = hasText ? this.#withText : this.#without;
    let all = known.get(own);
    if (all === undefined) {
      all = {
        ...own,
        ...(hasText ? { 'content-type': 'application/json' } : {}),
        accept: 'application/json',
        'accept-encoding': 'gzip',
      };
      // The official client makes its headers anew for each request.
      if (own === ourHeaders || own === nobody) known.set(own, all);
    }
    return authorization === nobody ? all : { ...all, ...authorization };
  }

  #to({ origin }: URL): Connections {
    const known = this.#connections.get(origin);
    if (known !== undefined) return known;
    const connections = new Connections(origin, this.#proxyFor);
    this.#connections.set(origin, connections);
    return connections;
  }
}

/** Options of the client's functions that its own way of sending takes out again. */
const notSent: ReadonlySet<string> = new Set(['autoPaginate', 'autoPaginateVal', 'skipParsing', 'job']);

function urlOf({ uri, qs = {} }: ClientRequest): URL {
  const url = new URL(uri);
  for (const [key, value] of Object.entries(qs)) {
    const isText = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (isText && !notSent.has(key)) url.searchParams.set(key, String(value));
  }
  return url;
}

const unzip = promisify(gunzip);

/** Without a copy of the bytes. */
function textOf({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString();
}

function judged(
  { statusCode, statusText }: Dispatcher.ResponseData,
  text: string,
  isSignedIn: boolean,
): ClientAnswer {
  const body = jsonIn(text);
  if (statusCode < 200 || statusCode > 299)
    throw apiFailure(statusCode, statusText, body ?? text, isSignedIn);
  return { body, statusCode };
}

/** A success must be what was asked for. */
function expect(
  { method, path }: { readonly method: string; readonly path: string },
  { statusCode: status, headers }: Dispatcher.ResponseData,
  content: { readonly text: string; readonly json: unknown },
): void {
  const answer = { status, contentType: String(headers['content-type'] ?? ''), ...content };
  if (method === 'DELETE') checkDeletion(answer);
  else checkAnswer(answer, expectedOf(method, path));
}

function onlyUnauthorized(error: unknown): ApiFailure {
  if (error instanceof ApiFailure && error.code === 401) return error;
  throw error;
}

/** Whether the request may have been carried out, though nobody has said so. */
function isLost(error: unknown): boolean {
  if (error instanceof TransportFailure) return mayHaveArrived({ cause: error.fault.cause });
  return error instanceof ApiFailure && mayHaveArrived({ status: error.code });
}

const passingReasons: ReadonlySet<string> = new Set(['rateLimitExceeded', 'backendError', 'internalError']);

/** What may be different the next time; the official client asks again for the same. */
function isPassing(error: unknown): boolean {
  if (error instanceof TransportFailure) return isPassingCause(error.fault.cause);
  if (!(error instanceof ApiFailure)) return false;
  return passingReasons.has(error.reason) || isPassingStatus(error.code);
}
