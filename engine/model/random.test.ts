import { describe, expect, it } from 'vitest';
import { firstState, nextState, numberOf } from './random.ts';

const numbers = (seed: number, user: number, count: number) => {
  let state = firstState(seed, 0, user);
  return Array.from({ length: count }, () => numberOf((state = nextState(state))));
};

describe('a user’s chance', () => {
  it('is the same for the same seed and user', () => {
    expect(numbers(7, 3, 20)).toEqual(numbers(7, 3, 20));
  });

  it('differs between users, groups and seeds', () => {
    const firsts = new Set(
      [0, 1, 2].flatMap((seed) =>
        [0, 1, 2].flatMap((group) => Array.from({ length: 300 }, (_, user) => firstState(seed, group, user))),
      ),
    );
    expect(firsts.size).toBe(2700);
  });

  it('is even over [0, 1), for one user and across first draws of many', () => {
    for (const draws of [
      numbers(1, 0, 20_000),
      Array.from({ length: 20_000 }, (_, user) => numbers(1, user, 1)[0]!),
    ]) {
      const tenths = Array<number>(10).fill(0);
      for (const draw of draws) tenths[Math.floor(draw * 10)]! += 1;
      for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(250);
    }
  });
});
