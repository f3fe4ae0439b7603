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
  readonly dueMs: number;
  /** Infinity without a duration. */
  readonly endMs: number;
}

/**
 * The users of a closed group that one worker of several runs, in the order they start: each is made when it is asked for,
 * so that a million users that start over days cost nothing before they do.
 *
 * User k starts at delay + k · (rampUp / threads), as in JMeter (`ThreadGroup.java`, there rounded to a
 * millisecond per user), so the last starts one step before the ramp-up is over. All end at delay +
 * duration: the ramp-up is inside the duration. Users are dealt out in turn, k mod workers, so that each worker ramps
 * up evenly and the shares hold every user exactly once.
 */
export function* closedUsers(load: ClosedLoad, worker: number, workers: number): Generator<UserTimes, void> {
  const endMs = endOf(load);
  for (const index of shareOf(0, load.threads, worker, workers)) {
    yield { index, dueMs: load.delayMs + (index * load.rampUpMs) / load.threads, endMs };
  }
}

/** The users of one worker among those from one number to another, that one left out. */
export function* shareOf(from: number, to: number, worker: number, workers: number): Generator<number, void> {
  for (let index = firstOf(from, worker, workers); index < to; index += workers) yield index;
}

/** How many these are. */
export function shareSize(from: number, to: number, worker: number, workers: number): number {
  return Math.max(0, Math.ceil((to - firstOf(from, worker, workers)) / workers));
}

function firstOf(from: number, worker: number, workers: number): number {
  return from + ((((worker - from) % workers) + workers) % workers);
}

/** When the users of a group end, in milliseconds after its start; infinite without a duration. */
export function endOf({ delayMs, durationMs }: Pick<ClosedLoad, 'delayMs' | 'durationMs'>): number {
  return durationMs === null ? Infinity : delayMs + durationMs;
}

/** How many users of a group are active at a time after its start, as planned: what `explain` draws. */
export function plannedUsers(load: ClosedLoad, atMs: number): number {
  if (atMs < load.delayMs || atMs >= endOf(load) || load.threads === 0) return 0;
  if (load.rampUpMs === 0) return load.threads;
  return Math.min(load.threads, Math.floor(((atMs - load.delayMs) * load.threads) / load.rampUpMs) + 1);
}
