/** Longer than this no step between two threads takes: the holder is gone. */
const patienceMs = 5000;

const [free, held, contended] = [0, 1, 2];

/**
 * A lock between threads, for steps of microseconds: who comes second sleeps until it is his turn.
 *
 * Ulrich Drepper, "Futexes Are Tricky" (2011), `mutex2`: nobody is woken unless somebody waits.
 */
export class SharedLock {
  readonly #cells: Int32Array;
  readonly #index: number;

  constructor(cells: Int32Array, index: number) {
    this.#cells = cells;
    this.#index = index;
  }

  exclusively<T>(act: () => T): T {
    this.#take();
    try {
      return act();
    } finally {
      if (Atomics.exchange(this.#cells, this.#index, free) === contended) {
        Atomics.notify(this.#cells, this.#index, 1);
      }
    }
  }

  #take(): void {
    const [cells, index] = [this.#cells, this.#index];
    if (Atomics.compareExchange(cells, index, free, held) === free) return;
    while (Atomics.exchange(cells, index, contended) !== free) {
      if (Atomics.wait(cells, index, contended, patienceMs) === 'timed-out') {
        throw new Error('a worker ended while it held the lock of a pool; the pool is lost');
      }
    }
  }
}
