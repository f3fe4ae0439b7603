import type { CleanUpCounts, WorkerWindow } from '../model/metrics.ts';
import type { RunResult } from '../model/run-result.ts';
import { missOf } from './aside-counts.ts';

/** What all workers counted beside samples, over the run. */
export class AsideTotals {
  readonly #skipped = new Map<string, number>();
  readonly #staleReuses = new Map<string, number>();
  readonly #misses = new Map<string, number>();
  /** By worker: each tells its sums since the start. */
  readonly #cleanUp = new Map<number, CleanUpCounts>();
  /** Of workers that died. */
  readonly #past: CleanUpCounts[] = [];

  add({ worker, skipped, staleReuses, misses, cleanUp }: WorkerWindow): void {
    addTo(this.#skipped, skipped);
    addTo(this.#staleReuses, staleReuses);
    addTo(this.#misses, misses);
    if (cleanUp) this.#cleanUp.set(worker, cleanUp);
  }

  /** The worker in its place counts anew; the dead one had come to these counts, of which its last window may lack some. */
  workerLost(worker: number, counts: Omit<CleanUpCounts, 'firstFailure'>): void {
    const firstFailure = this.#cleanUp.get(worker)?.firstFailure ?? '';
    if (counts.registered > 0) this.#past.push({ ...counts, firstFailure });
    this.#cleanUp.delete(worker);
  }

  result(): Pick<RunResult, 'skipped' | 'staleReuses' | 'misses' | 'cleanUp'> {
    const skipped = ranked(this.#skipped);
    const staleReuses = ranked(this.#staleReuses);
    const misses = ranked(this.#misses).map(({ label, count }) => ({ ...missOf(label), count }));
    const counts = [...this.#past, ...this.#cleanUp.values()];
    return {
      ...(skipped.length > 0 ? { skipped } : {}),
      ...(staleReuses.length > 0 ? { staleReuses } : {}),
      ...(misses.length > 0 ? { misses } : {}),
      ...(counts.length > 0 ? { cleanUp: sumOf(counts) } : {}),
    };
  }
}

function addTo(totals: Map<string, number>, counts: Readonly<Record<string, number>> = {}): void {
  for (const [label, count] of Object.entries(counts)) totals.set(label, (totals.get(label) ?? 0) + count);
}

/** The most frequent first. */
function ranked(totals: ReadonlyMap<string, number>): { readonly label: string; readonly count: number }[] {
  return [...totals].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count);
}

function sumOf(counts: readonly CleanUpCounts[]): NonNullable<RunResult['cleanUp']> {
  const sum = (what: 'registered' | 'done' | 'failed') =>
    counts.reduce((total, count) => total + count[what], 0);
  const [registered, done, failed] = [sum('registered'), sum('done'), sum('failed')];
  const firstFailure = counts.find((count) => count.firstFailure !== '')?.firstFailure ?? '';
  return { registered, done, failed, left: registered - done - failed, firstFailure };
}
