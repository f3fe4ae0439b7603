import type { ElementUser } from './element.ts';

/** After a wait for others: what comes next is due now, and the open transactions were idle. */
export function waitedFor(user: ElementUser): void {
  const nowEpochMs = user.nowEpochMs();
  const idleMs = Math.max(0, nowEpochMs - user.dueEpochMs);
  user.dueEpochMs += idleMs;
  for (const transaction of user.transactions) transaction.idleMs += idleMs;
}

/**
 * Sleeps for so long from when the user was due: what a pause and a timer do. `over`, without sleeping, when the user's
 * time would be up first (`TimerService.java`); `cut` when the run was stopped meanwhile.
 */
export async function sleepFor(user: ElementUser, forMs: number): Promise<'slept' | 'cut' | 'over'> {
  const untilEpochMs = user.dueEpochMs + forMs;
  if (untilEpochMs >= user.endEpochMs) {
    user.cutShort = true;
    return 'over';
  }
  const fromEpochMs = user.nowEpochMs();
  const whole = await user.sleepUntil(untilEpochMs);
  user.dueEpochMs = whole ? untilEpochMs : user.nowEpochMs();
  const idleMs = Math.max(0, user.dueEpochMs - fromEpochMs);
  for (const transaction of user.transactions) transaction.idleMs += idleMs;
  return whole ? 'slept' : 'cut';
}
