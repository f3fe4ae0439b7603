import { describe, expect, it } from 'vitest';
import { windowOf } from '../metrics/test-support/samples.ts';
import { otherLabels } from '../model/limits.ts';
import { AsideCounts } from './aside-counts.ts';
import { AsideTotals } from './aside-totals.ts';
import { undoneText } from './undone-text.ts';

describe('what is counted beside samples', () => {
  it('is nothing where nothing is', () => {
    expect(new AsideCounts().take()).toEqual({});
    expect(new AsideTotals().result()).toEqual({});
  });

  it('adds up over windows and workers', () => {
    const workers = [new AsideCounts(), new AsideCounts()];
    const totals = new AsideTotals();
    const tell = () =>
      workers.forEach((counts, worker) => totals.add(windowOf([], { worker, ...counts.take() })));
    const [first, second] = workers as [AsideCounts, AsideCounts];
    first.skip('a');
    first.countCleanUp('registered');
    tell();
    first.skip('b');
    first.skip('b');
    first.countCleanUp('registered');
    first.countCleanUp('failed', 'why');
    second.skip('a');
    second.skip('b');
    second.countStaleReuses('a', 2);
    first.countStaleReuses('a', 1);
    first.countMiss('a', 'token');
    second.countMiss('a\nb', 'id');
    second.countMiss('a', 'token');
    second.countCleanUp('registered');
    second.countCleanUp('done');
    tell();
    tell();
    expect(totals.result()).toEqual({
      skipped: [
        { label: 'b', count: 3 },
        { label: 'a', count: 2 },
      ],
      staleReuses: [{ label: 'a', count: 3 }],
      misses: [
        { label: 'a', variable: 'token', count: 2 },
        { label: 'a\nb', variable: 'id', count: 1 },
      ],
      cleanUp: { registered: 3, done: 1, failed: 1, left: 1, firstFailure: 'why' },
    });
  });

  it('takes over what a worker had come to when it died, and goes on with the next', () => {
    const [counts, next, totals] = [new AsideCounts(), new AsideCounts(), new AsideTotals()];
    counts.countCleanUp('registered');
    counts.countCleanUp('failed', 'why');
    totals.add(windowOf([], { worker: 1, ...counts.take() }));
    totals.workerLost(1, { registered: 7, done: 2, failed: 1 });
    totals.workerLost(2, { registered: 0, done: 0, failed: 0 });
    next.countCleanUp('registered');
    totals.add(windowOf([], { worker: 1, ...next.take() }));
    expect(totals.result().cleanUp).toEqual({
      registered: 8,
      done: 2,
      failed: 1,
      left: 5,
      firstFailure: 'why',
    });
  });

  it('tells at most 2,000 labels apart', () => {
    const counts = new AsideCounts();
    for (let n = 0; n < 2500; n++) counts.skip(`label ${n}`);
    const { skipped = {} } = counts.take();
    expect([Object.keys(skipped).length, skipped[otherLabels]]).toEqual([2001, 500]);
  });

  it('tells at most 2,000 misses apart', () => {
    const [counts, totals] = [new AsideCounts(), new AsideTotals()];
    for (let n = 0; n < 2500; n++) counts.countMiss(`label ${n}`, 'x');
    totals.add(windowOf([], counts.take()));
    const { misses = [] } = totals.result();
    expect([misses.length, misses[0]]).toEqual([2001, { label: otherLabels, variable: '', count: 500 }]);
  });

  it.each([
    [{ registered: 3, done: 3, failed: 0, left: 0, firstFailure: '' }, null],
    [
      { registered: 40, done: 35, failed: 3, left: 2, firstFailure: 'Delete: 500' },
      'clean-up: 3 of 40 failed, the first: Delete: 500; 2 of 40 were left undone',
    ],
    [{ registered: 1, done: 0, failed: 0, left: 1, firstFailure: '' }, 'clean-up: 1 of 1 was left undone'],
  ])('is told in a sentence: %j', (counts, expected) => {
    expect(undoneText(counts)).toBe(expected);
  });
});
