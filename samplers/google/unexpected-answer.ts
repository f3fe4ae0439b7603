import { withoutTokens } from './without-tokens.ts';

/** A success that is not what was asked for, such as the log-in page of a proxy. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  readonly code: number;

  constructor(
    { status, contentType }: { readonly status: number; readonly contentType: string },
    text: string,
    expected: string,
  ) {
    const shown = withoutTokens(text.trim().replaceAll(/\s+/g, ' ').slice(0, 80));
    const found = shown === '' ? 'nothing' : `"${shown}"`;
    super(
      `answer.unexpected: expected ${expected}, found ${found} (status ${status}, ${contentType || 'no content type'})`,
    );
    this.code = status;
  }
}

/** An answer that is looked at. */
export interface CheckedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** What the text is as JSON; undefined if it is none. */
  readonly json: unknown;
}

/** What an answer must be like: `hold` says so, `expected` names it. */
export interface Expectation {
  readonly expected: string;
  holds(body: unknown): boolean;
}

/** Throws an `UnexpectedAnswer` when the answer is not as it must be; null: anything will do. */
export function checkAnswer(answer: CheckedAnswer, expectation: Expectation | null): void {
  if (expectation === null || expectation.holds(answer.json)) return;
  throw new UnexpectedAnswer(answer, answer.text, expectation.expected);
}

/** What is deleted is answered by nothing, by an object, or (fake-gcs-server) by `null`. */
export function checkDeletion(answer: CheckedAnswer): void {
  if (['', 'null'].includes(answer.text.trim())) return;
  checkAnswer(answer, { expected: 'no content', holds: isObject });
}

export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
