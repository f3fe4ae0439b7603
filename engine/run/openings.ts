/** How long a worker may take from its thread's start until its samplers are open. */
export const openMs = 60_000;

/** Workers that were begun and are not ready yet. Time is that of the main thread (`own-time.ts`). */
export class Openings {
  readonly #late: (worker: number) => void;
  readonly #leftMs = new Map<number, number>();

  /** `late` is called once for a worker that is not ready in time. */
  constructor(late: (worker: number) => void) {
    this.#late = late;
  }

  begin(worker: number): void {
    this.#leftMs.set(worker, openMs);
  }

  /** It is ready, or has died. */
  end(worker: number): void {
    this.#leftMs.delete(worker);
  }

  beat(passedMs: number): void {
    for (const [worker, leftMs] of this.#leftMs) {
      this.#leftMs.set(worker, leftMs - passedMs);
      if (leftMs > passedMs) continue;
      this.end(worker);
      this.#late(worker);
    }
  }
}
