import { jsonIn } from '../../engine/model/json.ts';
import { listInside, textInside } from '../google/inside.ts';
import { remedyFor, sentenceOf } from '../google/remedies.ts';
import { withoutTokens } from '../google/without-tokens.ts';

/** Why a server did not do what it was asked. */
export interface Refusal {
  readonly status: number;
  /** Cloud Storage's own word, such as `rateLimitExceeded`; empty without one. */
  readonly reason: string;
  /** What the server says, on one line. */
  readonly message: string;
}

/** What a server refuses, by its answer; null if it does not. It leads nowhere else: only a session goes on after a 308. */
export function refusalOf(status: number, statusText: string, body: string): Refusal | null {
  if (status < 300 || status === goesOn) return null;
  const answer = jsonIn(body);
  const [first] = listInside(answer, 'error', 'errors');
  const reason = textInside(first, 'reason') ?? '';
  const said =
    textInside(answer, 'error', 'message') ??
    textInside(first, 'message') ??
    textInside(answer, 'error') ??
    body;
  const message = withoutTokens(said.trim().replaceAll(/\s+/g, ' ').slice(0, 500));
  return { status, reason, message: message || statusText || `HTTP ${status}` };
}

const goesOn = 308;

/** `rateLimitExceeded: The rate of changes to gs://b/o is too high.` */
export function refusalWords(
  { status, reason, message }: Refusal,
  where: string,
  isSignedIn: boolean,
): string {
  const hint = status === 412 ? 'ifGenerationMatch does not hold.' : remedyFor(status, reason, isSignedIn);
  const words = [reason, message].filter(Boolean).join(': ');
  return [sentenceOf(`${where}: ${words}`), hint].filter(Boolean).join(' ');
}
