import { describe, expect, it } from 'vitest';
import { evaluateThreshold } from './evaluate-threshold.ts';
import type { Metric } from '../model/metric.ts';
import { MetricCollector } from './metric-collector.ts';
import { parseThreshold } from './parse-threshold.ts';
import { sampleOf, spansOf, totalsOf } from './test-support/samples.ts';

const totals = totalsOf(
  [
    sampleOf({ label: 'A', tags: { endpoint: 'a' }, elapsedMs: 100 }),
    sampleOf({ label: 'A', tags: { endpoint: 'a' }, elapsedMs: 200 }),
    sampleOf({ label: 'B', tags: { endpoint: 'b' }, elapsedMs: 300, ok: false }),
    sampleOf({ label: 'B', tags: { endpoint: 'b', cold: 'yes' }, elapsedMs: 400 }),
    sampleOf({ label: 'T', tags: { endpoint: 'a' }, elapsedMs: 300, kind: 'transaction' }),
  ],
  ['latency'],
);

const metrics: readonly Metric[] = [
  { name: 'seen', type: 'counter', unit: 'records', description: '' },
  { name: 'unused', type: 'counter', unit: '', description: '' },
  { name: 'unusedGauge', type: 'gauge', unit: '', description: '' },
  { name: 'unusedRate', type: 'rate', unit: '', description: '' },
  { name: 'unusedTrend', type: 'trend', unit: 'ms', description: '' },
  { name: 'depth', type: 'gauge', unit: '', description: '' },
  { name: 'healed', type: 'rate', unit: '', description: '' },
  { name: 'took', type: 'trend', unit: 'ms', description: '' },
  { name: 'spent', type: 'trend', unit: '', description: '' },
];
const collector = new MetricCollector(metrics);
collector.record('seen', 10, { of: 'a' }, 0);
collector.record('seen', 20, { of: 'b' }, 0);
collector.record('depth', 9, {}, 1);
collector.record('depth', 2, {}, 2);
for (const took of [10, 20, 30, 40]) {
  collector.record('took', took, {}, 0);
  collector.record('healed', took > 10, {}, 0);
}
for (const [name, value] of [
  ['A', 0.25],
  ['A', 0.5],
  ['B', 4],
  ['B', null],
] as const)
  collector.record('spent', value, { name }, 0);
totals.metrics.add(collector.window());

function verdict(text: string, among = totals, spans = spansOf(2000)) {
  const result = parseThreshold(text, { file: 'a.yaml', line: 1, column: 1 }, metrics);
  if (!result.ok) throw new Error(result.problem.message);
  return evaluateThreshold(result.threshold, among, spans);
}

