import { describe, expect, it } from 'vitest';
import { afterPauses, pausedMs, type Pause } from './live-load.ts';

const pauses: readonly Pause[] = [
  { fromEpochMs: 100, toEpochMs: 200 },
  { fromEpochMs: 300, toEpochMs: null },
];

describe('pauses', () => {
  it.each([
    [0, 50, 0],
    [0, 150, 50],
    [120, 250, 80],
    [0, 350, 150],
    [400, 1000, 600],
    [200, 300, 0],
  ])('of the time from %i to %i take %i ms', (from, until, expected) => {
    expect(pausedMs(pauses, from, until)).toBe(expected);
  });

  it.each([
    [0, 50, 50],
    [0, 100, 100],
    [0, 150, 250],
    [150, 20, 220],
    [220, 30, 250],
    [0, 500, 600],
  ])('make what begins at %i and takes %i ms end at %i', (from, loadMs, expected) => {
    expect(afterPauses(pauses, from, loadMs)).toBe(expected);
  });
});
