import { describe, expect, it } from 'vitest';
import { plannedGroup } from '../model/live-load.ts';
import type { GroupRun } from './group-run.ts';
import { Gate } from './gate.ts';
import { LoadTime } from './load-time.ts';
import { meetingOf } from './meeting.ts';
import { SlowClock } from './test-support/slow-clock.ts';

function meeting(users: number, timeoutMs: number) {
  const clock = new SlowClock(0);
  const time = new LoadTime(clock.nowEpochMs);
  const config = { threads: 4 };
  const gate = new Gate(clock, time, config);
  const met = meetingOf({ gate, time, config, world: { clock } } as unknown as GroupRun, users, timeoutMs);
  return { clock, time, gate, met };
}

describe('a rendezvous', () => {
  it.each([
    [4, 2, 2],
    [3, 4, 3],
    [4, 9, 4],
    [9, 9, 9],
  ])('of %i users in a group of 4 that is set to %i waits for %i', (users, threads, expected) => {
    const { gate, met } = meeting(users, 0);
    gate.set({ ...plannedGroup({ threads }), revision: 1 });
    expect(met.users()).toBe(expected);
    expect(met.leftMs()).toBe(Infinity);
  });

  it('has a time to wait that stands still in a pause', async () => {
    const { clock, time, met } = meeting(2, 100);
    await clock.moveTo(90);
    expect(met.leftMs()).toBe(10);
    time.set([{ fromEpochMs: 90, toEpochMs: null }]);
    await clock.moveTo(500);
    expect(met.leftMs()).toBe(50);
    time.set([{ fromEpochMs: 90, toEpochMs: 500 }]);
    expect(met.leftMs()).toBe(10);
    await clock.moveTo(510);
    expect(met.leftMs()).toBe(0);
  });
});
