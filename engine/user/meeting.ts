import type { GroupRun } from './group-run.ts';
import type { Meeting } from './world.ts';

/** How soon a user whose time to wait stands still looks at it again. */
const leastMs = 50;

/**
 * What a user of a group waits for at a rendezvous. Of a group that has been made smaller no more are waited for than there
 * are; and while the load is paused nobody comes, so that the time to wait (0: without limit) stands still.
 */
export function meetingOf(
  { gate, config, world, time }: GroupRun,
  users: number,
  timeoutMs: number,
): Meeting {
  const loadEpochMs = () => world.clock.nowEpochMs() - time.shiftMs;
  const untilMs = timeoutMs === 0 ? Infinity : loadEpochMs() + timeoutMs;
  return {
    users: () => (gate.load.threads < config.threads ? Math.min(users, gate.load.threads) : users),
    leftMs: () => Math.max(time.isPaused ? leastMs : 0, untilMs - loadEpochMs()),
  };
}
