import type { ElementUser } from './element.ts';

/** After a wait for others: what comes next is due now, and the open transactions were idle. */
export function waitedFor(user: ElementUser): void {
  const nowEpochMs = user.nowEpochMs();
  const idleMs = Math.max(0, nowEpochMs - user.dueEpochMs);
  user.dueEpochMs += idleMs;
  for (const transaction of user.transactions) transaction.idleMs += idleMs;
}
