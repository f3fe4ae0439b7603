import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { SharedCounters } from '../model/ports.ts';
import type { SharedState } from '../model/protocol.ts';

export function makeSharedState(plan: CompiledPlan): SharedState {
  return {
    active: new SharedArrayBuffer(4 * (plan.groups.length + 1)),
    counters: new SharedArrayBuffer(4 * Math.max(1, plan.counterSlots)),
  };
}

/** Counters that all users of all workers share. Each starts at 1. */
export function sharedCounters(state: SharedState): SharedCounters {
  const cells = new Int32Array(state.counters);
  return { next: (slot) => Atomics.add(cells, slot, 1) + 1 };
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
