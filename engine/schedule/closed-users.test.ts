import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closedUsers, plannedUsers, type ClosedLoad } from './closed-users.ts';

const load = (given: Partial<ClosedLoad>): ClosedLoad => ({
  threads: 1,
  rampUpMs: 0,
  delayMs: 0,
  durationMs: null,
  ...given,
});

describe('closedUsers', () => {
  it.each([
    ['without a ramp-up all start at once', load({ threads: 3 }), [0, 0, 0]],
    ['four users over 10 s start 2.5 s apart', load({ threads: 4, rampUpMs: 10_000 }), [0, 2500, 5000, 7500]],
    ['a delay moves everything', load({ threads: 2, rampUpMs: 1000, delayMs: 300 }), [300, 800]],
    ['no threads, no users', load({ threads: 0, rampUpMs: 1000 }), []],
  ])('%s', (_, group, starts) => {
    expect(closedUsers(group, 0, 1).map(({ startMs }) => startMs)).toEqual(starts);
  });

  it('ends every user at delay plus duration, the ramp-up being inside', () => {
    const users = closedUsers(load({ threads: 3, rampUpMs: 900, delayMs: 100, durationMs: 5000 }), 0, 1);
    expect(users.map(({ endMs }) => endMs)).toEqual([5100, 5100, 5100]);
  });

  it('deals every user to exactly one worker, whatever the number of workers', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(60_000),
        (threads, workers, rampUpMs) => {
          const whole = closedUsers(load({ threads, rampUpMs }), 0, 1);
          const shares = Array.from({ length: workers }, (_, worker) =>
            closedUsers(load({ threads, rampUpMs }), worker, workers),
          );
          expect(shares.flat().sort((a, b) => a.index - b.index)).toEqual(whole);
          const sizes = shares.map((share) => share.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('plannedUsers', () => {
  const group = load({ threads: 10, rampUpMs: 10_000, delayMs: 1000, durationMs: 20_000 });
  it.each([
    [0, 0],
    [999, 0],
    [1000, 1],
    [5999, 5],
    [6000, 6],
    [11_000, 10],
    [20_999, 10],
    [21_000, 0],
  ])('at %i ms there are %i', (atMs, users) => {
    expect(plannedUsers(group, atMs)).toBe(users);
  });

  it('agrees with the users that have started', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 5000 }),
        fc.nat(6000),
        (threads, rampUpMs, atMs) => {
          const one = load({ threads, rampUpMs });
          const started = closedUsers(one, 0, 1).filter(({ startMs }) => startMs <= atMs + 1e-6).length;
          expect(Math.abs(started - plannedUsers(one, atMs))).toBeLessThanOrEqual(rampUpMs === 0 ? 0 : 1);
        },
      ),
    );
  });
});
