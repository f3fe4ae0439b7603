import type { Answer, Operation } from './exchange.ts';
import type { Fault } from './fault.ts';
import { circumstances, faultOf } from './fault.ts';
import type { Draft } from './outcome.ts';
import { outcomeOf, partOf } from './outcome.ts';
import { isRedirect, redirected } from './redirect.ts';
import type { HttpRequest } from './request.ts';
import { findHeader } from './response-headers.ts';
import type { HttpConfig } from './schema.ts';

/** Sends one request of an operation. */
export type Send = (request: HttpRequest, operation: Operation) => Promise<Answer>;

/** Where a chain of redirects ended: the last answer, and an outcome with the bytes of all hops. */
export interface Followed {
  readonly answer: Answer;
  readonly outcome: Draft;
}

/** Whether an answer is a redirect that is to be followed. */
export function leadsOn({ status, fault }: Answer, { followRedirects }: HttpConfig): boolean {
  return followRedirects && isRedirect(status) && fault === null;
}

/**
 * Follows redirects as JMeter does: the first answer and each hop become parts, and the outcome says what
 * the last hop says. A first answer that leads nowhere has no parts.
 */
export async function follow(first: Answer, operation: Operation, send: Send): Promise<Followed> {
  const { config, context } = operation;
  const keepsParts = context.keepOfParts !== null;
  let answer = first;
  let bytesReceived = 0;
  let bytesSent = 0;
  for (let hops = 0; ; hops++) {
    bytesReceived += answer.bytesReceived;
    bytesSent += answer.bytesSent;
    const next = nextRequest(answer, hops, config.maxRedirects);
    const outcome = outcomeOf(answer, isFault(next) ? next : answer.fault);
    if (hops > 0 || !isFault(next))
      context.part(keepsParts ? await partOf(outcome, answer, operation) : outcome);
    if (next === null || isFault(next)) return { answer, outcome: { ...outcome, bytesReceived, bytesSent } };
    answer = await send(next, { ...operation, startMs: performance.now() });
  }
}

/** Null when the answer asks for nothing more. */
function nextRequest(answer: Answer, hops: number, maxRedirects: number): HttpRequest | Fault | null {
  const { request, status, headers, fault } = answer;
  if (fault !== null || !isRedirect(status)) return null;
  if (hops === maxRedirects) {
    return faultOf('redirect.limit', circumstances(request.target.origin.host, String(maxRedirects)));
  }
  return redirected(request, status, findHeader(headers, 'location')?.toString());
}

function isFault(next: HttpRequest | Fault | null): next is Fault {
  return next !== null && 'cause' in next;
}
