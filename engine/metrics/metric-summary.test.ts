import { describe, expect, it } from 'vitest';
import { checksMetric, metricTypes, type Metric } from '../model/metric.ts';
import { decodeHdr } from './hdr-encoding.ts';
import { MetricCollector } from './metric-collector.ts';
import { summariseMetrics } from './metric-summary.ts';
import { MetricTotals } from './metric-totals.ts';
import { spansOf } from './test-support/samples.ts';

const metrics: readonly Metric[] = [
  ...metricTypes.map((type) => ({ name: type, type, unit: 'ms', description: '' })),
  checksMetric,
];

async function summaryOf(
  record: (add: (metric: string, value: number, tags?: Record<string, string>, why?: string) => void) => void,
) {
  const collector = new MetricCollector(metrics);
  let atEpochMs = 0;
  record((metric, value, tags = {}, why) =>
    collector.record(metric, value, tags, atEpochMs++, { group: 'Users 1', failure: why }),
  );
  const totals = new MetricTotals();
  totals.add(collector.window());
  return summariseMetrics(totals, metrics, spansOf(2000));
}

describe('summariseMetrics', () => {
  it('has one row a metric that was recorded, in the order of their declaration', async () => {
    const { metrics: rows, checks } = await summaryOf((add) => {
      add('rate', 1);
      add('rate', 0);
      add('gauge', 5);
      add('gauge', 2);
      add('counter', 3);
      add('counter', 4);
    });
    const head = { unit: 'ms', tag: null, count: 2 };
    expect(rows).toEqual([
      { metric: 'counter', type: 'counter', ...head, total: 7, perSecond: 3.5 },
      { metric: 'gauge', type: 'gauge', ...head, last: 2, min: 2, max: 5 },
      { metric: 'rate', type: 'rate', ...head, ratio: 0.5 },
    ]);
    expect(checks).toEqual([]);
  });

  it('keeps the whole distribution of a trend', async () => {
    const { metrics: rows } = await summaryOf((add) => {
      for (let n = 1; n <= 100; n++) add('trend', n);
    });
    const [row] = rows;
    expect(row).toMatchObject({ type: 'trend', count: 100, average: 50.5, min: 1, max: 100 });
    const { histogram = '', p95 = 0 } = row?.type === 'trend' ? row : {};
    expect(Math.abs(p95 - 95)).toBeLessThanOrEqual(0.095);
    expect(await decodeHdr(histogram)).toMatchObject({ count: 100 });
  });

  it('has a row more for each tag', async () => {
    const { metrics: rows } = await summaryOf((add) => {
      add('counter', 1, { of: 'a', at: 'x' });
      add('counter', 2, { of: 'b', at: 'x' });
    });
    expect(rows.map((row) => [row.tag, row.type === 'counter' && row.total])).toEqual([
      [null, 3],
      ['of=a', 1],
      ['at=x', 3],
      ['of=b', 2],
    ]);
  });

  it('says of each check how often it held, and why not', async () => {
    const { checks } = await summaryOf((add) => {
      for (let n = 0; n < 3; n++) add('checks', 1, { check: 'has items', endpoint: 'a' });
      add('checks', 0, { check: 'has items', endpoint: 'b' }, 'rare');
      for (let n = 0; n < 4; n++) add('checks', 0, { check: 'has items', endpoint: 'b' }, 'often');
      add('checks', 1, { check: 'fast' });
    });
    const reasons = [
      { failure: 'often', count: 4 },
      { failure: 'rare', count: 1 },
    ];
    expect(checks).toEqual([
      { check: 'has items', passes: 3, failures: 5, ratio: 3 / 8, reasons },
      { check: 'fast', passes: 1, failures: 0, ratio: 1, reasons: [] },
    ]);
  });
});
