import { messageOf } from '../model/errors.ts';
import type { GroupLoad } from '../model/live-load.ts';
import type { Share } from '../model/protocol.ts';
import { closedUsers, endOf, shareOf, shareSize } from '../schedule/closed-users.ts';
import { buildSteps } from '../user/build-steps.ts';
import type { GroupRun } from '../user/group-run.ts';
import { runUser, type Life } from '../user/run-user.ts';
import { User } from '../user/user.ts';
import type { UserProgress } from './user-progress.ts';

export interface UserCounting {
  /** `again`: it had started in a worker that died. */
  started(again: boolean): void;
  ended(): void;
  /** More users are to start than before, or fewer. */
  planned(more: number): void;
}

export interface GroupShare {
  readonly share: Pick<Share, 'index' | 'of'>;
  readonly startEpochMs: number;
  readonly load: GroupLoad;
  /** Takes up what a worker that died has left. */
  readonly again: boolean;
}

type Steps = Pick<Life, 'steps' | 'setUp' | 'tearDown'>;

/** The users of one group in one worker, from start to end. Each is made when it is due. */
export class GroupUsers {
  readonly #group: GroupRun;
  readonly #given: GroupShare;
  readonly #progress: UserProgress;
  readonly #counting: UserCounting;
  /** When the group starts and ends, the pauses of the load left out. */
  readonly #startEpochMs: number;
  readonly #endEpochMs: number;
  readonly #alive = new Map<number, User>();
  #steps: Steps | undefined;
  /** Users under way, and what may still begin some. */
  #open = 0;
  /** The last number of users of which the end has been told. */
  #toldRevision = -1;
  #idle: (revision: number) => void = () => undefined;

  constructor(group: GroupRun, given: GroupShare, progress: UserProgress, counting: UserCounting) {
    this.#group = group;
    this.#given = given;
    this.#progress = progress;
    this.#counting = counting;
    this.#startEpochMs = given.startEpochMs - group.time.shiftMsAt(given.startEpochMs);
    this.#endEpochMs = this.#startEpochMs + endOf(group.config);
    group.gate.set(given.load);
  }

  /** In the plan's list of groups. */
  get index(): number {
    return this.#group.index;
  }

  get load(): GroupLoad {
    return this.#group.gate.load;
  }

  /** Calls `idle` when all users have ended, and once more after each time that people have set their number. */
  run(idle: (revision: number) => void): void {
    this.#idle = idle;
    const { again, load } = this.#given;
    const { threads } = this.#group.config;
    const { index, of } = this.#given.share;
    if (again) this.#whileOpen(() => this.#takeUp());
    else this.#counting.planned(-shareSize(load.ramped, threads, index, of));
    const added = this.#shareOf(load.ramped, load.threads).filter((user) => !again || this.#mayBegin(user));
    if (!again) this.#counting.planned(added.length);
    this.#whileOpen(() => this.#add(added));
    this.#whileOpen(() => this.#ramp());
  }

  /** People have changed the load. */
  set(load: GroupLoad): void {
    const { gate } = this.#group;
    const { threads, revision } = gate.load;
    gate.set(load);
    if (load.revision === revision) return;
    const dropped = this.#shareOf(load.threads, threads).filter((user) => this.#isToCome(user));
    const added = this.#shareOf(threads, load.threads).filter((user) => !this.#alive.has(user));
    this.#counting.planned(added.length - dropped.length);
    this.#whileOpen(() => this.#add(added));
  }

