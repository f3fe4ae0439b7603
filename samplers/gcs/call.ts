import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { request } from 'undici';
import { jsonIn } from '../../engine/model/json.ts';
import type { SentRequest } from '../../engine/model/sample.ts';
import type { SampleContext } from '../../engine/model/sampler.ts';
import { causeOf, detailOf } from '../http/cause.ts';
import { circumstances, plainFault, type Fault, type Stage } from '../http/fault.ts';
import { headerBytes, shownHeaders } from '../google/headers.ts';
import { authorized } from '../google/authorized.ts';
import type { Session } from '../google/session.ts';
import type { Target } from '../google/target.ts';
import { UnexpectedAnswer } from '../google/unexpected-answer.ts';
import { checkSuccess } from './expected-answer.ts';
import type { Line } from './line.ts';
import { refusalOf, type Refusal } from './refusal.ts';

type Headers = Readonly<Record<string, string>>;

const nobody: Headers = {};

/** One request of an operation. */
export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** Content of a request. Pieces are asked for anew each time that it is sent. */
export type Body = string | Buffer | (() => Iterable<Uint8Array> | AsyncIterable<Uint8Array>) | null;

export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
}

/** An answer that was read to its end. */
export interface ReadAnswer extends Omit<Answer, 'body'> {
  readonly body: string;
  /** What it is as JSON; undefined if it is none, or a refusal. */
  readonly json: unknown;
  /** Why the request was not fulfilled; null if it was. */
  readonly refusal: Refusal | null;
}

/** What all calls of one operation share. */
export interface CallOptions {
  readonly context: SampleContext;
  readonly line: Line;
  readonly target: Target;
  /** Null: nobody is told who asks. */
  readonly session: Session | null;
  /** Ends the operation: the time is over, or the run. */
  readonly signal: AbortSignal;
  /** Waits before a request is sent again for the n-th time, from 0. */
  readonly pause: (attempt: number, signal: AbortSignal) => Promise<void>;
  /** Waits for a token, out of the sample's time. */
  readonly aside: <T>(work: Promise<T>) => Promise<T>;
}

/**
 * The requests of one operation, and what is told of them: bytes, the last answer, why there was none.
 *
 * Bytes are counted as HTTP/1.1 writes them, without chunk framing and without headers that the transport adds.
 */
export class Call {
  bytesSent = 0;
  bytesReceived = 0;
  /** Requests that were sent again. */
  retries = 0;
  /** The last answer, and the request before it. */
  status = 0;
  statusText = '';
  headers: IncomingHttpHeaders = {};
  sent: SentRequest | null = null;
  /** Why the last request was not fulfilled; null if it was. */
  refusal: Refusal | null = null;
  /** Why the last request was not answered; null if it was. */
  error: Error | null = null;
  /** The last answer, which was a success and not what was asked for; null if it was. */
  unexpected: UnexpectedAnswer | null = null;
  readonly options: CallOptions;
  /** Of which this one is a branch. */
  readonly #whole: Call | null;
  /** Of the last request; empty before the first. */
  url = '';
  #stage: Stage = 'connect';
  #bodyBytes = 0;

  constructor(options: CallOptions, whole: Call | null = null) {
    this.options = options;
    this.#whole = whole;
    options.line.watchers.add(this);
  }

