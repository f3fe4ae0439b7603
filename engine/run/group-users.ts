import type { Share } from '../model/protocol.ts';
import { closedUsers } from '../schedule/closed-users.ts';
import { buildSteps } from '../user/build-steps.ts';
import type { GroupRun } from '../user/group-run.ts';
import { runUser } from '../user/run-user.ts';
import { User } from '../user/user.ts';

export interface UserCounting {
  started(group: number): void;
  ended(group: number): void;
}

/** The users of one group in one worker, from start to end. */
export class GroupUsers {
  readonly #group: GroupRun;
  readonly #counting: UserCounting;
  readonly #users = new Set<User>();
  readonly #waiting = new Set<User>();

  constructor(group: GroupRun, counting: UserCounting) {
    this.#group = group;
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
    const times = closedUsers(config, share.index, share.of);
    await Promise.all(
      times.map(async ({ index, startMs, endMs }) => {
        const epochs = { startEpochMs: startEpochMs + startMs, endEpochMs: startEpochMs + endMs };
        const user = new User(this.#group, { index, ...epochs });
        this.#users.add(user);
        this.#waiting.add(user);
        await runUser(user, this.#group, {
          steps,
          setUp,
          tearDown,
          started: () => {
            this.#waiting.delete(user);
            this.#counting.started(this.#group.index);
          },
          ended: () => this.#counting.ended(this.#group.index),
        });
        this.#users.delete(user);
        this.#waiting.delete(user);
      }),
    );
  }

  /**
   * `graceful`: no new users and no new iterations. `now`: pauses end, too, and nothing more of the load is started.
   * `quit`: nor of what users do when they end.
   */
  stop(mode: 'graceful' | 'now' | 'quit'): void {
    this.#group.stop(mode);
    for (const user of mode === 'graceful' ? this.#waiting : this.#users) user.wake();
  }
}
