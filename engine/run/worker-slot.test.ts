import { describe, expect, it } from 'vitest';
import { slotBytes, WorkerSlot } from './worker-slot.ts';

describe('the slot of a worker', () => {
  const workers = new SharedArrayBuffer(slotBytes * 2);
  const [worker, seen, other] = [0, 0, 1].map((index) => new WorkerSlot({ workers }, index));

  it('says what the worker noted before it began', () => {
    expect(seen?.doing).toBeNull();
    worker?.mark(1, 7, 3)(5);
    expect(seen?.doing).toEqual({ group: 1, user: 4, step: 7, element: 3 });
    expect(other?.doing).toBeNull();
  });

  it.each([['unmark'], ['breathe']] as const)('and nothing more after %s', (end) => {
    worker?.mark(1, 7, 3)(5);
    worker?.[end]();
    expect(seen?.doing).toBeNull();
  });

  it('counts breaths and samples', () => {
    const before = seen?.breaths ?? 0;
    worker?.breathe();
    worker?.countRecorded();
    expect([seen?.breaths, seen?.recorded, other?.breaths]).toEqual([before + 1, 1, 0]);
  });

  it('counts the users of all lives', () => {
    for (const what of ['started', 'started', 'finished'] as const) worker?.countUser(what);
    expect(seen?.users).toEqual({ started: 2, finished: 1 });
  });

  it('counts clean-ups of one life', () => {
    for (const what of ['registered', 'registered', 'done', 'failed'] as const) worker?.countCleanUp(what);
    expect(seen?.takeCleanUp()).toEqual({ registered: 2, done: 1, failed: 1 });
    expect(seen?.takeCleanUp()).toEqual({ registered: 0, done: 0, failed: 0 });
  });
});
