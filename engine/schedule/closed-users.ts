/** A closed thread group, as far as its timetable goes. */
export interface ClosedLoad {
  readonly threads: number;
  readonly rampUpMs: number;
  readonly delayMs: number;
  readonly durationMs: number | null;
}

/** When one user of a closed group lives, in milliseconds after the group's start. */
export interface UserTimes {
  /** From 0, over all workers. */
  readonly index: number;
  readonly startMs: number;
  /** Infinity without a duration. */
  readonly endMs: number;
}

/**
 * The users of a closed group that one worker of several runs, in the order they start.
 *
 * User k starts at delay + k · (rampUp / threads), as in JMeter (`ThreadGroup.java`, there rounded to a
 * millisecond per user), so the last starts one step before the ramp-up is over. All end at delay +
 * duration: the ramp-up is inside the duration. Users are dealt out in turn, k mod workers, so that each worker ramps
 * up evenly and the shares hold every user exactly once.
 */
export function closedUsers(load: ClosedLoad, worker: number, workers: number): UserTimes[] {
  const endMs = load.durationMs === null ? Infinity : load.delayMs + load.durationMs;
  const users: UserTimes[] = [];
  for (let index = worker; index < load.threads; index += workers) {
    users.push({ index, startMs: load.delayMs + (index * load.rampUpMs) / load.threads, endMs });
  }
  return users;
}

/** How many users of a group are active at a time after its start, as planned: what `explain` draws. */
export function plannedUsers(load: ClosedLoad, atMs: number): number {
  const endMs = load.durationMs === null ? Infinity : load.delayMs + load.durationMs;
  if (atMs < load.delayMs || atMs >= endMs || load.threads === 0) return 0;
  if (load.rampUpMs === 0) return load.threads;
  return Math.min(load.threads, Math.floor(((atMs - load.delayMs) * load.threads) / load.rampUpMs) + 1);
}
