import { jsonIn, type Json } from '../../engine/model/json.ts';
import { remedyFor } from '../google/remedies.ts';
import { withoutTokens } from '../google/without-tokens.ts';

/** Why a server did not do what it was asked. */
export interface Refusal {
  readonly status: number;
  /** Cloud Storage's own word, such as `rateLimitExceeded`; empty without one. */
  readonly reason: string;
  /** What the server says, on one line. */
  readonly message: string;
}

/** What a server refuses, by its answer; null if it does not. */
export function refusalOf(status: number, statusText: string, body: string): Refusal | null {
  if (status < 400) return null;
  const error = inside(jsonIn(body), 'error');
  const errors = inside(error, 'errors');
  const first = Array.isArray(errors) ? errors[0] : undefined;
  const reason = textOf(inside(first, 'reason'));
  const said =
    textOf(inside(error, 'message')) ||
    textOf(inside(first, 'message')) ||
    textOf(error) ||
    body ||
    statusText;
  return { status, reason, message: withoutTokens(said.trim().replaceAll(/\s+/g, ' ').slice(0, 500)) };
}

/** `rateLimitExceeded: The rate of changes to gs://b/o is too high.` */
export function refusalWords({ status, reason, message }: Refusal, where: string): string {
  const hint = status === 412 ? 'ifGenerationMatch does not hold.' : remedyFor(status, reason);
  const words = [reason, message].filter(Boolean).join(': ');
  return [`${where}: ${words}`.replace(/[.\s]*$/, '.'), hint].filter(Boolean).join(' ');
}

function inside(value: Json | undefined, key: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[key] : undefined;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
