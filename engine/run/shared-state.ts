import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { SharedCounters } from '../model/ports.ts';
import type { SharedState } from '../model/protocol.ts';

export function makeSharedState(plan: CompiledPlan): SharedState {
  return {
    active: new SharedArrayBuffer(4 * (plan.groups.length + 1)),
    counters: new SharedArrayBuffer(4 * Math.max(1, plan.counterSlots)),
    elements: new SharedArrayBuffer(4 * cellsPerElement * Math.max(1, plan.elementSlots)),
  };
}

/** Counters that all users of all workers share. Each starts at 1. */
export function sharedCounters(state: SharedState): SharedCounters {
  const cells = new Int32Array(state.counters);
  return { next: (slot) => Atomics.add(cells, slot, 1) + 1 };
}

const cellsPerElement = 3;

/** What the users of all workers share at one place of the plan. */
export class SharedElements {
  readonly #cells: Int32Array;

  constructor(state: SharedState) {
    this.#cells = new Int32Array(state.elements);
  }

  readonly add = (slot: number, amount: number): number =>
    Atomics.add(this.#cells, slot * cellsPerElement, amount) + amount;

  /**
   * Waits until so many users stand at the place, then lets them go together. False when the time is over first;
   * 0 waits without end.
   */
  readonly meet = async (slot: number, users: number, timeoutMs: number): Promise<boolean> => {
    const [waiting, meetings] = [slot * cellsPerElement + 1, slot * cellsPerElement + 2];
    const meeting = Atomics.load(this.#cells, meetings);
    if (Atomics.add(this.#cells, waiting, 1) + 1 >= users) {
      Atomics.sub(this.#cells, waiting, users);
      Atomics.add(this.#cells, meetings, 1);
      Atomics.notify(this.#cells, meetings);
      return true;
    }
    const { value } = Atomics.waitAsync(
      this.#cells,
      meetings,
      meeting,
      timeoutMs === 0 ? Infinity : timeoutMs,
    );
    if ((await value) !== 'timed-out') return true;
    Atomics.sub(this.#cells, waiting, 1);
    return false;
  };
}

/** How many users are active over all workers: JMeter's `grpThreads` and `allThreads`. */
export class ActiveUsers {
  readonly #cells: Int32Array;

  constructor(state: SharedState) {
    this.#cells = new Int32Array(state.active);
  }

  add(group: number, users: number): void {
    Atomics.add(this.#cells, 0, users);
    Atomics.add(this.#cells, group + 1, users);
  }

  readonly inAll = (): number => Atomics.load(this.#cells, 0);
  readonly of = (group: number): number => Atomics.load(this.#cells, group + 1);
}
