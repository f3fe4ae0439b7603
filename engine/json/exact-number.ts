/** Stands before the digits where `JSON.stringify` meets such a number; `jsonText` looks for it. */
export const exactMark = '\uE000exact:';

/** A number with the digits that it was written with. */
export interface ExactNumber {
  /** As it stood. */
  readonly text: string;
  readonly [Symbol.toStringTag]: string;
  /** The nearest double. */
  valueOf(): number;
  toString(): string;
  toJSON(): string;
}

/**
 * A number of a JSON text that a double would change, or write in another way: it keeps its digits.
 *
 * It has no keys of its own, so that what walks a document finds nothing within; it says that it is a number, and
 * gives the nearest double where one is needed.
 */
class Digits implements ExactNumber {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  get [Symbol.toStringTag](): string {
    return 'Number';
  }

  valueOf(): number {
    return Number(this.#text);
  }

  toString(): string {
    return this.#text;
  }

  toJSON(): string {
    return exactMark + this.#text;
  }
}

export function exactNumber(text: string): ExactNumber {
  return new Digits(text);
}

export function isExactNumber(value: unknown): value is ExactNumber {
  return value instanceof Digits;
}

/** Any value of a JSON text, its numbers with all their digits. */
export type ExactJson =
  string | number | boolean | null | ExactNumber | ExactJson[] | { [key: string]: ExactJson };

/** A mapping of JSON, as it can be changed. */
export type JsonMap = { [key: string]: ExactJson };

export function isJsonMap(value: ExactJson | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isExactNumber(value);
}
