import { pausedMs, type Pause } from '../model/live-load.ts';

/** The time of the load: it stands still while the load is paused, and what is planned in it comes later by as much. */
export class LoadTime {
  readonly #nowEpochMs: () => number;
  #pauses: readonly Pause[] = [];
  /** In pauses that are over. */
  #pausedMs = 0;
  #sinceEpochMs: number | null = null;

  constructor(nowEpochMs: () => number) {
    this.#nowEpochMs = nowEpochMs;
  }

  set(pauses: readonly Pause[]): void {
    this.#pauses = pauses;
    this.#sinceEpochMs = pauses.find(({ toEpochMs }) => toEpochMs === null)?.fromEpochMs ?? null;
    this.#pausedMs = pauses.reduce(
      (sum, { fromEpochMs, toEpochMs }) => sum + (toEpochMs ?? fromEpochMs) - fromEpochMs,
      0,
    );
  }

  get isPaused(): boolean {
    return this.#sinceEpochMs !== null;
  }

  /** How much later everything is by now. Read for each sample. */
  get shiftMs(): number {
    if (this.#sinceEpochMs === null) return this.#pausedMs;
    return this.#pausedMs + Math.max(0, this.#nowEpochMs() - this.#sinceEpochMs);
  }

  /** How much later it was at a moment. */
  shiftMsAt(epochMs: number): number {
    return pausedMs(this.#pauses, -Infinity, epochMs);
  }
}
