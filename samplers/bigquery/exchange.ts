import type { SentRequest } from '../../engine/model/sample.ts';
import type { SampleContext } from '../../engine/model/sampler.ts';
import { headerBytes, headerPairs, shownHeaders } from '../google/headers.ts';
import type { Session } from '../google/session.ts';
import { inside, textInside } from '../google/inside.ts';

type Headers = Readonly<Record<string, string>>;

/** What is known of a request when it is sent. */
interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly text: string;
}

/** What is known of an answer once its headers are there. */
interface Answered {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface JobName {
  readonly id: string;
  /** Empty: where BigQuery finds it. */
  readonly location: string;
}

export interface ExchangeOptions {
  readonly context: Pick<SampleContext, 'connected' | 'firstByte'>;
  readonly signal: AbortSignal;
  /** Null: nobody is told who asks. */
  readonly session: Session | null;
  /** Waits for a token, out of the sample's time. */
  readonly aside: <T>(work: Promise<T>) => Promise<T>;
  /** How often a request is sent again. */
  readonly retries: number;
}

/**
 * All requests of one sample, and what they amount to: bytes as they are on the wire, but for what HTTP/1.1 adds in its chunks.
 */
export class Exchange {
  readonly signal: AbortSignal;
  readonly session: ExchangeOptions['session'];
  readonly aside: ExchangeOptions['aside'];
  readonly retries: number;
  retried = 0;
  /** What is cancelled when the sample is given up; null: nothing that is known of. */
  job: JobName | null = null;
  bytesSent = 0;
  bytesReceived = 0;
  /** Of the last answer; 0 before the first. */
  status = 0;
  /** What was to be done was done already, as the last answer says. */
  wasSo = false;
  #headers: Answered['headers'] = {};
  readonly #context: ExchangeOptions['context'];
  #first: Sent | undefined;

  constructor({ context, signal, session, aside, retries }: ExchangeOptions) {
    this.#context = context;
    this.signal = signal;
    this.session = session;
    this.aside = aside;
    this.retries = retries;
  }

  /** Of the last answer. */
  get headers(): readonly (readonly [name: string, value: string])[] {
    return headerPairs(this.#headers);
  }

  /** Where the first request went, without its parameters. */
  get url(): string | null {
    return this.#first === undefined ? null : this.#first.url.origin + this.#first.url.pathname;
  }

  /** The first request, without what says who asks. */
  get request(): SentRequest | undefined {
    if (this.#first === undefined) return undefined;
    const { method, url, headers, text } = this.#first;
    return { method, url: url.href, headers: shownHeaders(headers), body: text };
  }

  connected(): void {
    this.#context.connected();
  }

  sent(request: Sent): void {
    this.#first ??= request;
    const { method, url, headers, text } = request;
    const line = method.length + url.pathname.length + url.search.length + ' HTTP/1.1\r\n'.length + 1;
    this.bytesSent += line + headerBytes(headers) + Buffer.byteLength(text);
  }

  /** The pieces of a body as they pass. */
  async *counted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.bytesSent += piece.length;
      yield piece;
    }
  }

  answered({ statusCode, headers }: Answered): void {
    this.#context.firstByte();
    this.status = statusCode;
    this.#headers = headers;
    this.bytesReceived += 'HTTP/1.1 200 OK\r\n'.length + headerBytes(headers);
  }

  received(bytes: number): void {
    this.bytesReceived += bytes;
  }

  /** An answer that names a job which is still running tells what is to be cancelled. */
  read(body: unknown): void {
    const id = textInside(body, 'jobReference', 'jobId');
    const isQuery = inside(body, 'jobComplete') === false;
    if (id !== undefined && isQuery) {
      this.job = { id, location: textInside(body, 'jobReference', 'location') ?? '' };
    }
  }
}