describe('evaluateThreshold', () => {
  it.each([
    ['avg(elapsed) < 300ms', true, 250, 50 / 300],
    ['avg(elapsed) < 250ms', false, 250, 0],
    ['avg(elapsed) <= 250ms', true, 250, 0],
    ['sum(elapsed) <= 1s', true, 1000, 0],
    ['sum(elapsed){endpoint=a} < 300ms', false, 300, 0],
    ['sum(took) < 200ms', true, 100, 0.5],
    ['sum(seen) >= 30', true, 30, 0],
    ['sum(spent){name=A} < 1.5', true, 0.75, 0.5],
    ['sum(unusedTrend) < 1s', true, 0, 1],
    ['min(elapsed) >= 100ms', true, 100, 0],
    ['max(elapsed) > 200ms', true, 400, 1],
    ['max(elapsed) < 200ms', false, 400, -1],
    ['max(latency) < 20ms', true, 18, 0.1],
    ['count == 4', true, 4, 0],
    ['count == 5', false, 4, -0.2],
    ['count != 5', true, 4, 0.2],
    ['count{endpoint=a} == 2', true, 2, 0],
    ['count{endpoint=b, cold=yes} == 1', true, 1, 0],
    ['count{name=T} == 1', true, 1, 0],
    ['rate > 1/s', true, 2, 1],
    ['rate{name=A} > 120/m', false, 1, -0.5],
    ['error_rate < 30%', true, 0.25, 0.05 / 0.3],
    ['error_rate{name=B} < 50%', false, 0.5, 0],
    ['error_rate{name=A} == 0%', true, 0, null],
  ])('judges %s: passed %s, value %s, margin %s', (text, passed, value, margin) => {
    const found = verdict(text);
    expect(found).toMatchObject({ passed, value });
    if (margin === null) expect(found.margin).toBeNull();
    else expect(found.margin).toBeCloseTo(margin, 10);
  });

  it('knows percentiles to 0.1 %', () => {
    const { value, unit } = verdict('p75(elapsed) < 1s');
    expect(Math.abs((value ?? 0) - 300)).toBeLessThanOrEqual(0.3);
    expect(unit).toBe('ms');
  });

  it.each([
    ['count(seen) > 20', true, 30, 'number', 'records'],
    ['count(seen){of=a} > 20', false, 10, 'number', 'records'],
    ['rate(seen) >= 15/s', true, 15, 'per second', 'records'],
    ['value(depth) == 2', true, 2, 'number', undefined],
    ['max(depth) == 9', true, 9, 'number', undefined],
    ['min(depth) == 2', true, 2, 'number', undefined],
    ['ratio(healed) > 70%', true, 0.75, 'ratio', undefined],
    ['ratio(healed) > 80%', false, 0.75, 'ratio', undefined],
    ['avg(took) < 25ms', false, 25, 'ms', 'ms'],
    ['max(took) <= 40ms', true, 40, 'ms', 'ms'],
    ['min(took) >= 10ms', true, 10, 'ms', 'ms'],
  ])('judges %s of a metric: passed %s, value %s, unit %s of %s', (text, passed, value, unit, of) => {
    expect(verdict(text)).toMatchObject({ passed, value, unit });
    expect(verdict(text).of).toBe(of);
  });

  it.each([
    ['med(took) < 1s', 20],
    ['p75(took) < 1s', 30],
  ])('knows %s of a metric to 0.1 %', (text, value) => {
    expect(Math.abs((verdict(text).value ?? 0) - value)).toBeLessThanOrEqual(value / 1000);
  });

  /** Every measure, where nothing happened that it could measure. */
  it.each([
    'count{name=C} < 10',
    'count{name=C} == 0',
    'count{endpoint=c} == 0',
    'rate{name=C} < 1/s',
    'count(unused) < 10',
    'count(unused) == 0',
    'count(seen){of=c} < 10',
    'rate(unused) < 10/s',
    'rate(seen){of=c} <= 0/s',
  ])('keeps %s: a sum of nothing is 0', (text) => {
    expect(verdict(text)).toMatchObject({ passed: true, value: 0 });
  });

  it.each(['count{name=C} > 0', 'rate{name=C} > 1/s', 'count(unused) >= 1', 'rate(unused) > 1/s'])(
    'breaks %s: a sum of nothing is 0',
    (text) => {
      expect(verdict(text)).toMatchObject({ passed: false, value: 0 });
    },
  );

  it.each([
    'error_rate{name=C} < 1%',
    ...['elapsed', 'latency', 'connect', 'response', 'lateness', 'unusedTrend'].flatMap((trend) =>
      ['avg', 'min', 'max', 'med', 'p95'].map(
        (word) => `${word}(${trend})${trend === 'unusedTrend' ? '' : '{name=C}'} < 1s`,
      ),
    ),
    ...['value', 'min', 'max'].map((word) => `${word}(unusedGauge) < 10`),
    'ratio(unusedRate) < 10%',
    'ratio(unusedRate) >= 0%',
    'ratio(healed){of=c} < 10%',
    'avg(connect) < 1s',
    'ratio of avg(elapsed){name=C} to {name=A} < 2',
    'ratio of count{name=A} to {name=C} < 2',
  ])('fails %s, of which there is no data', (text) => {
    expect(verdict(text)).toMatchObject({ passed: false, value: null, margin: null });
  });

  it('divides by the time of the thread groups that took part, and by the whole load where nothing is chosen', () => {
    const byGroup = (label: string, group: string, count: number) =>
      Array.from({ length: count }, () => sampleOf({ label, tags: { of: label }, threadName: `${group}-1` }));
    const among = totalsOf([
      ...byGroup('A', 'First 1', 30),
      ...byGroup('B', 'Second 2', 9),
      ...byGroup('Both', 'First 1', 6),
      ...byGroup('Both', 'Second 2', 6),
    ]);
    const recorded = new MetricCollector(metrics);
    recorded.record('seen', 60, { of: 'A' }, 0, { group: 'First 1' });
    recorded.record('seen', 12, { of: 'monitor' }, 0);
    among.metrics.add(recorded.window());
    const spans = spansOf(
      12_000,
      new Map([
        ['First 1', { startEpochMs: 0, endEpochMs: 3000 }],
        ['Second 2', { startEpochMs: 3000, endEpochMs: 12_000 }],
      ]),
    );
    const rates = [
      'rate > 0/s',
      'rate{name=A} > 0/s',
      'rate{of=A} > 0/s',
      'rate{name=B} > 0/s',
      'rate{name=Both} > 0/s',
      'rate{name=C} >= 0/s',
      'rate(seen){of=A} > 0/s',
      'rate(seen){of=monitor} > 0/s',
    ].map((text) => verdict(text, among, spans).value);
    expect(rates).toEqual([51 / 12, 10, 10, 1, 1, 0, 20, 1]);
  });

  it('divides a sum of nothing by another', () => {
    expect(verdict('ratio of count{name=C} to {name=A} < 2')).toMatchObject({ passed: true, value: 0 });
  });
});

describe('a sum or a maximum that lacks values which nobody knows', () => {
  it.each([
    ['sum(spent) < 4', false, undefined], // it is more already
    ['sum(spent) < 5', false, true],
    ['sum(spent) > 4', true, undefined],
    ['sum(spent) > 5', false, true],
    ['max(spent) < 5', false, true],
    ['max(spent) < 4', false, undefined],
    ['max(spent) > 3', true, undefined],
    ['sum(spent) == 4.75', false, true],
    ['sum(spent) != 5', false, true],
    ['sum(spent){name=B} <= 4', false, true],
    ['ratio of sum(spent){name=A} to {name=B} < 1', false, true],
  ])('%s: passed %s, not proven %s', (text, passed, notProven) => {
    const found = verdict(text);
    expect([found.passed, found.notProven]).toEqual([passed, notProven]);
    expect(found.detail).toContain('1 value is not known');
  });

  it.each([
    ['sum(spent){name=A} < 1', 0.75, undefined],
    ['max(spent){name=A} < 1', 0.5, undefined],
    ['avg(spent){name=B} < 5', 4, 'of the known values: 1 value is not known'],
    ['p95(spent) < 5', 4, 'of the known values: 1 value is not known'],
  ])('%s is not concerned, or says so', (text, value, detail) => {
    const found = verdict(text);
    expect(found).toMatchObject({ passed: true, value });
    expect(found.detail).toBe(detail);
  });
});
