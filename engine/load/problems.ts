import { UserError, type Position, type Problem } from '../model/errors.ts';

/** More are counted but not told: a hostile file has thousands. */
const maxReported = 100;

/** Collects the mistakes of a plan, so that its author sees them all at once. */
export class Problems {
  readonly #list: Problem[] = [];

  add(at: Position | undefined, message: string): void {
    this.#list.push(at ? { at, message } : { message });
  }

  get count(): number {
    return this.#list.length;
  }

  /** Throws what was collected, by file and position; what stands in no file comes first. */
  throwIfAny(): void {
    if (this.#list.length === 0) return;
    const sorted = this.#list.toSorted(byPlace).filter(isNew);
    const left = sorted.length - maxReported;
    const reported = sorted.slice(0, maxReported);
    if (left > 0) reported.push({ message: `… and ${left} more problems.` });
    throw new UserError(reported);
  }
}

function byPlace({ at: a }: Problem, { at: b }: Problem): number {
  if (!a || !b) return Number(Boolean(a)) - Number(Boolean(b));
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

/** An anchored mapping is checked wherever its aliases stand, and would be reported as often. */
function isNew({ at, message }: Problem, index: number, sorted: readonly Problem[]): boolean {
  const before = sorted[index - 1];
  return before?.message !== message || !at || byPlace({ at, message }, before) !== 0;
}
