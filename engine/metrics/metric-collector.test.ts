import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricTypes, type Metric } from '../model/metric.ts';
import type { MetricWindow } from '../model/metrics.ts';
import { MetricCollector } from './metric-collector.ts';
import { MetricTotals, mergeMetrics } from './metric-totals.ts';

const metrics: readonly Metric[] = metricTypes.map((type) => ({
  name: type,
  type,
  unit: '',
  description: '',
}));
const none = {};

function recorded(values: readonly (readonly [metric: string, value: number, atEpochMs?: number])[]) {
  const collector = new MetricCollector(metrics);
  for (const [metric, value, atEpochMs = 0] of values) collector.record(metric, value, none, atEpochMs);
  return collector.window();
}

/** Without what depends on the order of equal times. */
const shown = (windows: readonly MetricWindow[]) =>
  windows.toSorted((a, b) => (a.metric < b.metric ? -1 : 1)).map((one) => ({ ...one, failures: undefined }));

describe('MetricCollector', () => {
  it.each([
    ['counter', { count: 3, sum: 10 }],
    ['gauge', { last: 7, lastEpochMs: 3, min: 1, max: 7 }],
    [
      'trend',
      { count: 3, sum: 10, min: 1, max: 7, distribution: { count: 3, sumMs: 10, minMs: 1, maxMs: 7 } },
    ],
  ])('keeps of a %s %j', (metric, expected) => {
    expect(
      recorded([
        [metric, 2, 1],
        [metric, 1, 2],
        [metric, 7, 3],
      ]),
    ).toMatchObject([expected]);
  });

  it('counts how many values of a rate are true', () => {
    expect(
      recorded([
        ['rate', 1],
        ['rate', 0],
        ['rate', 1],
      ]),
    ).toMatchObject([{ count: 3, sum: 2 }]);
  });

  it('holds trends of bytes as exactly as those of milliseconds', () => {
    const [window] = recorded([['trend', 5_000_000_000]]);
    expect(window).toMatchObject({ min: 5e9, max: 5e9, distribution: { count: 1, maxMs: 5e9 } });
    const totals = new MetricTotals();
    totals.add(recorded(Array.from({ length: 100 }, (_, n) => ['trend', (n + 1) * 1e9])));
    const median = totals.sum('trend', () => true).distribution?.percentile(50) ?? 0;
    expect(Math.abs(median - 50e9)).toBeLessThanOrEqual(50e6);
  });

  it('keeps values with different tags apart, whatever object holds the tags', () => {
    const collector = new MetricCollector(metrics);
    collector.record('counter', 1, { a: '1', b: '2' }, 0);
    collector.record('counter', 1, { b: '2', a: '1' }, 0);
    collector.record('counter', 1, { a: '2' }, 0);
    expect(collector.window().map(({ tags, sum }) => [tags, sum])).toEqual([
      [{ a: '1', b: '2' }, 2],
      [{ a: '2' }, 1],
    ]);
  });

  it('gives nothing of what it refuses, and says why', () => {
    const collector = new MetricCollector(metrics);
    expect(collector.record('trend', 'abc', none, 0)).toBe('a trend takes a number, found "abc"');
    expect(collector.record('other', 1, none, 0)).toBe('no such metric is declared');
    expect(collector.window()).toEqual([]);
  });

  it('counts why checks failed, up to fifty different reasons', () => {
    const collector = new MetricCollector(metrics);
    for (let n = 0; n < 60; n++)
      collector.record('rate', 0, none, 0, { group: 'Users 1', failure: n < 10 ? 'same' : `reason ${n}` });
    const [window] = collector.window();
    expect(window?.failures['same']).toBe(10);
    expect(Object.keys(window?.failures ?? {})).toHaveLength(51);
    expect(Object.values(window?.failures ?? {}).reduce((sum, one) => sum + one, 0)).toBe(60);
  });

  const value = fc.tuple(fc.constantFrom('counter', 'gauge', 'trend'), fc.nat(1_000_000), fc.nat(1000));

  it('windows of workers add up to what one would have taken', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.nat(3))), (dealt) => {
        const all = dealt.map(([[metric, amount, at]], n) => [metric, amount, at + n / 1e4] as const);
        const parts = [0, 1, 2, 3].map((part) => all.filter((_, n) => dealt[n]?.[1] === part));
        expect(shown(mergeMetrics(parts.flatMap(recorded)))).toEqual(shown(recorded(all)));
      }),
    );
  });

  it('each window begins with nothing', () => {
    const collector = new MetricCollector(metrics);
    collector.record('gauge', 9, none, 5);
    collector.window();
    expect(collector.window()).toEqual([]);
    collector.record('gauge', 2, none, 1);
    expect(collector.window()).toMatchObject([{ count: 1, sum: 2, min: 2, max: 2, last: 2, lastEpochMs: 1 }]);
  });
});
