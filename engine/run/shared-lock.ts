/** Longer than this no step between two threads takes. Below the limit of the watchdog: who waits here is not stuck. */
const patienceMs = 3000;

const [free, held, contended] = [0, 1, 2];

/**
 * A lock between threads, for steps of microseconds: who comes second sleeps until it is his turn.
 *
 * A cell says which worker holds it, so that the main thread can open it when that worker dies.
 *
 * Ulrich Drepper, "Futexes Are Tricky" (2011), `mutex2`: nobody is woken unless somebody waits.
 */
export class SharedLock {
  readonly #cells: Int32Array;
  readonly #index: number;
  readonly #ownerIndex: number;
  readonly #owner: number;

  /** `lock` and `owner` are places of cells; a worker's number is from 0, and -1 for the main thread. */
  constructor(cells: Int32Array, place: { readonly lock: number; readonly owner: number }, worker: number) {
    this.#cells = cells;
    this.#index = place.lock;
    this.#ownerIndex = place.owner;
    this.#owner = worker + 1;
  }

  exclusively<T>(act: () => T): T {
    this.#take();
    try {
      this.#cells[this.#ownerIndex] = this.#owner;
      return act();
    } finally {
      this.#release();
    }
  }

  /** The worker has died: if it held the lock, nobody else will open it. */
  abandonedBy(worker: number): void {
    if (this.#cells[this.#ownerIndex] === worker + 1) this.#release();
  }

  #release(): void {
    this.#cells[this.#ownerIndex] = 0;
    if (Atomics.exchange(this.#cells, this.#index, free) === contended) {
      Atomics.notify(this.#cells, this.#index, 1);
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
