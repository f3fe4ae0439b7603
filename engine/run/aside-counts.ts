import { maxSeries, otherLabels } from '../model/limits.ts';
import type { WorkerWindow } from '../model/metrics.ts';

/**
 * What one worker counts beside samples: steps left out, requests sent once more, extractors that found nothing, and what
 * became of clean-up.
 */
export class AsideCounts {
  readonly #skipped = new LabelCounts();
  readonly #staleReuses = new LabelCounts();
  readonly #misses = new LabelCounts();
  readonly #cleanUp = { registered: 0, done: 0, failed: 0, firstFailure: '' };

  skip(label: string): void {
    this.#skipped.add(label, 1);
  }

  countStaleReuses(label: string, count: number): void {
    this.#staleReuses.add(label, count);
  }

  countMiss(label: string, variable: string): void {
    this.#misses.add(missKey(label, variable), 1);
  }

  countCleanUp(what: 'registered' | 'done' | 'failed', failure = ''): void {
    this.#cleanUp[what] += 1;
    this.#cleanUp.firstFailure ||= failure;
  }

  /** Counts by label since the last call, and clean-up since the start; nothing where there is nothing to tell. */
  take(): Pick<WorkerWindow, 'skipped' | 'staleReuses' | 'misses' | 'cleanUp'> {
    const skipped = this.#skipped.take();
    const staleReuses = this.#staleReuses.take();
    const misses = this.#misses.take();
    return {
      ...(skipped && { skipped }),
      ...(staleReuses && { staleReuses }),
      ...(misses && { misses }),
      ...(this.#cleanUp.registered > 0 ? { cleanUp: { ...this.#cleanUp } } : {}),
    };
  }
}

/** A label and a variable as one text: no name of a variable has a line break in it. */
function missKey(label: string, variable: string): string {
  return `${label}\n${variable}`;
}

/** The label and the variable of a key; labels beyond the limit have no variable. */
export function missOf(key: string): { readonly label: string; readonly variable: string } {
  const end = key.lastIndexOf('\n');
  return end < 0 ? { label: key, variable: '' } : { label: key.slice(0, end), variable: key.slice(end + 1) };
}

class LabelCounts {
  #counts = new Map<string, number>();
  readonly #labels = new Set<string>();

  add(label: string, count: number): void {
    if (this.#labels.size < maxSeries) this.#labels.add(label);
    const known = this.#labels.has(label) ? label : otherLabels;
    this.#counts.set(known, (this.#counts.get(known) ?? 0) + count);
  }

  /** Those since the last call; null without any. */
  take(): Readonly<Record<string, number>> | null {
    if (this.#counts.size === 0) return null;
    const counts = Object.fromEntries(this.#counts);
    this.#counts = new Map();
    return counts;
  }
}
