import { setTimeout as sleep } from 'node:timers/promises';
import { threadTime } from './thread-time.ts';

const lookMs = 20;

/**
 * Ends the threads of a pool, and waits for those that were ended before. False when one of them is still there at the
 * limit: it stands in a call of the system. Where the system does not say, a thread is taken to be gone.
 */
export async function endThreads(
  pool: { destroy(): Promise<void> },
  threads: readonly number[],
  limit: Promise<unknown>,
): Promise<boolean> {
  const over = { is: false };
  void limit.then(() => (over.is = true));
  if (!(await Promise.race([pool.destroy().then(() => true), limit.then(() => false)]))) return false;
  const isThere = () => threads.some((thread) => threadTime(thread) !== null);
  while (isThere() && !over.is) await sleep(lookMs);
  return !isThere();
}
