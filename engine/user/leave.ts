import { messageOf } from '../model/errors.ts';
import type { Run } from '../elements/element.ts';
import type { GroupRun } from './group-run.ts';
import type { User } from './user.ts';

/**
 * The end of a user: its tear-down, then what its steps kept for clean-up, the last kept first. Whatever ended the
 * user, both are performed, for the grace period at most; only who quits leaves them. What the user of the plan's set-up
 * kept waits for the tear-down of the plan, whose user performs it after its own.
 */
export async function leave(user: User, group: GroupRun, tearDown: Run | null): Promise<void> {
  const { world, config } = group;
  if (config.phase === 'setUp' && user.hasKept) {
    world.keptBySetUp.push(() => finish(user, group, tearDown));
    return;
  }
  await finish(user, group, tearDown);
  if (config.phase !== 'tearDown') return;
  for (const finishSetUp of world.keptBySetUp.splice(0).reverse()) await finishSetUp();
}

async function finish(user: User, group: GroupRun, tearDown: Run | null): Promise<void> {
  const endEpochMs = user.nowEpochMs() + group.world.graceMs;
  if (tearDown) await perform(user.beside('tear-down', { endEpochMs }), tearDown, group);
  if (user.hasKept) await cleanUp(user, group, endEpochMs);
  try {
    group.world.endUser(user);
  } catch (error) {
    group.endedEarly(`${user.threadName} could not give back what it held: ${messageOf(error)}`);
  }
}

/** One after the other, as long as there is time. What is not begun stays, and is missing in the count. */
async function cleanUp(user: User, group: GroupRun, endEpochMs: number): Promise<void> {
  const { world } = group;
  const part = group.part('clean-up');
  while (!part.stoppedNow && user.nowEpochMs() < endEpochMs) {
    const kept = user.takeKept();
    if (!kept) return;
    const other = user.beside('clean-up', { endEpochMs, kept });
    const end = await perform(other, kept.steps, group);
    if (other.failures > 0 || end === 'broken') world.countCleanUp('failed', part.firstFailure);
    else if (end === 'whole') world.countCleanUp('done');
  }
}

/** Whether the steps were gone through to their end. A defect is counted. */
async function perform(user: User, steps: Run, group: GroupRun): Promise<'whole' | 'cut' | 'broken'> {
  try {
    return (await steps(user)) === 'stopThread' ? 'cut' : 'whole';
  } catch (error) {
    group.endedEarly(`${user.threadName}, after its last iteration: ${messageOf(error)}`);
    return 'broken';
  }
}
