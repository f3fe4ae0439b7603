import { messageOf } from '../../engine/model/errors.ts';
import { promqlValue, promqlRefusal } from './promql-answer.ts';

export interface Question {
  readonly url: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly limitMs: number;
  readonly closing: AbortSignal;
}

/** The server says that the query itself is wrong: asking again gives the same. */
export class RefusedQuery extends Error {}

/** An answer with one number is some hundred bytes. */
const mostBytes = 1024 * 1024;

/**
 * The number that a query gives now, by Prometheus's HTTP API (`GET /api/v1/query`). Rejects with a sentence when
 * there is none.
 */
export async function askPromql({ url, query, headers, limitMs, closing }: Question): Promise<number> {
  const address = `${url.replace(/\/+$/, '')}/api/v1/query?${new URLSearchParams({ query }).toString()}`;
  const signal = AbortSignal.any([closing, AbortSignal.timeout(limitMs)]);
  const { status, text } = await fetchText(address, { headers, signal }).catch((error: unknown) => {
    throw new Error(`${url}: ${causeOf(error, limitMs)}`);
  });
  const refusal = promqlRefusal(status, text);
  if (refusal?.isOfQuery) throw new RefusedQuery(`${url} refuses the query ${query}: ${refusal.message}`);
  if (refusal) throw new Error(`${url}: ${refusal.message}`);
  return promqlValue(text);
}

async function fetchText(address: string, request: RequestInit): Promise<{ status: number; text: string }> {
  const answer = await fetch(address, request);
  const body: AsyncIterable<unknown> | Iterable<unknown> = answer.body ?? [];
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of body) {
    if (!(piece instanceof Uint8Array)) continue;
    sizeBytes += piece.length;
    if (sizeBytes > mostBytes)
      throw new Error('the answer is larger than 1 MiB; a query must give one number');
    pieces.push(piece);
  }
  return { status: answer.status, text: Buffer.concat(pieces).toString('utf8') };
}

/** `fetch failed` says nothing; its cause does. */
function causeOf(error: unknown, limitMs: number): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return `no answer within ${String(limitMs)} ms`;
  }
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const several: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [];
  return messageOf(several[0] ?? cause ?? error);
}