  /** The line has opened a connection. */
  connected(): void {
    if (this.#stage === 'body') return;
    this.#stage = 'answer';
    this.options.context.connected();
  }

  /** A call beside this one, on the same line. */
  branch(context: SampleContext): Call {
    return new Call({ ...this.options, context }, this);
  }

  /** A branch is done; its answer is that of the whole if it `answers`. */
  join(branch: Call, answers: boolean): void {
    this.retries += branch.retries;
    const { url, status, statusText, headers, sent } = branch;
    if (answers) Object.assign(this, { url, status, statusText, headers, sent });
  }

  /** Where the last request went. */
  get host(): string {
    return URL.canParse(this.url) ? new URL(this.url).host : this.url;
  }

  /** What an error of the transport amounts to, at the stage that the last request had come to. */
  faultOf(error: Error): Fault {
    const announced =
      this.#stage === 'body' ? Number(this.headers['content-length'] ?? Number.NaN) : Number.NaN;
    const expectedBytes = Number.isFinite(announced) ? announced : null;
    const bodyBytes = this.#bodyBytes;
    const cause = causeOf(error, this.#stage, expectedBytes !== null && bodyBytes < expectedBytes);
    const found = {
      ...circumstances(this.host, detailOf(error)),
      stage: this.#stage,
      bodyBytes,
      expectedBytes,
    };
    return plainFault(cause, found);
  }

  /** The fault of a cause of ours, such as the end of the time. */
  faultFor(cause: string, limitMs: number): Fault {
    const bodyBytes = this.#bodyBytes;
    return plainFault(cause, { ...circumstances(this.host, ''), stage: this.#stage, bodyBytes, limitMs });
  }

  /** Sends one request; once more with a new token after a 401. The body of the answer must be read, or destroyed. */
  async send(request: Request): Promise<Answer> {
    const { session, aside } = this.options;
    if (session === null) return this.#once(request, nobody);
    return authorized({
      session: this.#mayKnow(request.url) ? session : null,
      send: (headers) => this.#once(request, headers),
      isUnauthorized: ({ status }) => status === 401,
      discard: ({ body }) => {
        this.retries += 1;
        body.resume();
      },
      aside,
    });
  }

  async #once({ method, url, headers: own, body }: Request, authorization: Headers): Promise<Answer> {
    const { line, signal, context } = this.options;
    this.#begin(url);
    try {
      const headers = { ...own, ...authorization };
      this.#note(method, url, headers);
      const options = {
        method: methodOf(method),
        headers,
        body: this.#counted(body),
        dispatcher: line.dispatcher,
        signal,
      };
      const answer = await request(url, options);
      context.firstByte();
      const { statusCode: status, statusText, headers: told } = answer;
      Object.assign(this, { status, statusText, headers: told });
      this.#countReceived(headBytes(`HTTP/1.1 ${status} ${statusText}`, told));
      return { status, statusText, headers: told, body: this.#observed(answer.body) };
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** A token goes to Google, and where the plan sends it, but not where an answer leads. */
  #mayKnow(url: string): boolean {
    const { origin, hostname } = new URL(url);
    return /(^|\.)googleapis\.com$/.test(hostname) || origin === this.options.target.endpoint;
  }

  /** Sends one request, once, and reads the whole answer. An answer that is a refusal is noted, not thrown. */
  async ask(request: Request): Promise<ReadAnswer> {
    const { body, ...answer } = await this.send(request);
    try {
      const text = await textOf(body);
      const refusal = refusalOf(answer.status, answer.statusText, text);
      this.refusal = refusal;
      const contentType = answer.headers['content-type'] ?? '';
      const json = refusal === null ? jsonIn(text) : undefined;
      this.expects(() => checkSuccess(request, { status: answer.status, contentType, text, json }));
      return { ...answer, body: text, json, refusal };
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** What a check gives. Notes the `UnexpectedAnswer` that it throws, and throws it. */
  expects<T>(check: () => T): T {
    try {
      return check();
    } catch (error) {
      if (error instanceof UnexpectedAnswer) this.unexpected = error;
      throw error;
    }
  }

  #countSent(bytes: number): void {
    this.bytesSent += bytes;
    if (this.#whole) this.#whole.#countSent(bytes);
  }

  #countReceived(bytes: number): void {
    this.bytesReceived += bytes;
    if (this.#whole) this.#whole.#countReceived(bytes);
  }

  #begin(url: string): void {
    this.url = url;
    if (this.#whole?.url === '') this.#whole.url = url;
    this.refusal = null;
    this.error = null;
    this.unexpected = null;
    this.#bodyBytes = 0;
    this.#stage = this.options.line.hasConnected ? 'answer' : 'connect';
  }

  #failed(error: unknown): Error {
    this.error = error instanceof Error ? error : new Error(String(error));
    return this.error;
  }

  #observed(body: Readable): Readable {
    this.#stage = 'body';
    body.once('error', (error) => this.#failed(error));
    return body.on('data', (piece: Buffer) => {
      this.#countReceived(piece.length);
      this.#bodyBytes += piece.length;
    });
  }

  #note(method: string, url: string, headers: Readonly<Record<string, string>>): void {
    this.#countSent(headBytes(`${method} ${url} HTTP/1.1`, headers));
    if (!this.options.context.keepRequest) return;
    this.sent = { method, url, headers: shownHeaders(headers), body: '' };
  }

  #counted(body: Body): string | Buffer | Readable | null {
    if (body === null) return null;
    if (typeof body === 'function')
      return Readable.from(this.#countedPieces(body()), { objectMode: true, highWaterMark: 1 });
    this.#countSent(Buffer.byteLength(body));
    return body;
  }

  async *#countedPieces(
    pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.#countSent(piece.length);
      yield piece;
    }
  }
}

/** The whole of an answer's body. */
export function textOf(body: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    body.on('data', (piece: Buffer) => pieces.push(piece));
    body.on('end', () => resolve(Buffer.concat(pieces).toString()));
    body.on('error', reject);
  });
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function methodOf(method: string): (typeof methods)[number] {
  return methods.find((one) => one === method.toUpperCase()) ?? 'GET';
}

function headBytes(
  firstLine: string,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): number {
  return firstLine.length + 2 + headerBytes(headers);
}
