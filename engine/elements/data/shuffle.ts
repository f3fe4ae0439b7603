import { bitsOf, nextState } from '../../model/random.ts';

/** Done at a time, so that nobody waits long. */
const swapsAtATime = 100_000;

/** The numbers from 0 in an order drawn from the seed (Fisher and Yates), the same wherever it is drawn. 4 bytes each. */
export class Shuffle {
  readonly #order: Uint32Array;
  #state: number;
  #last: number;

  constructor(count: number, seed: number) {
    this.#order = Uint32Array.from({ length: count }, (_, index) => index);
    this.#state = seed | 0;
    this.#last = count - 1;
  }

  get done(): boolean {
    return this.#last <= 0;
  }

  at(index: number): number {
    return this.#order[index] ?? 0;
  }

  /** Goes on with it, for a millisecond or so. */
  advance(): void {
    const order = this.#order;
    const end = Math.max(0, this.#last - swapsAtATime);
    for (; this.#last > end; this.#last--) {
      this.#state = nextState(this.#state);
      const chosen = bitsOf(this.#state) % (this.#last + 1);
      const kept = order[this.#last] ?? 0;
      order[this.#last] = order[chosen] ?? 0;
      order[chosen] = kept;
    }
  }
}
