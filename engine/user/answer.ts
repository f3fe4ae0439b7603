import type { Answer } from '../elements/element.ts';
import type { ExactJson } from '../json/exact-number.ts';
import { readJsonIn } from '../json/read-json.ts';
import type { Outcome } from '../model/sample.ts';
import { charsetOf } from '../text/charset-of.ts';
import { decoded } from '../text/read-text.ts';
import type { MeasuredPart } from './measured.ts';

const noBytes = new Uint8Array();
const noParts: readonly MeasuredPart[] = [];

type Headers = readonly (readonly [name: string, value: string])[];

/** What extractors and assertions read of an outcome; decoded once, when first asked for. */
export class LazyAnswer implements Answer {
  /** The variables whose extractors found nothing in it. */
  readonly misses: string[] = [];
  readonly elapsedMs: number;
  readonly #outcome: Outcome;
  readonly #parts: readonly MeasuredPart[];
  #partAnswers: readonly LazyAnswer[] | undefined;
  #text: string | undefined;
  #unknownCharset: string | null = null;
  #json: { readonly value: ExactJson | undefined } | undefined;

  constructor(outcome: Outcome, elapsedMs: number, parts = noParts) {
    this.#parts = parts;
    this.#outcome = outcome;
    this.elapsedMs = elapsedMs;
  }

  get code(): string {
    return this.#outcome.code;
  }

  get message(): string {
    return this.#outcome.message;
  }

  get url(): string {
    return this.#outcome.url ?? '';
  }

  get ok(): boolean {
    return this.#outcome.ok;
  }

  get bytesReceived(): number {
    return this.#outcome.bytesReceived;
  }

  get bodyBytes(): number {
    return this.#outcome.body?.length ?? 0;
  }

  bytes(): Uint8Array {
    return this.#outcome.body ?? noBytes;
  }

  text(): string {
    this.#text ??= this.#decoded();
    return this.#text;
  }

  json(): ExactJson | undefined {
    this.#json ??= { value: readJsonIn(this.text()) };
    return this.#json.value;
  }

  /** A charset that the answer names and that nothing reads, once its text was asked for. */
  get unknownCharset(): string | null {
    return this.#unknownCharset;
  }

  header(name: string): string | undefined {
    return this.#outcome.headers?.find(([known]) => known.toLowerCase() === name)?.[1];
  }

  headersText(): string {
    return `HTTP/1.1 ${this.code} ${this.message}\n${lines(this.#outcome.headers ?? [])}`;
  }

  requestHeadersText(): string {
    return lines(this.#outcome.request?.headers ?? []);
  }

  requestText(): string {
    return this.#outcome.request?.body ?? '';
  }

  parts(): readonly LazyAnswer[] {
    this.#partAnswers ??= this.#parts.map(({ outcome, elapsedMs }) => new LazyAnswer(outcome, elapsedMs));
    return this.#partAnswers;
  }

  #decoded(): string {
    const { body, contentType } = this.#outcome;
    if (body === undefined) return '';
    const { name, unknown } = charsetOf(body, contentType);
    this.#unknownCharset = unknown;
    return decoded(body, name);
  }

  /** An assertion failed a part. The first failure is kept. */
  failPart(index: number, failure: string): void {
    const part = this.#parts[index];
    if (part) part.failure ??= failure;
  }
}

function lines(headers: Headers): string {
  return headers.map(([name, value]) => `${name}: ${value}\n`).join('');
}
