import type { ThreadTime } from './thread-time.ts';
import type { WorkerSlot } from './worker-slot.ts';

export interface WatchdogOptions {
  /** A worker whose event loop has not turned for so long is stuck. */
  readonly limitMs: number;
  readonly slotOf: (worker: number) => Pick<WorkerSlot, 'breaths' | 'thread'>;
  readonly threadTime: (thread: number) => ThreadTime | null;
  stuck(worker: number, silentMs: number): void;
  starved(worker: number, silentMs: number): void;
}

interface Watched {
  breaths: number;
  silentMs: number;
  /** Of the thread, early in its silence. */
  before: ThreadTime | null;
  saidStarved: boolean;
}

/**
 * Notices workers whose event loop has stopped turning: a pattern that backtracks for ever, a script without an end, a
 * call into the system that does not return. Time is that of the main thread (`own-time.ts`).
 *
 * A thread that others keep from running is starved, not stuck: it had less than a fifth of the limit, and wants more.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  readonly #watched = new Map<number, Watched>();

  constructor(options: WatchdogOptions) {
    this.#options = options;
  }

  watch(worker: number): void {
    const { breaths } = this.#options.slotOf(worker);
    this.#watched.set(worker, { breaths, silentMs: 0, before: null, saidStarved: false });
  }

  leave(worker: number): void {
    this.#watched.delete(worker);
  }

  /** So much time of the main thread has passed. */
  beat(passedMs: number): void {
    for (const [worker, watched] of this.#watched) this.#look(worker, watched, passedMs);
  }

  #look(worker: number, watched: Watched, passedMs: number): void {
    const { limitMs, slotOf, threadTime } = this.#options;
    const { breaths, thread } = slotOf(worker);
    if (breaths !== watched.breaths) {
      Object.assign(watched, { breaths, silentMs: 0, before: null, saidStarved: false });
      return;
    }
    watched.silentMs += passedMs;
    if (watched.silentMs >= limitMs / 4) watched.before ??= threadTime(thread);
    if (watched.silentMs < limitMs) return;
    if (!this.#isStarved(watched, threadTime(thread))) {
      this.leave(worker);
      this.#options.stuck(worker, watched.silentMs);
    } else if (!watched.saidStarved) {
      watched.saidStarved = true;
      this.#options.starved(worker, watched.silentMs);
    }
  }

  #isStarved({ before, silentMs }: Watched, now: ThreadTime | null): boolean {
    if (!before || !now || now.ranMs - before.ranMs >= this.#options.limitMs / 5) return false;
    return now.state === 'R' || now.waitedMs - before.waitedMs > silentMs / 2;
  }
}
