import type { SampleContext } from '../../engine/model/sampler.ts';
import { causeOf, detailOf } from './cause.ts';
import type { Connection } from './connection.ts';
import type { ConnectionKind } from './connection-kind.ts';
import type { Fault, Stage } from './fault.ts';
import { faultOf } from './fault.ts';
import type { Proxy } from './proxy.ts';
import { isRedirect } from './redirect.ts';
import type { HttpRequest } from './request.ts';
import { requestBytes, sentHeaders } from './request.ts';
import type { RawHeaders } from './response-headers.ts';
import { findHeader, headerBytes } from './response-headers.ts';
import type { HttpConfig } from './schema.ts';
import { urlOf } from './target.ts';
import type { Tenant } from './wire.ts';

/** What came back for one request, or why it did not. */
export interface Answer {
  readonly request: HttpRequest;
  /** The Cookie header that was sent; empty for none. */
  readonly cookie: string;
  /** 0 when no status came. */
  readonly status: number;
  readonly statusText: string;
  readonly headers: RawHeaders;
  /** The body as it came over the wire; empty unless it is wanted. */
  readonly chunks: readonly Buffer[];
  readonly fault: Fault | null;
  /** Status line, headers and body as they came over the wire, without chunk framing. */
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /**
   * The server had closed the connection, which had served before, and sent nothing for this request: it may not have seen
   * it.
   */
  readonly isStale: boolean;
}

/** All requests of one sample. */
export interface Operation {
  readonly config: HttpConfig;
  readonly context: SampleContext;
  /** Whether the body of an answer is kept, by its headers; those of redirects that are followed are not. */
  readonly keepsBody: (headers: RawHeaders) => boolean;
  /** Nothing but listeners will see the body of the last answer. */
  readonly onlyShown: boolean;
  /** What its connections are like. */
  readonly kind: ConnectionKind;
  /** Times of `performance.now()`. The whole operation must be over by the second. */
  readonly startMs: number;
  readonly totalAtMs: number;
}

const noHeaders: RawHeaders = [];
const staleCauses: ReadonlySet<string> = new Set(['closed.before_headers', 'reset.before_headers']);
const PROXY_HEADER = 'proxy-authorization';

/**
 * One request and its answer on one connection. What goes wrong is the answer's `fault`.
 *
 * It is a handler of undici's older interface, which passes headers as raw buffers, which are looked at only if
 * something needs them.
 */
export class Exchange implements Tenant, Answer {
  readonly request: HttpRequest;
  readonly cookie: string;
  status = 0;
  statusText = '';
  headers = noHeaders;
  chunks: Buffer[] = [];
  fault: Fault | null = null;
  readonly #operation: Operation;
  readonly #connection: Connection;
  readonly #done: (answer: Answer) => void;
  #headBytes = 0;
  #bodyBytes = 0;
  #isSent = false;
  #isReused = true;
  #isOver = false;
  #hasBegun = false;
  #isStale = false;
  #keepsBody = false;
  #stage: Stage = 'answer';
  /** When the stage began, or the last piece of body came. */
  #markMs: number;

  /** `cookie`: the Cookie header; empty for none. */
  constructor(
    request: HttpRequest,
    operation: Operation,
    connection: Connection,
    cookie: string,
    done: (answer: Answer) => void,
  ) {
    this.request = request;
    this.#operation = operation;
    this.#connection = connection;
    this.cookie = cookie;
    this.#done = done;
    this.#markMs = operation.startMs;
  }

  get bytesReceived(): number {
    return this.#headBytes + this.#bodyBytes;
  }

  get bytesSent(): number {
    if (!this.#isSent) return 0;
    const { origin } = this.request.target;
    const proxy = this.#connection.askedProxy;
    const forProxy = proxy === null ? 0 : origin.name.length + proxyHeaderBytes(proxy);
    return requestBytes(this.request, this.cookie) + forProxy;
  }

  get isStale(): boolean {
    return this.#isStale;
  }

  start(): void {
    const { method, target, headers, body } = this.request;
    const { askedProxy } = this.#connection;
    this.#connection.wakeBy(this.#deadlineMs());
    this.#connection.serve(
      {
        method,
        path: askedProxy === null ? target.path : urlOf(target),
        headers: this.#headerList(),
        body,
        reset: headers.closes,
      },
      this,
    );
  }

