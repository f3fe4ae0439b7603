import type { CompiledGroup } from '../model/compiled-plan.ts';

/** When a group is planned to run, in milliseconds after the load's start. Null: it depends on the server's speed. */
export interface PlannedTimes {
  readonly startMs: number | null;
  readonly endMs: number | null;
}

/** The planned times of every group of the load, `startAfter` followed; by the group's place in the list. */
export function plannedTimes(groups: readonly CompiledGroup[]): PlannedTimes[] {
  const known = new Map<number, PlannedTimes>();
  const timesOf = (index: number): PlannedTimes => {
    const group = groups[index];
    const found = known.get(index);
    if (found) return found;
    if (!group) return { startMs: null, endMs: null };
    const startMs = group.startAfter === null ? 0 : timesOf(group.startAfter).endMs;
    const lastsMs = group.durationMs === null ? null : group.delayMs + group.durationMs;
    const times = { startMs, endMs: startMs === null || lastsMs === null ? null : startMs + lastsMs };
    known.set(index, times);
    return times;
  };
  return groups.map((_, index) => timesOf(index));
}

/** How long the load is planned to last; null when some group ends with its loops. */
export function plannedDurationMs(groups: readonly CompiledGroup[]): number | null {
  const times = plannedTimes(groups).filter((_, index) => groups[index]?.phase === 'main');
  const ends = times.map(({ endMs }) => endMs);
  return ends.includes(null) ? null : Math.max(0, ...ends.map((end) => end ?? 0));
}

/** How many users the plan has under load, all groups together. */
export function usersOfLoad(groups: readonly Pick<CompiledGroup, 'phase' | 'threads'>[]): number {
  return groups.reduce((sum, { phase, threads }) => sum + (phase === 'main' ? threads : 0), 0);
}
