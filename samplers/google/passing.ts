import { setTimeout as sleep } from 'node:timers/promises';

/** Statuses after which a request may be sent again: the server has too much to do, or a fault of its own. */
export function isPassingStatus(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status <= 599);
}

/** Causes, in the words of `http`, of a connection that was lost or did not come about. */
export function isPassingCause(cause: string): boolean {
  return /^(connect|reset|closed|truncated|dns)\b/.test(cause);
}

/**
 * Whether a request that was answered so, or not at all, may have been carried out all the same. What is refused by the service itself
 * (429, 503) was not, and what found no connection never arrived.
 */
export function mayHaveArrived({
  status,
  cause,
}: {
  readonly status?: number;
  readonly cause?: string;
}): boolean {
  if (status !== undefined) return [500, 502, 504].includes(status);
  return /^(reset|closed|truncated)\b/.test(cause ?? '');
}

/** Waits before a request is sent again; ends with the signal. */
export type Pause = (attempt: number, signal: AbortSignal) => Promise<void>;

/** One second, doubled each time, up to a limit, and up to a second more by chance, so that users do not come back all at once. */
export function growingPause(mostMs: number): Pause {
  return async (attempt, signal) => {
    const ms = Math.min(mostMs, 2 ** attempt * 1000) + Math.random() * 1000;
    await sleep(ms, undefined, { signal });
  };
}