  #headerList(): string[] {
    const list = sentHeaders(this.request, this.cookie);
    const authorization = this.#connection.askedProxy?.authorization ?? '';
    return authorization === '' ? list : [...list, PROXY_HEADER, authorization];
  }

  connecting(): void {
    this.#isReused = false;
    this.#enter('connect');
  }

  tunnelling(): void {
    this.#stage = 'tunnel';
  }

  handshaking(): void {
    this.#stage = 'handshake';
  }

  connected(): void {
    this.#operation.context.connected();
    this.#enter('answer');
  }

  onConnect(): void {
    this.#isSent = true;
  }

  onResponseStarted(): void {
    this.#hasBegun = true;
  }

  onHeaders(status: number, raw: Buffer[], _resume: () => void, statusText: string): boolean {
    if (this.#isOver) return true;
    const { config, context } = this.#operation;
    context.firstByte();
    this.#headBytes += 'HTTP/1.1 200 \r\n'.length + statusText.length + headerBytes(raw);
    if (status < 200) return true;
    this.status = status;
    this.statusText = statusText;
    this.headers = raw;
    const isHop = config.followRedirects && isRedirect(status);
    this.#keepsBody = this.#operation.keepsBody(raw) && (!isHop || context.keepOfParts?.keepBody === true);
    this.#enter('body');
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.#isOver) return true;
    const { config } = this.#operation;
    this.#bodyBytes += chunk.length;
    if (this.#bodyBytes > config.maxResponseSize) this.end('response.too_large');
    else if (this.#keepsBody) this.chunks.push(chunk);
    if (config.idleTimeout) this.#markMs = performance.now();
    return true;
  }

  onComplete(): void {
    if (!this.#isOver) this.#finish(null);
  }

  onError(error: Error): void {
    if (this.#isOver) return;
    const expected = this.#expectedBytes();
    const missing = this.#stage === 'body' && expected !== null && this.#bodyBytes < expected;
    const cause = causeOf(error, this.#stage, missing);
    this.#isStale = this.#isReused && this.#isSent && !this.#hasBegun && staleCauses.has(cause);
    this.#fail(cause, detailOf(error));
  }

  /** Ends the exchange for a cause of ours. */
  end(cause: string): void {
    this.#fail(
      cause,
      cause === 'response.too_large' ? `${this.#operation.config.maxResponseSize} bytes` : '',
    );
  }

  woken(): void {
    const nowMs = performance.now();
    const { config, totalAtMs } = this.#operation;
    if (nowMs < this.#deadlineMs()) this.#connection.wakeBy(this.#deadlineMs());
    else if (nowMs >= totalAtMs) this.#fail('timeout.total', '', config.timeout);
    else this.#fail(timeoutCauses[this.#stage], '', this.#stageLimitMs());
  }

  /** Begins a stage. The clock is read only if the stage has a limit. */
  #enter(stage: Stage): void {
    this.#stage = stage;
    if (this.#stageLimitMs() === Infinity) return;
    this.#markMs = performance.now();
    this.#connection.wakeBy(this.#deadlineMs());
  }

  #deadlineMs(): number {
    return Math.min(this.#operation.totalAtMs, this.#markMs + this.#stageLimitMs());
  }

  #stageLimitMs(): number {
    const { connectTimeout, firstByteTimeout, idleTimeout } = this.#operation.config;
    const limitMs =
      this.#stage === 'body' ? idleTimeout : this.#stage === 'answer' ? firstByteTimeout : connectTimeout;
    return limitMs === undefined || limitMs === 0 ? Infinity : limitMs;
  }

  #expectedBytes(): number | null {
    const text = findHeader(this.headers, 'content-length')?.toString('latin1');
    const isBodiless = this.request.method === 'HEAD' || this.status === 204 || this.status === 304;
    return text === undefined || isBodiless ? null : Number(text);
  }

  #fail(cause: string, detail: string, limitMs = 0): void {
    this.#finish(
      faultOf(cause, {
        host: this.request.target.origin.host,
        stage: this.#stage,
        reused: this.#isReused && this.#isSent,
        bodyBytes: this.#bodyBytes,
        expectedBytes: this.#expectedBytes(),
        limitMs,
        detail,
      }),
    );
    void this.#connection.destroy();
  }

  #finish(fault: Fault | null): void {
    this.#isOver = true;
    this.fault = fault;
    this.#connection.vacate();
    this.#done(this);
  }
}

const timeoutCauses: Readonly<Record<Stage, string>> = {
  connect: 'connect.timeout',
  tunnel: 'proxy.timeout',
  handshake: 'tls.timeout',
  answer: 'timeout.first_byte',
  body: 'timeout.idle',
};

function proxyHeaderBytes({ authorization }: Proxy): number {
  return authorization === '' ? 0 : PROXY_HEADER.length + ': \r\n'.length + authorization.length;
}
