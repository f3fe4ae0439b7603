import { createHash } from 'node:crypto';
import type { SharedState } from '../model/protocol.ts';

/** Different names that can be shared. */
const mostNames = 4096;
const cellsPerName = 2;

/** Keys (Int64) and two cells (Int32) for each name, and one cell that counts lost workers. */
export const namesBytes = mostNames * (8 + 4 * cellsPerName) + 8;

interface Waiting {
  /** How many workers were lost when it drew its ticket: after one more the ticket is void. */
  readonly lost: number;
  readonly enter: (isIn: boolean) => void;
}

/**
 * Counts and locks that the users of all workers share by name: names may be made while the plan runs.
 *
 * A name is found by the first 64 bits of its digest, at the place they give or the next that is free.
 */
export class SharedNames {
  readonly #keys: BigInt64Array;
  readonly #cells: Int32Array;
  readonly #lost: Int32Array;
  readonly #slots = new Map<string, number>();
  /** By slot, then by ticket: users of this worker who wait for a lock. */
  readonly #waiting = new Map<number, Map<number, Waiting>>();

  constructor({ names }: Pick<SharedState, 'names'>) {
    this.#keys = new BigInt64Array(names, 0, mostNames);
    this.#cells = new Int32Array(names, mostNames * 8, mostNames * cellsPerName);
    this.#lost = new Int32Array(names, namesBytes - 8, 1);
  }

  /** Adds one to a count and gives it. */
  readonly next = (name: string): number =>
    Atomics.add(this.#cells, this.#slot(`count ${name}`) * cellsPerName, 1) + 1;

  /** Waits until no other user of any worker holds the lock, first come, first served; gives what releases it. */
  readonly lock = async (name: string): Promise<() => void> => {
    const slot = this.#slot(`lock ${name}`);
    const [next, serving] = [slot * cellsPerName, slot * cellsPerName + 1];
    for (;;) {
      const lost = Atomics.load(this.#lost, 0);
      const ticket = Atomics.add(this.#cells, next, 1);
      const isFree = Atomics.load(this.#cells, serving) >= ticket;
      if (!isFree && !(await new Promise<boolean>((enter) => this.#wait(slot, ticket, { lost, enter }))))
        continue;
      return () => {
        if (Atomics.load(this.#lost, 0) !== lost) return;
        Atomics.add(this.#cells, serving, 1);
        Atomics.notify(this.#cells, serving);
      };
    }
  };

  /**
   * A worker was lost, perhaps with locks that nobody will release: all are free, and who waits draws a new ticket. A user
   * of another worker who is inside at that moment may meet the next one there; afterwards one at a time again.
   */
  abandon(): void {
    Atomics.add(this.#lost, 0, 1);
    for (let slot = 0; slot < mostNames; slot++) {
      const [next, serving] = [slot * cellsPerName, slot * cellsPerName + 1];
      Atomics.store(this.#cells, serving, Atomics.load(this.#cells, next));
      Atomics.notify(this.#cells, serving);
    }
  }

  #wait(slot: number, ticket: number, waits: Waiting): void {
    const others = this.#waiting.get(slot);
    if (others) {
      others.set(ticket, waits);
      return;
    }
    const waiting = new Map([[ticket, waits]]);
    this.#waiting.set(slot, waiting);
    void this.#serve(slot, waiting);
  }

  /** Lets in the users of this worker when it is their turn. One for all that wait at a lock, so that each release wakes one. */
  async #serve(slot: number, waiting: Map<number, Waiting>): Promise<void> {
    const cell = slot * cellsPerName + 1;
    while (waiting.size > 0) {
      const serving = Atomics.load(this.#cells, cell);
      const lost = Atomics.load(this.#lost, 0);
      for (const [ticket, waits] of waiting) {
        if (waits.lost === lost && ticket > serving) continue;
        waiting.delete(ticket);
        waits.enter(waits.lost === lost);
      }
      if (waiting.size > 0) await Atomics.waitAsync(this.#cells, cell, serving).value;
    }
    this.#waiting.delete(slot);
  }

  #slot(name: string): number {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    const slot = this.#find(name);
    this.#slots.set(name, slot);
    return slot;
  }

  #find(name: string): number {
    const key = createHash('sha256').update(name).digest().readBigInt64LE() || 1n;
    const start = Number(BigInt.asUintN(32, key)) % mostNames;
    for (let step = 0; step < mostNames; step++) {
      const slot = (start + step) % mostNames;
      const found = Atomics.compareExchange(this.#keys, slot, 0n, key);
      if (found === 0n || found === key) return slot;
    }
    throw new Error(`there are more than ${mostNames} names of locks and files`);
  }
}
