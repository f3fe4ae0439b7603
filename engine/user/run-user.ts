import { messageOf } from '../model/errors.ts';
import type { Run } from '../elements/element.ts';
import type { GroupRun } from './group-run.ts';
import { leave } from './leave.ts';
import { setUpUser } from './set-up-user.ts';
import type { User } from './user.ts';

export interface Life {
  /** The group's steps, built once per worker. */
  readonly steps: Run;
  /** What each user does before its first iteration and after its last. Null: nothing. */
  readonly setUp: Run | null;
  readonly tearDown: Run | null;
  /** Loops that it did in a worker that died; null: it has not started yet. */
  readonly loopsDone: number | null;
  started(): void;
  /** One more loop is done: so many. */
  looped(loops: number): void;
  /** `unwanted`: it went because there were to be fewer users. */
  ended(unwanted: boolean): void;
}

/**
 * One user's life from when it is due: its set-up, then iterations until the loops are done, the time is up, a failure
 * ends it, there are to be fewer users or the run is stopped; then its tear-down and clean-up. Never rejects: what a step throws is a failed sample
 * (`failed-step.ts`), so anything that arrives here is a defect of the engine. It ends this user, which is counted and
 * fails the run.
 */
export async function runUser(user: User, group: GroupRun, life: Life): Promise<void> {
  const isNew = life.loopsDone === null;
  if (isNew && !group.gate.isOpen && !(await passGate(user, group))) return;
  life.started();
  let unwanted = false;
  try {
    if (life.setUp === null || (await setUpUser(user, group, life.setUp))) {
      group.loadStarts(user.nowEpochMs());
      unwanted = await iterate(user, group, life);
    }
  } catch (error) {
    group.endedEarly(`${user.threadName} ended early: ${messageOf(error)}`);
  } finally {
    group.loadEnds(loadEnd(user, group));
    group.world.trace?.flush(user);
    await leave(user, group, life.tearDown);
    life.ended(unwanted);
  }
}

/**
 * Waits as long as the gate of its group is shut. What it does next is due when it is let through: it is not late because
 * of the pause. False: it goes no further.
 */
async function passGate(user: User, group: GroupRun): Promise<boolean> {
  const { gate, time } = group;
  const isHeld = gate.isShut;
  const goesOn = () =>
    !group.stopping && gate.wants(user.threadNumber) && !(isHeld && user.nowEpochMs() >= user.endEpochMs);
  while (gate.isShut && goesOn()) await gate.wait(time.isPaused ? Infinity : user.endEpochMs);
  if (isHeld) user.dueEpochMs = Math.max(user.dueEpochMs, user.nowEpochMs());
  return goesOn();
}

/** A user whose time would be over before its next step ends at once; its load lasts as long as it was to. */
function loadEnd(user: User, group: GroupRun): number {
  const nowEpochMs = user.nowEpochMs();
  return user.cutShort && !group.stopping ? Math.max(nowEpochMs, user.endEpochMs) : nowEpochMs;
}

/** True: it left because there were to be fewer users. */
async function iterate(user: User, group: GroupRun, life: Life): Promise<boolean> {
  const loops = group.config.loops ?? Infinity;
  for (
    let n = life.loopsDone ?? 0;
    n < loops && !group.stopping && user.nowEpochMs() < user.endEpochMs;
    n++
  ) {
    if (!group.gate.isOpen && !(await passGate(user, group))) return !group.gate.wants(user.threadNumber);
    user.iteration = n;
    user.loopPass = n;
    const waitsBefore = user.waits;
    const flow = await life.steps(user);
    life.looped(n + 1);
    if (flow === 'stopThread' || flow === 'breakLoop') return false;
    if (user.waits === waitsBefore && (await user.giveWay()) === 'stopThread') return false;
  }
  return false;
}
