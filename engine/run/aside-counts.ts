import type { WorkerWindow } from '../model/metrics.ts';

/** Labels that are told apart; more are counted together. */
const labelLimit = 2000;
export const otherSkipped = '(other labels)';

/** What one worker counts beside samples: steps that guards left out, and what became of clean-up. */
export class AsideCounts {
  #skipped = new Map<string, number>();
  readonly #labels = new Set<string>();
  readonly #cleanUp = { registered: 0, done: 0, failed: 0, firstFailure: '' };

  skip(label: string): void {
    if (this.#labels.size < labelLimit) this.#labels.add(label);
    const known = this.#labels.has(label) ? label : otherSkipped;
    this.#skipped.set(known, (this.#skipped.get(known) ?? 0) + 1);
  }

  countCleanUp(what: 'registered' | 'done' | 'failed', failure = ''): void {
    this.#cleanUp[what] += 1;
    this.#cleanUp.firstFailure ||= failure;
  }

  /** Skips since the last call, and clean-up since the start; nothing where there is nothing to tell. */
  take(): Pick<WorkerWindow, 'skipped' | 'cleanUp'> {
    const skipped = this.#skipped.size > 0 ? { skipped: Object.fromEntries(this.#skipped) } : {};
    if (this.#skipped.size > 0) this.#skipped = new Map();
    return { ...skipped, ...(this.#cleanUp.registered > 0 ? { cleanUp: { ...this.#cleanUp } } : {}) };
  }
}
