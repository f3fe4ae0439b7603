import { describe, expect, it } from 'vitest';
import { sampleOf, seriesOf } from '../metrics/test-support/samples.ts';
import type { WorkerWindow } from '../model/metrics.ts';
import { WindowMerger } from './window-merger.ts';

const empty = {
  count: 0,
  sumMs: 0,
  minMs: 0,
  maxMs: 0,
  buckets: new Uint32Array(),
  counts: new Uint32Array(),
};

const window = (worker: number, active: number): WorkerWindow => ({
  worker,
  fromEpochMs: 0,
  toEpochMs: 1,
  series: [],
  users: { active, started: active, finished: 0 },
  health: {
    lateness: empty,
    stalls: 0,
    stalledMs: 0,
    longestStallMs: 0,
    taintedSamples: 0,
    utilisation: 0,
    heldBackMs: 0,
  },
});

function merger(workers: number) {
  const active: number[] = [];
  return { active, merger: new WindowMerger(workers, ({ users }) => active.push(users.active)) };
}

describe('WindowMerger', () => {
  it('waits for every worker, window by window', () => {
    const { active, merger: merge } = merger(2);
    merge.add(window(0, 1));
    merge.add(window(0, 2));
    expect(active).toEqual([]);
    merge.add(window(1, 10));
    merge.add(window(1, 20));
    expect(active).toEqual([11, 22]);
  });

  it('no longer waits for a worker that is gone, and loses nothing of it', () => {
    const { active, merger: merge } = merger(2);
    merge.add(window(0, 1));
    merge.add(window(0, 2));
    merge.leave(1);
    merge.add(window(0, 3));
    expect(active).toEqual([1, 2, 3]);
  });

  it('waits again for a worker that is back', () => {
    const { active, merger: merge } = merger(2);
    merge.leave(1);
    merge.join(1);
    merge.join(0);
    merge.add(window(0, 1));
    expect(active).toEqual([]);
    merge.add(window(1, 10));
    expect(active).toEqual([11]);
  });

  it('tells what no window of a dead worker counts with the next window, or at the end, once', () => {
    const told: (readonly [active: number, labels: readonly string[]])[] = [];
    const merge = new WindowMerger(2, ({ users, series }) =>
      told.push([users.active, series.map(({ label, count }) => `${label} ${count}`)]),
    );
    const uncounted = seriesOf([sampleOf({ label: 'a' }), sampleOf({ label: 'a' })]);
    merge.add(window(0, 1));
    merge.leave(1, uncounted);
    merge.join(1);
    merge.leave(1, uncounted);
    merge.flush();
    merge.flush();
    expect(told).toEqual([
      [1, ['a 2']],
      [1, ['a 2']],
    ]);
  });

  it('gives what is left at the end', () => {
    const { active, merger: merge } = merger(2);
    merge.add(window(1, 7));
    merge.flush();
    merge.flush();
    expect(active).toEqual([7]);
  });
});
