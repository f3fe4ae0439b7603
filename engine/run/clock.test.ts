import { describe, expect, it } from 'vitest';
import { readEpochOffsetMs, steadyClock } from './clock.ts';

const clock = steadyClock(readEpochOffsetMs());

describe('steadyClock', () => {
  it('tells the wall clock’s time and never goes back', () => {
    expect(Math.abs(clock.nowEpochMs() - Date.now())).toBeLessThan(50);
    let last = 0;
    for (let n = 0; n < 10_000; n++) {
      const now = clock.nowEpochMs();
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
  });

  it('never wakes early', async () => {
    for (const forMs of [0, 1, 2.5, 7]) {
      const due = clock.nowEpochMs() + forMs;
      expect(await clock.sleepUntil(due).done).toBe(true);
      expect(clock.nowEpochMs()).toBeGreaterThanOrEqual(due);
    }
  });

  it('wakes at once for what is past', async () => {
    expect(await clock.sleepUntil(clock.nowEpochMs() - 1000).done).toBe(true);
  });

  it('can be woken, also from sleeps longer than a timer takes', async () => {
    const sleep = clock.sleepUntil(clock.nowEpochMs() + 2 ** 40);
    sleep.cancel();
    expect(await sleep.done).toBe(false);
  });
});
