import type { CompiledGroup } from './compiled-plan.ts';

/** A time in which the load stands still; `toEpochMs` is null while it lasts. */
export interface Pause {
  readonly fromEpochMs: number;
  readonly toEpochMs: number | null;
}

/** The load of one thread group as people have set it. */
export interface GroupLoad {
  /** Users: those with a number above this end after their iteration. */
  readonly threads: number;
  /** The first so many start by the plan's ramp-up; those above were added, and start at once. */
  readonly ramped: number;
  readonly isEnabled: boolean;
  /** How often the number of users has been set. */
  readonly revision: number;
}

/** The whole load as it stands now: each change is sent as a whole, so that a new worker needs only the last. */
export interface LiveLoad {
  readonly pauses: readonly Pause[];
  /** By place in the plan's list. */
  readonly groups: readonly GroupLoad[];
}

/** The load of a plan that nobody has changed. */
export function plannedLoad(groups: readonly Pick<CompiledGroup, 'threads'>[]): LiveLoad {
  return { pauses: [], groups: groups.map(plannedGroup) };
}

export function plannedGroup({ threads }: Pick<CompiledGroup, 'threads'>): GroupLoad {
  return { threads, ramped: threads, isEnabled: true, revision: 0 };
}

/** How much of the time between two moments the load stood still. */
export function pausedMs(pauses: readonly Pause[], fromEpochMs: number, untilEpochMs: number): number {
  const within = ({ fromEpochMs: from, toEpochMs: to }: Pause) =>
    Math.max(0, Math.min(to ?? Infinity, untilEpochMs) - Math.max(from, fromEpochMs));
  return pauses.reduce((sum, pause) => sum + within(pause), 0);
}

/** When so much time of the load has passed since a moment; pauses that last, last to the end. */
export function afterPauses(pauses: readonly Pause[], fromEpochMs: number, loadMs: number): number {
  let endEpochMs = fromEpochMs + loadMs;
  for (const { fromEpochMs: from, toEpochMs: to } of pauses) {
    if (from < endEpochMs && to !== null) endEpochMs += Math.max(0, to - Math.max(from, fromEpochMs));
  }
  return endEpochMs;
}

/** Something that people have done to the load while it ran. */
export interface LoadAction {
  readonly atEpochMs: number;
  readonly action: 'pause' | 'resume' | 'setThreads' | 'enable' | 'disable';
  /** The thread group, by its name; left out of what concerns all. */
  readonly group?: string;
  /** The number of users that was set. */
  readonly threads?: number;
  /** Why, where somebody has said so. */
  readonly reason?: string;
}
