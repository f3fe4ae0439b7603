import { messageOf } from '../../engine/model/errors.ts';
import { formatBytes } from '../../engine/model/units.ts';
import { CredentialsError } from '../google/find-credentials.ts';
import { withoutTokens } from '../google/without-tokens.ts';
import type { Call } from './call.ts';
import { ChecksumError } from './checksum-error.ts';
import { refusalWords } from './refusal.ts';
import { RefusedError } from './refused-error.ts';

/** What is said of an operation that failed. */
export interface FaultWords {
  readonly code: string;
  readonly message: string;
  /** Absent where the code is a status, which `expect` may allow. */
  readonly failure?: string;
  /** What the server says of the code. */
  readonly explanation?: string;
}

/** Why an operation is given up from outside. */
export type End =
  | { readonly cause: 'timeout.total'; readonly limitMs: number }
  | { readonly cause: 'interrupted'; readonly limitMs: 0 };

/**
 * What is said of a failed operation: what ended it, what the server refused, what the transport met, and only then
 * what was thrown. `where` is what was asked for: `gs://bucket/object`.
 */
export function faultWords(call: Call, thrown: unknown, where: string, end: End | null = null): FaultWords {
  if (end !== null) return withSent(call.faultFor(end.cause, end.limitMs), call);
  if (call.unexpected !== null) {
    const { code, message } = call.unexpected;
    return { code: String(code), message, failure: message };
  }
  if (thrown instanceof ChecksumError) return own('checksum.mismatch', thrown.message);
  if (thrown instanceof CredentialsError) return own('credentials', thrown.message);
  const refusal = thrown instanceof RefusedError ? thrown.refusal : call.refusal;
  const { error } = call;
  if (refusal !== null) {
    const told = refusalWords(refusal, where, call.options.session !== null);
    return { code: String(refusal.status), message: told, explanation: told };
  }
  if (error !== null) return withSent(call.faultOf(error), call);
  return own('client', withoutTokens(messageOf(thrown)));
}

function own(code: string, message: string): FaultWords {
  return { code, message, failure: `${code}: ${message}` };
}

/** How far an upload had come says more than that it broke off. */
function withSent(
  { code, message, failure }: FaultWords & { readonly failure: string },
  call: Call,
): FaultWords {
  const sent = call.bytesSent > 0 ? ` ${formatBytes(call.bytesSent)} were sent.` : '';
  return { code, message, failure: failure + sent };
}
