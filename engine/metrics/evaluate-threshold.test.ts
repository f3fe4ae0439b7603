import { describe, expect, it } from 'vitest';
import { evaluateThreshold } from './evaluate-threshold.ts';
import { parseThreshold } from './parse-threshold.ts';
import { sampleOf, totalsOf } from './test-support/samples.ts';

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

function verdict(text: string, among = totals) {
  const result = parseThreshold(text, { file: 'a.yaml', line: 1, column: 1 });
  if (!result.ok) throw new Error(result.problem.message);
  return evaluateThreshold(result.threshold, among, 2000);
}

describe('evaluateThreshold', () => {
  it.each([
    ['avg(elapsed) < 300ms', true, 250, 50 / 300],
    ['avg(elapsed) < 250ms', false, 250, 0],
    ['avg(elapsed) <= 250ms', true, 250, 0],
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
    'count{name=C} < 10',
    'p95(elapsed){name=C} < 1s',
    'error_rate{name=C} < 1%',
    'rate{name=C} < 1/s',
    'avg(connect) < 1s',
  ])('fails %s, of which there is no data', (text) => {
    expect(verdict(text)).toMatchObject({ passed: false, value: null, margin: null });
  });
});
