import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { SharedCounters } from '../model/ports.ts';
import type { SharedState } from '../model/protocol.ts';
import { namesBytes, type SharedNames } from './shared-names.ts';
import { poolMemory } from './shared-pool.ts';
import { Attendance } from './attendance.ts';
import type { Meeting } from '../user/world.ts';
import { progressMemory } from './user-progress.ts';
import { slotBytes } from './worker-slot.ts';

export function makeSharedState(plan: CompiledPlan, workers: number): SharedState {
  return {
    active: new SharedArrayBuffer(4 * (plan.groups.length + 1)),
    counters: new SharedArrayBuffer(4 * Math.max(1, plan.counterSlots)),
    elements: new SharedArrayBuffer(4 * cellsPerElement * Math.max(1, plan.elementSlots)),
    names: new SharedArrayBuffer(namesBytes),
    times: new SharedArrayBuffer(8 * (plan.groups.length + 1) * Math.max(1, plan.elementSlots)),
    meetings: new SharedArrayBuffer(4 * (1 + workers * 2 * Math.max(1, plan.elementSlots))),
    workers: new SharedArrayBuffer(slotBytes * workers),
    progress: progressMemory(plan.groups),
    pools: Object.fromEntries(
      plan.pools.flatMap((pool) => (pool.share === 'all' ? [[pool.name, poolMemory(pool)]] : [])),
    ),
  };
}

/** Counters that all users of all workers share. Each starts at 1. */
export function sharedCounters(state: SharedState, names: SharedNames): SharedCounters {
  const cells = new Int32Array(state.counters);
  return { next: (slot) => Atomics.add(cells, slot, 1) + 1, nextNamed: names.next };
}

const cellsPerElement = 3;

/** What the users of all workers share at one place of the plan. */
export class SharedElements {
  readonly #cells: Int32Array;
  readonly #times: BigInt64Array;
  readonly #timesPerElement: number;
  readonly #attendance: Attendance;

  /** For a worker; -1 for the main thread. */
  constructor(state: SharedState, worker: number) {
    this.#attendance = new Attendance(state, worker);
    this.#cells = new Int32Array(state.elements);
    this.#times = new BigInt64Array(state.times);
    this.#timesPerElement = new Int32Array(state.active).length;
  }

  readonly add = (slot: number, amount: number): number =>
    Atomics.add(this.#cells, slot * cellsPerElement, amount) + amount;

  /** A time that the users of a group share, or of all groups (null): replaced by what `next` makes of it. */
  readonly time = (slot: number, group: number | null, next: (epochMs: number) => number): number => {
    const cell = slot * this.#timesPerElement + (group === null ? 0 : group + 1);
    for (;;) {
      const known = Atomics.load(this.#times, cell);
      const wanted = BigInt(Math.round(next(Number(known) / 1000) * 1000));
      if (Atomics.compareExchange(this.#times, cell, known, wanted) === known) return Number(wanted) / 1000;
    }
  };

  /**
   * Waits until so many users stand at the place, then lets them go together. False when the time is over first.
   * Users that were lost will not come, and are not waited for.
   */
  readonly meet = async (slot: number, { users, leftMs }: Meeting): Promise<boolean> => {
    const [waiting, meetings] = [slot * cellsPerElement + 1, slot * cellsPerElement + 2];
    const meeting = Atomics.load(this.#cells, meetings);
    this.#attendance.add(slot, meeting);
    Atomics.add(this.#cells, waiting, 1);
    while (!this.#letGo(slot, users())) {
      const how = await Atomics.waitAsync(this.#cells, meetings, meeting, leftMs()).value;
      if (Atomics.load(this.#cells, meetings) !== meeting) return true;
      if (how !== 'timed-out' || leftMs() > 0) continue;
      this.#attendance.leave(slot, meeting);
      Atomics.sub(this.#cells, waiting, 1);
      return false;
    }
    return true;
  };

  /** A worker was lost, and some users for good: its places at meetings are empty, and the others look again. */
  abandonedBy(worker: number, lostUsers: number): void {
    this.#attendance.addLost(lostUsers);
    for (let slot = 0; slot < this.#cells.length / cellsPerElement; slot++) {
      const [waiting, meetings] = [slot * cellsPerElement + 1, slot * cellsPerElement + 2];
      const gone = this.#attendance.take(worker, slot, Atomics.load(this.#cells, meetings));
      Atomics.sub(this.#cells, waiting, gone);
      Atomics.notify(this.#cells, meetings);
    }
  }

  /** More or fewer users may be waited for than before: those that wait look again. */
  lookAgain(): void {
    for (let slot = 0; slot < this.#cells.length / cellsPerElement; slot++) {
      Atomics.notify(this.#cells, slot * cellsPerElement + 2);
    }
  }

  #letGo(slot: number, users: number): boolean {
    const [waiting, meetings] = [slot * cellsPerElement + 1, slot * cellsPerElement + 2];
    const here = Atomics.load(this.#cells, waiting);
    if (here < Math.max(1, users - this.#attendance.lost)) return false;
    if (Atomics.compareExchange(this.#cells, waiting, here, Math.max(0, here - users)) !== here) {
      return this.#letGo(slot, users);
    }
    Atomics.add(this.#cells, meetings, 1);
    Atomics.notify(this.#cells, meetings);
    return true;
  }
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
