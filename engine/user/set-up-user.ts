import type { Run } from '../elements/element.ts';
import type { GroupRun } from './group-run.ts';
import type { User } from './user.ts';

/**
 * A user's own set-up, before its first iteration: within its time, its samples not counted unless the plan says so.
 * False: the user goes no further. A failed sample ends set-up and user, which is counted, and told once for each
 * reason.
 */
export async function setUpUser(user: User, group: GroupRun, steps: Run): Promise<boolean> {
  const part = group.part('set-up');
  const other = user.beside('set-up');
  const flow = await steps(other);
  user.joined([other]);
  if (other.failures === 0) return flow !== 'stopThread';
  // What was in flight when the run was stopped failed by that.
  if (group.stoppedNow) return false;
  const reason = part.firstFailure;
  group.world.countSetUpFailure();
  group.world.problem(`set-up of a user of "${group.config.name}" failed, which ended the user: ${reason}`);
  return false;
}
