import type { RunWindow, UserCounts } from '../engine/model/metrics.ts';
import { summariserLine } from './summariser-line.ts';

interface Counts {
  readonly count: number;
  readonly errors: number;
  readonly sumMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  /** From the start of the first sample to the end of the last one. */
  readonly startEpochMs: number;
  readonly endEpochMs: number;
}

const nothing: Counts = {
  count: 0,
  errors: 0,
  sumMs: 0,
  minMs: Infinity,
  maxMs: 0,
  startEpochMs: Infinity,
  endEpochMs: 0,
};

/**
 * JMeter's summariser: what happened since the last line, and so far, whenever the wall clock passes a
 * multiple of the interval. Transactions are not counted (their samples are), nor is set-up and the like. So far: from
 * the start of the first sample to the end of the last one, as in the table.
 */
export class Summariser {
  readonly #intervalMs: number;
  #lastEpochMs: number;
  #sinceLast = nothing;
  #before = nothing;
  #users: UserCounts = { active: 0, started: 0, finished: 0 };

  constructor(startEpochMs: number, intervalMs: number) {
    this.#lastEpochMs = startEpochMs;
    this.#intervalMs = intervalMs;
  }

  /** The lines that are due. */
  window({ series, users, toEpochMs }: RunWindow): string[] {
    for (const { kind, trends, ...own } of series) {
      if (kind !== 'sample') continue;
      const { sumMs = 0, minMs = Infinity, maxMs = 0 } = trends.elapsed ?? {};
      this.#sinceLast = add(this.#sinceLast, { ...own, sumMs, minMs, maxMs });
    }
    this.#users = users;
    const period = (epochMs: number) => Math.floor(epochMs / this.#intervalMs);
    if (this.#sinceLast.count === 0 || period(toEpochMs) === period(this.#lastEpochMs)) return [];
    return this.#report(toEpochMs, this.#before.count > 0);
  }

  /** The last lines; the total always. */
  end(endEpochMs: number): string[] {
    if (this.#sinceLast.count > 0 && this.#before.count > 0) return this.#report(endEpochMs, true);
    return [line('=', add(this.#before, this.#sinceLast))];
  }

  #report(nowEpochMs: number, withTotal: boolean): string[] {
    const { active, started, finished } = this.#users;
    const since = Math.max(this.#lastEpochMs, this.#before.count > 0 ? 0 : this.#sinceLast.startEpochMs);
    const recent = line('+', { ...this.#sinceLast, startEpochMs: since, endEpochMs: nowEpochMs });
    const lines = [`${recent} Active: ${active} Started: ${started} Finished: ${finished}`];
    this.#before = add(this.#before, this.#sinceLast);
    this.#sinceLast = nothing;
    this.#lastEpochMs = nowEpochMs;
    if (withTotal) lines.push(line('=', this.#before));
    return lines;
  }
}

function line(sign: '+' | '=', counts: Counts): string {
  const { count, startEpochMs, endEpochMs } = counts;
  const isEmpty = count === 0;
  return summariserLine(sign, {
    ...counts,
    minMs: isEmpty ? 0 : counts.minMs,
    lengthMs: isEmpty ? 0 : endEpochMs - startEpochMs,
  });
}

function add(a: Counts, b: Counts): Counts {
  return {
    count: a.count + b.count,
    errors: a.errors + b.errors,
    sumMs: a.sumMs + b.sumMs,
    minMs: Math.min(a.minMs, b.minMs),
    maxMs: Math.max(a.maxMs, b.maxMs),
    startEpochMs: Math.min(a.startEpochMs, b.startEpochMs),
    endEpochMs: Math.max(a.endEpochMs, b.endEpochMs),
  };
}
