import type { SharedState } from '../model/protocol.ts';

/** Int32 cells a worker: a cache line of its own, so that workers do not slow each other down. */
const cellsPerWorker = 16;
const [breathCell, threadCell, groupCell, userCell, stepCell, elementCell, recordedCell] = [
  0, 1, 2, 3, 4, 5, 6,
];
/** What became of clean-ups in this life of the worker. */
const cleanUpCells = { registered: 7, done: 8, failed: 9 } as const;
/** Users of the load, over all lives of the worker. */
const userCells = { started: 10, finished: 11 } as const;
type CleanUpCell = keyof typeof cleanUpCells;

export const slotBytes = 4 * cellsPerWorker;

/** What a worker is about to do, in numbers of `places.ts`. */
export interface Doing {
  readonly group: number;
  /** From 0, over all workers. */
  readonly user: number;
  /** 0: no step. */
  readonly step: number;
  /** 0: the step itself. */
  readonly element: number;
}

/**
 * What the main thread reads of a worker that answers no more: shared memory, written by plain stores, because the
 * worker writes there before every piece of work that may never end.
 */
export class WorkerSlot {
  readonly #cells: Int32Array;

  constructor({ workers }: Pick<SharedState, 'workers'>, worker: number) {
    this.#cells = new Int32Array(workers, worker * slotBytes, cellsPerWorker);
  }

  /** The event loop has turned, so what was noted last has come to its end. */
  breathe(): void {
    this.#cells[breathCell] = this.breaths + 1;
    this.#cells[userCell] = 0;
  }

  get breaths(): number {
    return Atomics.load(this.#cells, breathCell);
  }

  /** The thread's number in the operating system; 0: not known. */
  get thread(): number {
    return Atomics.load(this.#cells, threadCell);
  }

  set thread(id: number) {
    Atomics.store(this.#cells, threadCell, id);
  }

  /** Gives what notes that a user begins one piece of work. */
  mark(group: number, step: number, element: number): (threadNumber: number) => void {
    const cells = this.#cells;
    return (threadNumber) => {
      cells[userCell] = threadNumber;
      cells[groupCell] = group;
      cells[stepCell] = step;
      cells[elementCell] = element;
    };
  }

  /** The user waits: whatever runs next is not its work. */
  readonly unmark = (): void => {
    this.#cells[userCell] = 0;
  };

  /** What was noted last; null when that has ended. */
  get doing(): Doing | null {
    const cell = (index: number) => Atomics.load(this.#cells, index);
    const user = cell(userCell) - 1;
    if (user < 0) return null;
    return { group: cell(groupCell), user, step: cell(stepCell), element: cell(elementCell) };
  }

  /** Samples recorded, over all lives of the worker. */
  get recorded(): number {
    return Atomics.load(this.#cells, recordedCell);
  }

  countRecorded(): void {
    this.#cells[recordedCell] = (this.#cells[recordedCell] ?? 0) + 1;
  }

  countCleanUp(what: CleanUpCell): void {
    const cell = cleanUpCells[what];
    this.#cells[cell] = (this.#cells[cell] ?? 0) + 1;
  }

  countUser(what: keyof typeof userCells): void {
    const cell = userCells[what];
    this.#cells[cell] = (this.#cells[cell] ?? 0) + 1;
  }

  get users(): Readonly<Record<keyof typeof userCells, number>> {
    const count = (what: keyof typeof userCells) => Atomics.load(this.#cells, userCells[what]);
    return { started: count('started'), finished: count('finished') };
  }

  /** The counts of a life that is over; the next begins anew. */
  takeCleanUp(): Readonly<Record<CleanUpCell, number>> {
    const take = (what: CleanUpCell) => Atomics.exchange(this.#cells, cleanUpCells[what], 0);
    return { registered: take('registered'), done: take('done'), failed: take('failed') };
  }
}
