import { setImmediate as nextImmediate } from 'node:timers/promises';
import type { Clock } from '../../model/ports.ts';

/** A clock that a test moves: whoever sleeps wakes in the order of time. */
export class SlowClock implements Clock {
  #nowEpochMs: number;
  readonly #sleepers = new Set<{ readonly epochMs: number; readonly settle: (whole: boolean) => void }>();

  constructor(nowEpochMs: number) {
    this.#nowEpochMs = nowEpochMs;
  }

  readonly nowEpochMs = (): number => this.#nowEpochMs;

  /** How many sleep. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  sleepUntil(epochMs: number): ReturnType<Clock['sleepUntil']> {
    let settle: (whole: boolean) => void = () => undefined;
    const done = new Promise<boolean>((resolve) => (settle = resolve));
    if (epochMs <= this.#nowEpochMs) settle(true);
    else {
      const sleeper = { epochMs, settle };
      this.#sleepers.add(sleeper);
      void done.then(() => this.#sleepers.delete(sleeper));
    }
    return { done, cancel: () => settle(false) };
  }

  async nextTurn(): Promise<void> {
    await nextImmediate();
  }

  async moveTo(epochMs: number): Promise<void> {
    for (;;) {
      await nextImmediate();
      const next = Math.min(...[...this.#sleepers].map((sleeper) => sleeper.epochMs));
      if (next > epochMs) break;
      this.#nowEpochMs = Math.max(this.#nowEpochMs, next);
      for (const sleeper of this.#sleepers) if (sleeper.epochMs <= this.#nowEpochMs) sleeper.settle(true);
    }
    this.#nowEpochMs = Math.max(this.#nowEpochMs, epochMs);
  }
}
