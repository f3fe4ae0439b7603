import type { UserCounts } from '../model/metrics.ts';
import type { RunResult } from '../model/run-result.ts';

/** The users of a run, from what each worker has counted. */
export function userCounts(planned: number, counts: readonly UserCounts[]): RunResult['users'] {
  const sum = (value: (count: UserCounts) => number) =>
    counts.reduce((total, count) => total + value(count), 0);
  const setUpFailed = sum((count) => count.setUpFailed ?? 0);
  const endedEarly = sum((count) => count.endedEarly?.count ?? 0);
  return {
    planned: planned + sum((count) => count.added ?? 0),
    started: sum(({ started }) => started),
    finished: sum(({ finished }) => finished),
    ...(setUpFailed > 0 ? { setUpFailed } : {}),
    ...(endedEarly > 0 ? { endedEarly } : {}),
  };
}

/** Why users that ended early fail the run; null: none did. */
export function earlyEndsText(counts: readonly UserCounts[]): string | null {
  const [first, ...more] = counts.flatMap(({ endedEarly }) => endedEarly ?? []);
  if (!first) return null;
  const count = more.reduce((total, ends) => total + ends.count, first.count);
  const users = count === 1 ? 'a user' : `${count} users`;
  return `${users} ended early, which is a defect of the engine: ${first.firstReason}`;
}
