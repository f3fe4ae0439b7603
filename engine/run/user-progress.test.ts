import { describe, expect, it } from 'vitest';
import { mostUsers } from '../model/load-keys.ts';
import { progressMemory, UserProgress } from './user-progress.ts';

describe('the progress of users', () => {
  const groups = [{ threads: 2 }, { threads: 3 }].map((group) => ({ ...group, phase: 'setUp' as const }));
  const progress = progressMemory(groups);
  const [first, second] = [0, 1].map((group) => new UserProgress({ progress }, group));

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

  it('has room for users that people add to the load', () => {
    const [memory] = progressMemory([{ phase: 'main', threads: 2 }]);
    expect(memory?.byteLength).toBe(4 * mostUsers);
  });

  it('tells who left, as fewer were wanted', () => {
    second?.left(1);
    second?.ended(2);
    expect([0, 1, 2].map((user) => [second?.hasLeft(user), second?.isToCome(user)])).toEqual([
      [false, true],
      [true, false],
      [false, false],
    ]);
  });

  it('tells who was lost from who ended', () => {
    second?.lost(0);
    second?.ended(1);
    expect([second?.isLost(0), second?.isLost(1)]).toEqual([true, false]);
  });
});
