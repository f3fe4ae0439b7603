import type { Share } from '../model/protocol.ts';
import { closedUsers, type UserTimes } from '../schedule/closed-users.ts';
import { buildSteps } from '../user/build-steps.ts';
import type { GroupRun } from '../user/group-run.ts';
import { runUser } from '../user/run-user.ts';
import { User } from '../user/user.ts';
import type { UserProgress } from './worker-slot.ts';

export interface UserCounting {
  /** `again`: it had started in a worker that died. */
  started(again: boolean): void;
  ended(): void;
}

interface Begun {
  readonly user: User;
  readonly index: number;
  /** Null: it has not started yet. */
  readonly loopsDone: number | null;
}

/** The users of one group in one worker, from start to end. */
export class GroupUsers {
  readonly #group: GroupRun;
  readonly #counting: UserCounting;
  readonly #users = new Set<User>();
  readonly #waiting = new Set<User>();

  readonly #progress: UserProgress;

  constructor(group: GroupRun, progress: UserProgress, counting: UserCounting) {
    this.#group = group;
    this.#progress = progress;
    this.#counting = counting;
  }

  /** In the plan's list of groups. */
  get index(): number {
    return this.#group.index;
  }

  /** Resolves when all of them have ended. */
  async run(share: Share, startEpochMs: number): Promise<void> {
    const { config } = this.#group;
    const steps = buildSteps(config.steps, this.#group, config.data);
    const setUp = config.setUp ? buildSteps(config.setUp.steps, this.#group.part('set-up')) : null;
    const tearDown = config.tearDown
      ? buildSteps(config.tearDown.steps, this.#group.part('tear-down'))
      : null;
    const users = closedUsers(config, share.index, share.of)
      .filter(({ index }) => !this.#progress.isOver(index))
      .map((times) => this.#userOf(times, startEpochMs))
      .filter((begun) => !this.#isDone(begun));
    await Promise.all(
      users.map(async ({ user, index, loopsDone }) => {
        this.#users.add(user);
        this.#waiting.add(user);
        await runUser(user, this.#group, {
          steps,
          setUp,
          tearDown,
          loopsDone: loopsDone ?? 0,
          looped: (loops) => this.#progress.done(index, loops),
          started: () => {
            this.#waiting.delete(user);
            this.#progress.done(index, loopsDone ?? 0);
            this.#counting.started(loopsDone !== null);
          },
          ended: () => {
            this.#progress.ended(index);
            this.#counting.ended();
          },
        });
        this.#users.delete(user);
        this.#waiting.delete(user);
      }),
    );
  }

  /** It had come to its end when its worker died: there is nothing to take up again. */
  #isDone({ user, index, loopsDone }: Begun): boolean {
    if (loopsDone === null) return false;
    const { loops } = this.#group.config;
    if (loopsDone < (loops ?? Infinity) && user.nowEpochMs() < user.endEpochMs) return false;
    this.#counting.started(true);
    this.#progress.ended(index);
    this.#counting.ended();
    return true;
  }

  /** One that had started in a worker that died goes on at once: its next loop is due now. */
  #userOf({ index, startMs, endMs }: UserTimes, groupStartEpochMs: number): Begun {
    const loopsDone = this.#progress.loopsOf(index);
    const plannedEpochMs = groupStartEpochMs + startMs;
    const startEpochMs = loopsDone === null ? plannedEpochMs : this.#group.world.clock.nowEpochMs();
    const user = new User(this.#group, { index, startEpochMs, endEpochMs: groupStartEpochMs + endMs });
    return { user, index, loopsDone };
  }

  /**
   * `graceful`: no new users and no new iterations. `soon`: pauses end, too, and no new sample of the load is started.
   * `now`: nothing more of it. `quit`: nor of what users do when they end.
   */
  stop(mode: Parameters<GroupRun['stop']>[0]): void {
    this.#group.stop(mode);
    for (const user of mode === 'graceful' ? this.#waiting : this.#users) user.wake();
  }
}
