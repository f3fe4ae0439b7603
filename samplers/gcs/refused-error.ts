import type { Refusal } from './refusal.ts';

/** An answer that is an error, as the official client expects errors: with the status as `code`. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: number;
  readonly errors: readonly Readonly<Record<string, string>>[];
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
    this.code = refusal.status;
    this.errors = [{ reason: refusal.reason, message: refusal.message }];
  }
}
