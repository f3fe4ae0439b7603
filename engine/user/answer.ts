import type { Answer } from '../elements/element.ts';
import type { Json } from '../model/json.ts';
import type { Outcome } from '../model/sample.ts';

const decoder = new TextDecoder();

/** What extractors and assertions read of an outcome; decoded once, when first asked for. */
export class LazyAnswer implements Answer {
  readonly elapsedMs: number;
  readonly #outcome: Outcome;
  #text: string | undefined;
  #json: { readonly value: Json | undefined } | undefined;

  constructor(outcome: Outcome, elapsedMs: number) {
    this.#outcome = outcome;
    this.elapsedMs = elapsedMs;
  }

  get code(): string {
    return this.#outcome.code;
  }

  get message(): string {
    return this.#outcome.message;
  }

  text(): string {
    this.#text ??= this.#outcome.body ? decoder.decode(this.#outcome.body) : '';
    return this.#text;
  }

  json(): Json | undefined {
    this.#json ??= { value: parsed(this.text()) };
    return this.#json.value;
  }

  header(name: string): string | undefined {
    return this.#outcome.headers?.find(([known]) => known === name)?.[1];
  }
}

function parsed(text: string): Json | undefined {
  if (text === '') return undefined;
  try {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- JSON.parse gives any; it is JSON by its nature
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