  /**
   * `graceful`: no new users and no new iterations. `soon`: pauses end, too, and no new sample of the load is started.
   * `now`: nothing more of it. `quit`: nor of what users do when they end.
   */
  stop(mode: Parameters<GroupRun['stop']>[0]): void {
    this.#group.stop(mode);
    if (mode !== 'graceful') for (const user of this.#alive.values()) user.wake();
  }

  /** Users that start by the ramp-up. */
  async #ramp(): Promise<void> {
    const { config, gate } = this.#group;
    const { share } = this.#given;
    for (const { index, dueMs } of closedUsers(config, share.index, share.of)) {
      if (index >= gate.load.ramped) return;
      if (!this.#isToCome(index)) continue;
      const dueEpochMs = this.#startEpochMs + dueMs;
      if (!this.#isPast(dueEpochMs)) await this.#until(dueEpochMs, () => index >= gate.load.ramped);
      if (this.#group.stopping || index >= gate.load.ramped) return;
      this.#begin(index, dueEpochMs + this.#group.time.shiftMs);
    }
  }

  /** Users that people have added: they start at once, though not before the group. */
  async #add(users: readonly number[]): Promise<void> {
    const { config, gate, world } = this.#group;
    const startEpochMs = this.#startEpochMs + config.delayMs;
    if (users.length > 0 && !this.#isPast(startEpochMs)) await this.#until(startEpochMs, () => false);
    for (const index of users) {
      if (this.#group.stopping) return;
      if (gate.wants(index + 1) && !this.#alive.has(index)) this.#begin(index, world.clock.nowEpochMs());
    }
  }

  /** Those that had started in a worker that died go on at once: their next loop is due now. */
  #takeUp(): void {
    const nowEpochMs = this.#group.world.clock.nowEpochMs();
    const { share } = this.#given;
    for (const index of shareOf(0, this.#progress.size, share.index, share.of)) {
      const loopsDone = this.#progress.loopsOf(index);
      if (loopsDone === null) continue;
      if (this.#goesOn(index, loopsDone)) this.#begin(index, nowEpochMs, loopsDone);
      else {
        this.#counting.started(true);
        this.#progress.ended(index);
        this.#counting.ended();
      }
    }
  }

  /** Whether there is something to take up again: it had not come to its end when its worker died. */
  #goesOn(index: number, loopsDone: number): boolean {
    const { config, gate } = this.#group;
    return loopsDone < (config.loops ?? Infinity) && gate.wants(index + 1) && !this.#isPast(this.#endEpochMs);
  }

  #begin(index: number, startEpochMs: number, loopsDone: number | null = null): void {
    const user = new User(this.#group, { index, startEpochMs, endEpochMs: this.#endEpochMs });
    this.#alive.set(index, user);
    this.#whileOpen(() => this.#live(index, user, loopsDone));
  }

  async #live(index: number, user: User, loopsDone: number | null): Promise<void> {
    const [progress, counting, { gate }] = [this.#progress, this.#counting, this.#group];
    const came = { started: false, unwanted: false };
    try {
      await runUser(user, this.#group, {
        ...this.#builtSteps(),
        loopsDone,
        looped: (loops) => progress.done(index, loops),
        started: () => {
          came.started = true;
          progress.done(index, loopsDone ?? 0);
          counting.started(loopsDone !== null);
        },
        ended: (unwanted) => {
          came.unwanted = unwanted;
          if (unwanted) progress.left(index);
          else progress.ended(index);
          counting.ended();
        },
      });
    } finally {
      this.#alive.delete(index);
    }
    if (this.#group.stopping) return;
    if (!came.started && !gate.wants(user.threadNumber)) counting.planned(-1);
    if (!came.unwanted || !gate.wants(user.threadNumber)) return;
    counting.planned(1);
    this.#begin(index, user.nowEpochMs());
  }

  /** Once per worker. */
  #builtSteps(): Steps {
    const group = this.#group;
    const { steps, data, setUp, tearDown } = group.config;
    return (this.#steps ??= {
      steps: buildSteps(steps, group, data),
      setUp: setUp ? buildSteps(setUp.steps, group.part('set-up')) : null,
      tearDown: tearDown ? buildSteps(tearDown.steps, group.part('tear-down')) : null,
    });
  }

  /** Does something that may begin users; when nothing does any more, and none is left, they have all ended. */
  #whileOpen(act: () => Promise<void> | void): void {
    this.#open += 1;
    const acted = async () => {
      try {
        await act();
      } catch (error) {
        const { name } = this.#group.config;
        this.#group.endedEarly(`the users of "${name}" could not be run: ${messageOf(error)}`);
      }
      this.#open -= 1;
      if (this.#open === 0) this.#settle();
    };
    void acted();
  }

  /** A group that people have set to no users has its time all the same: they may set it to some again. */
  #settle(): void {
    const { stopping, gate } = this.#group;
    const { revision, threads } = gate.load;
    if (revision === this.#toldRevision) return;
    const isEmptied = threads === 0 && revision > 0;
    if (isEmptied && !stopping && !this.#isPast(this.#endEpochMs)) {
      this.#whileOpen(() => this.#emptyUntilEnd(revision));
      return;
    }
    this.#toldRevision = revision;
    this.#idle(revision);
  }

  async #emptyUntilEnd(revision: number): Promise<void> {
    const { gate, world } = this.#group;
    await this.#until(this.#endEpochMs, () => gate.load.revision !== revision);
    if (gate.load.revision === revision) this.#group.loadEnds(world.clock.nowEpochMs());
  }

  /** Waits until a time of the load, the end of the run, or the end of the reason to wait. */
  async #until(epochMs: number, isOff: () => boolean): Promise<void> {
    const { gate, time } = this.#group;
    while (!this.#group.stopping && !isOff() && !this.#isPast(epochMs)) {
      await gate.wait(time.isPaused ? Infinity : epochMs + time.shiftMs);
    }
  }

  /** Of a time of the load. */
  #isPast(epochMs: number): boolean {
    const { world, time } = this.#group;
    return world.clock.nowEpochMs() >= epochMs + time.shiftMs;
  }

  #isToCome(index: number): boolean {
    return !this.#alive.has(index) && this.#progress.isToCome(index);
  }

  /** Whether it has not begun, or had left because there were to be fewer users. */
  #mayBegin(index: number): boolean {
    return this.#isToCome(index) || this.#progress.hasLeft(index);
  }

  #shareOf(from: number, to: number): number[] {
    const { index, of } = this.#given.share;
    return [...shareOf(from, to, index, of)];
  }
}
