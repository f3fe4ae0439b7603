import type { CompiledGroup } from '../model/compiled-plan.ts';
import type { UserCounts } from '../model/metrics.ts';
import type { SharedState } from '../model/protocol.ts';
import { ActiveUsers } from './shared-state.ts';
import { UserProgress } from './worker-slot.ts';

/** The users of one worker as the main thread sees them in shared memory, once that worker is dead. */
export class ShareProgress {
  readonly #groups: readonly CompiledGroup[];
  readonly #progress: readonly UserProgress[];
  readonly #active: ActiveUsers;
  readonly #worker: number;
  readonly #workers: number;

  constructor(
    groups: readonly CompiledGroup[],
    shared: SharedState,
    { worker, workers }: { readonly worker: number; readonly workers: number },
  ) {
    this.#groups = groups;
    this.#progress = groups.map((_, group) => new UserProgress(shared, groups, group));
    this.#active = new ActiveUsers(shared);
    this.#worker = worker;
    this.#workers = workers;
  }

  /** The user is not taken up again. */
  lose(group: number, user: number): void {
    this.#progress[group]?.lost(user);
  }

  /** None of the group's users is taken up again; gives how many had still something to do. */
  loseAll(group: number): number {
    const left = this.#users(group).filter((user) => this.#progress[group]?.isOver(user) === false);
    for (const user of left) this.lose(group, user);
    return left.length;
  }

  /** Nobody is active any more: who goes on in a new worker is counted there. */
  deactivate(): void {
    this.#groups.forEach((_, group) => {
      const active = this.#users(group).filter((user) => this.#loops(group, user) !== null).length;
      if (active > 0) this.#active.add(group, -active);
    });
  }

  /** Of the load: who has started, and who has come to the end. */
  counts(): UserCounts {
    let [started, finished] = [0, 0];
    this.#groups.forEach(({ phase }, group) => {
      if (phase !== 'main') return;
      for (const user of this.#users(group)) {
        const progress = this.#progress[group];
        const isOver = progress?.isOver(user) ?? false;
        if (isOver || this.#loops(group, user) !== null) started += 1;
        if (isOver && !progress?.isLost(user)) finished += 1;
      }
    });
    return { active: 0, started, finished };
  }

  #loops(group: number, user: number): number | null {
    return this.#progress[group]?.loopsOf(user) ?? null;
  }

  #users(group: number): number[] {
    const users: number[] = [];
    const threads = this.#groups[group]?.threads ?? 0;
    for (let user = this.#worker; user < threads; user += this.#workers) users.push(user);
    return users;
  }
}
