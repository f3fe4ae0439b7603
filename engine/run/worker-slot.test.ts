import { describe, expect, it } from 'vitest';
import { progressBytes, slotBytes, UserProgress, WorkerSlot } from './worker-slot.ts';

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

  it('counts clean-ups of one life', () => {
    for (const what of ['registered', 'registered', 'done', 'failed'] as const) worker?.countCleanUp(what);
    expect(seen?.takeCleanUp()).toEqual({ registered: 2, done: 1, failed: 1 });
    expect(seen?.takeCleanUp()).toEqual({ registered: 0, done: 0, failed: 0 });
  });
});

describe('the progress of users', () => {
  const groups = [{ threads: 2 }, { threads: 3 }];
  const progress = new SharedArrayBuffer(progressBytes(groups));
  const [first, second] = [0, 1].map((group) => new UserProgress({ progress }, groups, group));

  it.each([
    [0, () => undefined, null, false],
    [1, (user: number) => second?.done(user, 0), 0, false],
    [1, (user: number) => second?.done(user, 9), 9, false],
    [2, (user: number) => second?.ended(user), null, true],
    [2, (user: number) => second?.lost(user), null, true],
  ])('user %i: %#', (user, act, loops, over) => {
    act(user);
    expect([second?.loopsOf(user), second?.isOver(user)]).toEqual([loops, over]);
    expect([0, 1].map((one) => first?.loopsOf(one))).toEqual([null, null]);
  });

  it('tells who was lost from who ended', () => {
    second?.lost(0);
    second?.ended(1);
    expect([second?.isLost(0), second?.isLost(1)]).toEqual([true, false]);
  });
});
