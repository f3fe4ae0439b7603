import { describe, expect, it } from 'vitest';
import type { CompiledPlan } from '../model/compiled-plan.ts';
import { makeSharedState, SharedElements } from './shared-state.ts';

const plan = { groups: [{}, {}], counterSlots: 0, elementSlots: 3, pools: [] } as unknown as CompiledPlan;

const meeting = (users: number, leftMs: number) => {
  const untilMs = performance.now() + leftMs;
  return { users: () => users, leftMs: () => untilMs - performance.now() };
};

describe('what elements share', () => {
  it('a time is seen by every worker, to the microsecond, apart for each place and group', () => {
    const state = makeSharedState(plan, 2);
    const [one, other] = [new SharedElements(state, 0), new SharedElements(state, 1)];
    expect(one.time(2, 1, () => 1_790_000_000_000.1239)).toBe(1_790_000_000_000.124);
    expect(other.time(2, 1, (known) => known + 10)).toBe(1_790_000_000_010.124);
    for (const [slot, group] of [
      [2, null],
      [2, 0],
      [1, 1],
      [0, null],
    ] as const) {
      expect(
        other.time(slot, group, (known) => known),
        `${slot}/${group}`,
      ).toBe(0);
    }
  });

  it('users that meet are let go together', async () => {
    const state = makeSharedState(plan, 2);
    const [one, other] = [new SharedElements(state, 0), new SharedElements(state, 1)];
    expect(await Promise.all([one.meet(0, meeting(2, 1000)), other.meet(0, meeting(2, 1000))])).toEqual([
      true,
      true,
    ]);
    expect(await one.meet(0, meeting(2, 5))).toBe(false);
  });

  it.each([
    ['a user for good: the others go without it', 1, 0, [true, true]],
    ['no user: those of its new worker come again', 0, 1, [true, true, true]],
  ])('a worker that was lost, and %s', async (_, lostUsers, again, expected) => {
    const state = makeSharedState(plan, 3);
    const [main, dead, one, other] = [-1, 0, 1, 2].map((worker) => new SharedElements(state, worker));
    void dead?.meet(1, meeting(3, Infinity));
    const waiting: (Promise<boolean> | undefined)[] = [one?.meet(1, meeting(3, Infinity))];
    main?.abandonedBy(0, lostUsers);
    waiting.push(other?.meet(1, meeting(3, Infinity)));
    for (let n = 0; n < again; n++) waiting.push(dead?.meet(1, meeting(3, Infinity)));
    expect(await Promise.all(waiting.map(async (one) => await one))).toEqual(expected);
  });
});
