import type { CompiledGroup } from '../model/compiled-plan.ts';
import type { LiveLoad } from '../model/live-load.ts';
import type { SharedState } from '../model/protocol.ts';
import { shareOf } from '../schedule/closed-users.ts';
import { ActiveUsers } from './shared-state.ts';
import { UserProgress } from './user-progress.ts';

/** The users of one worker as the main thread sees them in shared memory, once that worker is dead. */
export class ShareProgress {
  readonly #load: LiveLoad;
  readonly #progress: readonly UserProgress[];
  readonly #active: ActiveUsers;
  readonly #worker: number;
  readonly #workers: number;

  constructor(
    groups: readonly CompiledGroup[],
    shared: SharedState,
    { worker, workers, load }: { readonly worker: number; readonly workers: number; readonly load: LiveLoad },
  ) {
    this.#load = load;
    this.#progress = groups.map((_, group) => new UserProgress(shared, group));
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
    const progress = this.#progress[group];
    const wanted = this.#users(0, this.#load.groups[group]?.threads ?? 0);
    const left = [...wanted].filter((user) => progress?.isOver(user) === false);
    for (const user of left) this.lose(group, user);
    return left.length;
  }

  /** Nobody is active any more: who goes on in a new worker is counted there. */
  deactivate(): void {
    this.#progress.forEach((progress, group) => {
      let active = 0;
      for (const user of this.#users(0, progress.size)) if (progress.loopsOf(user) !== null) active += 1;
      if (active > 0) this.#active.add(group, -active);
    });
  }

  #users(from: number, to: number): Generator<number> {
    return shareOf(from, to, this.#worker, this.#workers);
  }
}
