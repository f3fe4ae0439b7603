import type { CompiledGroup } from '../../engine/model/compiled-plan.ts';
import { formatMs } from '../../engine/model/units.ts';
import { plannedUsers } from '../../engine/schedule/closed-users.ts';
import { plannedDurationMs, plannedTimes } from '../../engine/schedule/planned-times.ts';

const rows = 12;
const barWidth = 40;

/** Planned users at twelve moments of the load, as bars. Empty when the length of the load is not known. */
export function usersOverTime(groups: readonly CompiledGroup[]): string[] {
  const lastsMs = plannedDurationMs(groups);
  if (lastsMs === null || lastsMs === 0) return [];
  const times = plannedTimes(groups);
  const usersAt = (atMs: number) =>
    groups.reduce((sum, group, index) => {
      const startMs = times[index]?.startMs ?? null;
      if (group.phase !== 'main' || startMs === null) return sum;
      return sum + plannedUsers(group, atMs - startMs);
    }, 0);
  const moments = Array.from({ length: rows }, (_, row) => (row * lastsMs) / rows);
  const counts = moments.map(usersAt);
  const most = Math.max(1, ...counts);
  return moments.map((atMs, row) => {
    const count = counts[row] ?? 0;
    return `  ${formatMs(atMs).padStart(8)}  ${String(count).padStart(6)}  ${'█'.repeat(Math.round((count / most) * barWidth))}`;
  });
}
