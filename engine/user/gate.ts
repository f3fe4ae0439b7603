import { plannedGroup, type GroupLoad } from '../model/live-load.ts';
import type { Clock, Sleep } from '../model/ports.ts';
import type { LoadTime } from './load-time.ts';

/**
 * Where the users of a group stand before each iteration: it is shut while the load is paused or the group is disabled, and
 * lets nobody through whose number is above that of the users wanted.
 */
export class Gate {
  readonly #clock: Clock;
  readonly #time: LoadTime;
  readonly #held = new Set<Sleep>();
  #load: GroupLoad;
  #isShort = false;
  /** Everybody may go through: all that is asked before an iteration. */
  isOpen = true;

  constructor(clock: Clock, time: LoadTime, planned: { readonly threads: number }) {
    this.#clock = clock;
    this.#time = time;
    this.#load = plannedGroup(planned);
    this.#look();
  }

  get load(): GroupLoad {
    return this.#load;
  }

  /** People have changed the load of the group, or the time of the load. */
  set(load: GroupLoad): void {
    this.#isShort ||= load.threads < this.#load.threads;
    this.#load = load;
    this.#look();
    this.wake();
  }

  /** Whether the user is one of those wanted. */
  wants(threadNumber: number): boolean {
    return threadNumber <= this.#load.threads;
  }

  /** Whether nobody gets through for now. */
  get isShut(): boolean {
    return this.#time.isPaused || !this.#load.isEnabled;
  }

  /** Resolves then, or when something has changed: who waits looks again. */
  async wait(untilEpochMs: number): Promise<void> {
    const sleep = this.#clock.sleepUntil(untilEpochMs);
    this.#held.add(sleep);
    await sleep.done;
    this.#held.delete(sleep);
  }

  /** All who wait look again. */
  wake(): void {
    for (const sleep of this.#held) sleep.cancel();
  }

  #look(): void {
    this.isOpen = !this.isShut && !this.#isShort;
  }
}
