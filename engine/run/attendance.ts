import type { SharedState } from '../model/protocol.ts';
import { slotBytes } from './worker-slot.ts';

const cellsPerSlot = 2;

/** Which workers' users wait at a rendezvous: what must be taken back when a worker dies. */
export class Attendance {
  readonly #cells: Int32Array;
  readonly #slots: number;
  readonly #worker: number;

  constructor({ meetings, workers }: SharedState, worker: number) {
    this.#cells = new Int32Array(meetings);
    this.#slots = (this.#cells.length - 1) / cellsPerSlot / (workers.byteLength / slotBytes);
    this.#worker = worker;
  }

  /** Users of all workers that were lost for good. */
  get lost(): number {
    return Atomics.load(this.#cells, 0);
  }

  addLost(users: number): void {
    Atomics.add(this.#cells, 0, users);
  }

  /** A user of this worker waits for the meeting of that number. */
  add(slot: number, meeting: number): void {
    const place = this.#place(this.#worker, slot);
    const before = this.#cells[place] === meeting ? (this.#cells[place + 1] ?? 0) : 0;
    this.#cells[place] = meeting;
    this.#cells[place + 1] = before + 1;
  }

  leave(slot: number, meeting: number): void {
    const place = this.#place(this.#worker, slot);
    if (this.#cells[place] === meeting) this.#cells[place + 1] = (this.#cells[place + 1] ?? 1) - 1;
  }

  /** How many of a worker's users still wait for that meeting; from now on none. */
  take(worker: number, slot: number, meeting: number): number {
    const place = this.#place(worker, slot);
    const waiting = this.#cells[place] === meeting ? (this.#cells[place + 1] ?? 0) : 0;
    this.#cells[place + 1] = 0;
    return waiting;
  }

  #place(worker: number, slot: number): number {
    return 1 + (worker * this.#slots + slot) * cellsPerSlot;
  }
}
