import type { RunWindow, UserCounts } from '../engine/model/metrics.ts';
import { summariserLine } from './summariser-line.ts';

interface Counts {
  readonly count: number;
  readonly errors: number;
  readonly sumMs: number;
  readonly minMs: number;
  readonly maxMs: number;
}

const nothing: Counts = { count: 0, errors: 0, sumMs: 0, minMs: Infinity, maxMs: 0 };

/**
 * JMeter's summariser: what happened since the last line, and so far, whenever the wall clock passes a
 * multiple of the interval. Transactions are not counted (their samples are).
 */
export class Summariser {
  readonly #startEpochMs: number;
  readonly #intervalMs: number;
  #lastEpochMs: number;
  #sinceLast = nothing;
  #before = nothing;
  #users: UserCounts = { active: 0, started: 0, finished: 0 };

  constructor(startEpochMs: number, intervalMs: number) {
    this.#startEpochMs = startEpochMs;
    this.#lastEpochMs = startEpochMs;
    this.#intervalMs = intervalMs;
  }

  /** The lines that are due. */
  window({ series, users, toEpochMs }: RunWindow): string[] {
    for (const { kind, count, errors, trends } of series) {
      if (kind !== 'sample') continue;
      const { sumMs = 0, minMs = Infinity, maxMs = 0 } = trends.elapsed ?? {};
      this.#sinceLast = add(this.#sinceLast, { count, errors, sumMs, minMs, maxMs });
    }
    this.#users = users;
    const period = (epochMs: number) => Math.floor(epochMs / this.#intervalMs);
    if (this.#sinceLast.count === 0 || period(toEpochMs) === period(this.#lastEpochMs)) return [];
    return this.#report(toEpochMs, this.#before.count > 0);
  }

  /** The last lines; the total always. */
  end(endEpochMs: number): string[] {
    if (this.#sinceLast.count > 0 && this.#before.count > 0) return this.#report(endEpochMs, true);
    return [this.#line('=', add(this.#before, this.#sinceLast), this.#startEpochMs, endEpochMs)];
  }

  #report(nowEpochMs: number, withTotal: boolean): string[] {
    const { active, started, finished } = this.#users;
    const recent = this.#line('+', this.#sinceLast, this.#lastEpochMs, nowEpochMs);
    const lines = [`${recent} Active: ${active} Started: ${started} Finished: ${finished}`];
    this.#before = add(this.#before, this.#sinceLast);
    this.#sinceLast = nothing;
    this.#lastEpochMs = nowEpochMs;
    if (withTotal) lines.push(this.#line('=', this.#before, this.#startEpochMs, nowEpochMs));
    return lines;
  }

  #line(sign: '+' | '=', counts: Counts, fromEpochMs: number, toEpochMs: number): string {
    const minMs = counts.count === 0 ? 0 : counts.minMs;
    return summariserLine(sign, { ...counts, minMs, lengthMs: toEpochMs - fromEpochMs });
  }
}

function add(a: Counts, b: Counts): Counts {
  return {
    count: a.count + b.count,
    errors: a.errors + b.errors,
    sumMs: a.sumMs + b.sumMs,
    minMs: Math.min(a.minMs, b.minMs),
    maxMs: Math.max(a.maxMs, b.maxMs),
  };
}
