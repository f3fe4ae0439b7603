import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closedUsers, plannedUsers, shareOf, shareSize, type ClosedLoad } from './closed-users.ts';

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
    expect([...closedUsers(group, 0, 1)].map(({ dueMs }) => dueMs)).toEqual(starts);
  });

  it('ends every user at delay plus duration, the ramp-up being inside', () => {
    const users = [...closedUsers(load({ threads: 3, rampUpMs: 900, delayMs: 100, durationMs: 5000 }), 0, 1)];
    expect(users.map(({ endMs }) => endMs)).toEqual([5100, 5100, 5100]);
  });

  it('deals every user to exactly one worker, whatever the number of workers', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(60_000),
        (threads, workers, rampUpMs) => {
          const whole = [...closedUsers(load({ threads, rampUpMs }), 0, 1)];
          const shares = Array.from({ length: workers }, (_, worker) => [
            ...closedUsers(load({ threads, rampUpMs }), worker, workers),
          ]);
          expect(shares.flat().sort((a, b) => a.index - b.index)).toEqual(whole);
          const sizes = shares.map((share) => share.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

it('makes each user when it is asked for', () => {
  const users = closedUsers(load({ threads: 1e15, rampUpMs: 3.6e8 }), 1, 2);
  expect([users.next().value?.index, users.next().value?.index]).toEqual([1, 3]);
});

describe('the share of a worker among some users', () => {
  it('holds each of them in exactly one worker', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.integer({ min: 1, max: 9 }), (from, count, workers) => {
        const all = Array.from({ length: workers }, (_, worker) => [
          ...shareOf(from, from + count, worker, workers),
        ]);
        expect(all.every((share, worker) => share.every((index) => index % workers === worker))).toBe(true);
        expect(all.map(({ length }) => length)).toEqual(
          all.map((_, worker) => shareSize(from, from + count, worker, workers)),
        );
        expect(all.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => from + n));
      }),
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
          const started = [...closedUsers(one, 0, 1)].filter(({ dueMs }) => dueMs <= atMs + 1e-6).length;
          expect(Math.abs(started - plannedUsers(one, atMs))).toBeLessThanOrEqual(rampUpMs === 0 ? 0 : 1);
        },
      ),
    );
  });
});
