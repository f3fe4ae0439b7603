import type { CompiledGroup } from '../model/compiled-plan.ts';
import { mostUsers } from '../model/load-keys.ts';
import type { SharedState } from '../model/protocol.ts';

/**
 * In the cell of a user: it has not begun, has ended, was lost, or has left because there were to be fewer users; else one
 * more than the loops it has done.
 */
const [notBegun, hasEnded, wasLost, hasLeft] = [0, -1, -2, -3];

/**
 * Room for as many users as people may set while the load runs. The system gives memory only for what is written: the rest
 * costs nothing.
 */
export function progressMemory(
  groups: readonly Pick<CompiledGroup, 'phase' | 'threads'>[],
): SharedArrayBuffer[] {
  return groups.map(
    ({ phase, threads }) => new SharedArrayBuffer(4 * (phase === 'main' ? mostUsers : threads)),
  );
}

/** How far each user of a group has come: what a new worker goes on from. */
export class UserProgress {
  readonly #cells: Int32Array;

  constructor({ progress }: Pick<SharedState, 'progress'>, group: number) {
    this.#cells = new Int32Array(progress[group] ?? new SharedArrayBuffer(0));
  }

  /** How many users there is room for. */
  get size(): number {
    return this.#cells.length;
  }

  /** The user has begun, and has done so many loops. */
  done(user: number, loops: number): void {
    this.#cells[user] = loops + 1;
  }

  ended(user: number): void {
    this.#cells[user] = hasEnded;
  }

  left(user: number): void {
    this.#cells[user] = hasLeft;
  }

  lost(user: number): void {
    this.#cells[user] = wasLost;
  }

  /** Loops done; null: it has not begun, or is over. */
  loopsOf(user: number): number | null {
    const cell = this.#cells[user] ?? notBegun;
    return cell > notBegun ? cell - 1 : null;
  }

  /** Whether it has not begun. */
  isToCome(user: number): boolean {
    return (this.#cells[user] ?? notBegun) === notBegun;
  }

  /** Whether there is nothing more for it to do. */
  isOver(user: number): boolean {
    return (this.#cells[user] ?? notBegun) < notBegun;
  }

  isLost(user: number): boolean {
    return this.#cells[user] === wasLost;
  }

  hasLeft(user: number): boolean {
    return this.#cells[user] === hasLeft;
  }
}
