import { createHash } from 'node:crypto';
import type { SharedState } from '../model/protocol.ts';

/** Different names that can be shared. */
const mostNames = 4096;
const cellsPerName = 2;

/** Keys (Int64) and two cells (Int32) for each name, and one cell that says whether a worker was lost. */
export const namesBytes = mostNames * (8 + 4 * cellsPerName) + 8;

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
  readonly #waiting = new Map<number, Map<number, () => void>>();

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
    const ticket = Atomics.add(this.#cells, next, 1);
    if (Atomics.load(this.#cells, serving) !== ticket) {
      await new Promise<void>((resolve) => this.#wait(slot, ticket, resolve));
    }
    return () => {
      Atomics.add(this.#cells, serving, 1);
      Atomics.notify(this.#cells, serving);
    };
  };

  /** A worker was lost, perhaps with locks that nobody will release: all locks are open from now on. */
  abandon(): void {
    Atomics.store(this.#lost, 0, 1);
    for (let slot = 0; slot < mostNames; slot++) Atomics.notify(this.#cells, slot * cellsPerName + 1);
  }

  #wait(slot: number, ticket: number, resolve: () => void): void {
    const others = this.#waiting.get(slot);
    if (others) {
      others.set(ticket, resolve);
      return;
    }
    const waiting = new Map([[ticket, resolve]]);
    this.#waiting.set(slot, waiting);
    void this.#serve(slot, waiting);
  }

  /** Lets in the users of this worker when it is their turn. One for all that wait at a lock, so that each release wakes one. */
  async #serve(slot: number, waiting: Map<number, () => void>): Promise<void> {
    const cell = slot * cellsPerName + 1;
    while (waiting.size > 0) {
      const ticket = Atomics.load(this.#cells, cell);
      const tickets = Atomics.load(this.#lost, 0) === 1 ? [...waiting.keys()] : [ticket];
      for (const one of tickets) {
        waiting.get(one)?.();
        waiting.delete(one);
      }
      if (waiting.size > 0) await Atomics.waitAsync(this.#cells, cell, ticket).value;
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
