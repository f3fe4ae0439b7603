import { UserError } from '../model/errors.ts';

/** Reads a text piece by piece, skipping spaces in between, and says where it went wrong. */
export class Scanner {
  readonly text: string;
  #next = 0;

  constructor(text: string) {
    this.text = text;
    this.#skipSpace();
  }

  /** The piece that matches `pattern` (sticky) here, moving on behind it. Null, staying here, when none does. */
  take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#next;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return null;
    this.#next += found.length;
    this.#skipSpace();
    return found;
  }

  expect(pattern: RegExp, expected: string): string {
    return this.take(pattern) ?? this.fail(expected);
  }

  /** The position to give to `fail` when a piece that was taken turns out wrong. */
  mark(): number {
    return this.#next;
  }

  rest(): string {
    return this.text.slice(this.#next).trimEnd();
  }

  /** `expected` is what should stand here; found is what does. */
  fail(expected: string): never {
    const found = /^\S+/.exec(this.rest())?.[0];
    return this.failAt(this.#next, `expected ${expected}, found ${found ? `"${found}"` : 'the end'}`);
  }

  failAt(mark: number, message: string): never {
    throw new UserError(this.messageAt(mark, message));
  }

  messageAt(mark: number, message: string): string {
    return `threshold "${this.text}", column ${mark + 1}: ${message}`;
  }

  #skipSpace(): void {
    while (/\s/.test(this.text[this.#next] ?? '')) this.#next++;
  }
}
