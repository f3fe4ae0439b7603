import type { CompiledGroup } from '../model/compiled-plan.ts';
import type { SharedState } from '../model/protocol.ts';

/** Int32 cells a worker: a cache line of its own, so that workers do not slow each other down. */
const cellsPerWorker = 16;
const [breathCell, threadCell, groupCell, userCell, stepCell, elementCell, recordedCell] = [
  0, 1, 2, 3, 4, 5, 6,
];
/** What became of clean-ups in this life of the worker. */
const cleanUpCells = { registered: 7, done: 8, failed: 9 } as const;
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

  /** The counts of a life that is over; the next begins anew. */
  takeCleanUp(): Readonly<Record<CleanUpCell, number>> {
    const take = (what: CleanUpCell) => Atomics.exchange(this.#cells, cleanUpCells[what], 0);
    return { registered: take('registered'), done: take('done'), failed: take('failed') };
  }
}

/** In the cell of a user: it has not begun, has ended, or was lost; else one more than the loops it has done. */
const [notBegun, hasEnded, wasLost] = [0, -1, -2];

export function progressBytes(groups: readonly Pick<CompiledGroup, 'threads'>[]): number {
  return (
    4 *
    Math.max(
      1,
      groups.reduce((sum, { threads }) => sum + threads, 0),
    )
  );
}

/** How far each user of a group has come: what a new worker goes on from. */
export class UserProgress {
  readonly #cells: Int32Array;

  constructor(
    { progress }: Pick<SharedState, 'progress'>,
    groups: readonly Pick<CompiledGroup, 'threads'>[],
    group: number,
  ) {
    const before = groups.slice(0, group).reduce((sum, { threads }) => sum + threads, 0);
    this.#cells = new Int32Array(progress, 4 * before, groups[group]?.threads ?? 0);
  }

  /** The user has begun, and has done so many loops. */
  done(user: number, loops: number): void {
    this.#cells[user] = loops + 1;
  }

  ended(user: number): void {
    this.#cells[user] = hasEnded;
  }

  lost(user: number): void {
    this.#cells[user] = wasLost;
  }

  /** Loops done; null: it has not begun. */
  loopsOf(user: number): number | null {
    const cell = this.#cells[user] ?? notBegun;
    return cell > notBegun ? cell - 1 : null;
  }

  /** Whether there is nothing more for it to do. */
  isOver(user: number): boolean {
    return (this.#cells[user] ?? notBegun) < notBegun;
  }

  isLost(user: number): boolean {
    return this.#cells[user] === wasLost;
  }
}
