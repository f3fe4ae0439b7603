import type { CleanUpCounts, WorkerWindow } from '../model/metrics.ts';
import type { RunResult } from '../model/run-result.ts';

/** What all workers counted beside samples, over the run. */
export class AsideTotals {
  readonly #skipped = new Map<string, number>();
  /** By worker: each tells its sums since the start. */
  readonly #cleanUp = new Map<number, CleanUpCounts>();

  add({ worker, skipped, cleanUp }: WorkerWindow): void {
    for (const [label, count] of Object.entries(skipped ?? {})) {
      this.#skipped.set(label, (this.#skipped.get(label) ?? 0) + count);
    }
    if (cleanUp) this.#cleanUp.set(worker, cleanUp);
  }

  result(): Pick<RunResult, 'skipped' | 'cleanUp'> {
    const skipped = [...this.#skipped]
      .map(([label, count]) => ({ label, count }))
      .sort((a, b) => b.count - a.count);
    const counts = [...this.#cleanUp.values()];
    return {
      ...(skipped.length > 0 ? { skipped } : {}),
      ...(counts.length > 0 ? { cleanUp: sumOf(counts) } : {}),
    };
  }
}

function sumOf(counts: readonly CleanUpCounts[]): NonNullable<RunResult['cleanUp']> {
  const sum = (what: 'registered' | 'done' | 'failed') =>
    counts.reduce((total, count) => total + count[what], 0);
  const [registered, done, failed] = [sum('registered'), sum('done'), sum('failed')];
  const firstFailure = counts.find((count) => count.firstFailure !== '')?.firstFailure ?? '';
  return { registered, done, failed, left: registered - done - failed, firstFailure };
}
