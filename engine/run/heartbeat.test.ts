import { afterEach, describe, expect, it } from 'vitest';
import { Heartbeat } from './heartbeat.ts';

let heartbeat: Heartbeat | undefined;
afterEach(() => heartbeat?.stop());

function beats(at: readonly number[]): Heartbeat {
  let now = 0;
  heartbeat = new Heartbeat(() => now);
  for (const epochMs of at) {
    now = epochMs;
    heartbeat.beat();
  }
  return heartbeat;
}

describe('Heartbeat', () => {
  it.each([
    ['a steady beat has no stall', [10, 20, 31, 40], { stalls: 0, stalledMs: 0, longestStallMs: 0 }],
    ['a beat somewhat late is none', [10, 40], { stalls: 0, stalledMs: 0, longestStallMs: 0 }],
    [
      'a long gap is one',
      [10, 320],
      { stalls: 1, stalledMs: 300, longestStallMs: 300, stallSpans: [[20, 320]] },
    ],
    [
      'several add up',
      [10, 120, 130, 340],
      {
        stalls: 2,
        stalledMs: 300,
        longestStallMs: 200,
        stallSpans: [
          [20, 120],
          [140, 340],
        ],
      },
    ],
    [
      'a frozen process is one long stall',
      [10, 8010, 8020],
      { stalls: 1, stalledMs: 7990, longestStallMs: 7990, stallSpans: [[20, 8010]] },
    ],
  ])('%s', (_, at, expected) => {
    expect(beats(at).take()).toEqual(expected);
  });

  it('tells only once', () => {
    const heart = beats([300]);
    heart.take();
    expect(heart.take()).toEqual({ stalls: 0, stalledMs: 0, longestStallMs: 0 });
  });

  it.each([
    ['ran through a stall', 250, 400, true],
    ['ended while nobody looked yet', 310, 345, true],
    ['began after the stall', 301, 305, false],
  ])('a sample that %s is tainted: %s', (_, startEpochMs, endEpochMs, expected) => {
    expect(beats([10, 300]).tainted(startEpochMs, endEpochMs)).toBe(expected);
  });

  it('taints a sample that spent more than a tenth of its time in a stall, not one that spent less', () => {
    const steady = Array.from({ length: 90 }, (_, n) => 310 + 10 * n);
    const heart = beats([10, 300, ...steady]);
    expect([heart.tainted(200, 1210), heart.tainted(190, 1210)]).toEqual([false, true]);
  });
});
