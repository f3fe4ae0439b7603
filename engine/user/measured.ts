import type { Outcome } from '../model/sample.ts';

/** Times of one operation, in milliseconds. */
export interface Measured {
  readonly outcome: Outcome;
  readonly startEpochMs: number;
  readonly elapsedMs: number;
  readonly latencyMs: number;
  readonly connectMs: number;
  readonly parts: readonly MeasuredPart[];
  /** Time after the end of the operation, spent asking what is told of it; left out when there was none. */
  readonly afterMs?: number;
  /** Time before its start, spent getting ready; left out when there was none. */
  readonly beforeMs?: number;
  /** Time in between that was not its own, such as the wait for a new token; left out when there was none. */
  readonly idleMs?: number;
  /** Requests that were sent once more; left out when there were none. */
  readonly staleReuses?: number;
}

export interface MeasuredPart extends Omit<
  Measured,
  'parts' | 'afterMs' | 'beforeMs' | 'idleMs' | 'staleReuses'
> {
  /** Ends its label; without it its number does. */
  readonly name?: string;
  /** The first failure of an assertion that looked at it. */
  failure?: string;
}
