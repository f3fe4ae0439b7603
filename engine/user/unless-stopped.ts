import type { GroupRun } from './group-run.ts';

/** How often a user that waits for others looks whether the run is being stopped. */
const stopCheckMs = 100;

/** What a meeting comes to; false when the run is being stopped before it is over. */
export async function unlessStopped(met: Promise<boolean>, group: GroupRun): Promise<boolean> {
  const meeting = { over: false };
  const ended = met.finally(() => (meeting.over = true));
  return Promise.race([ended, stopped(meeting, group)]);
}

async function stopped(meeting: { readonly over: boolean }, group: GroupRun): Promise<false> {
  const { clock } = group.world;
  await Promise.resolve();
  while (!meeting.over && !group.stopping) {
    await clock.sleepUntil(clock.nowEpochMs() + stopCheckMs).done;
  }
  return meeting.over ? new Promise<false>(() => undefined) : false;
}
