import { describe, expect, it } from 'vitest';
import { late, OwnTime } from './own-time.ts';

function time() {
  let nowMs = 0;
  const own = new OwnTime(() => nowMs);
  const pass = (ms: number, stepMs = 250) => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      nowMs += stepMs;
      own.beat();
    }
  };
  return { own, pass };
}

describe('the time that a thread runs', () => {
  it('ends a wait that lasts too long', async () => {
    const { own, pass } = time();
    const waiting = own.within(new Promise(() => undefined), 1000);
    pass(1000);
    expect(await waiting).toBe(late);
  });

  it('gives what was there in time, and what it threw', async () => {
    const { own } = time();
    expect(await own.within(Promise.resolve(7), 1000)).toBe(7);
    await expect(own.within(Promise.reject(new Error('no')), 1000)).rejects.toThrow('no');
  });

  it('does not count a standstill of its own: a stopped process, a suspended machine', async () => {
    const { own, pass } = time();
    let passedMs = 0;
    own.onBeat((ms) => (passedMs += ms));
    let isLate = false;
    const waiting = own.within(new Promise(() => undefined), 1000).then(() => (isLate = true));
    pass(60_000, 60_000);
    await Promise.resolve();
    expect([isLate, passedMs]).toEqual([false, 500]);
    pass(500);
    await waiting;
  });
});
