import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Metric } from '../model/metric.ts';
import { parseThreshold, trendsOf } from './parse-threshold.ts';

const at = { file: 'plans/a.yaml', line: 9, column: 5 };

const metrics: readonly Metric[] = [
  { name: 'throughput', type: 'counter', unit: 'records', description: '' },
  { name: 'depth', type: 'gauge', unit: '', description: '' },
  { name: 'healed', type: 'rate', unit: '', description: '' },
  { name: 'took', type: 'trend', unit: 'ms', description: '' },
  { name: 'billed', type: 'trend', unit: 'bytes', description: '' },
  { name: 'written', type: 'trend', unit: 'bytes/s', description: '' },
  { name: 'busy', type: 'trend', unit: 'ratio', description: '' },
];

function parsed(text: string) {
  const result = parseThreshold(text, at, metrics);
  if (!result.ok) throw new Error(result.problem.message);
  return result.threshold;
}

function problem(text: string, among: readonly Metric[] = []): string {
  const result = parseThreshold(text, at, among);
  return result.ok ? 'no problem' : result.problem.message;
}

describe('parseThreshold', () => {
  it('reads a percentile of chosen samples', () => {
    expect(parsed('p95(elapsed){endpoint=issues, name="Log in"} < 500ms')).toEqual({
      text: 'p95(elapsed){endpoint=issues, name="Log in"} < 500ms',
      at,
      aggregation: { kind: 'percentile', percent: 95 },
      trend: 'elapsed',
      selector: { endpoint: 'issues', name: 'Log in' },
      operator: '<',
      limit: 500,
    });
  });

  it.each([
    ['avg(latency)<=1.5s', { aggregation: { kind: 'avg' }, trend: 'latency', operator: '<=', limit: 1500 }],
    ['min( connect ) > 1ms', { aggregation: { kind: 'min' }, trend: 'connect', operator: '>', limit: 1 }],
    [
      'max(response) >= 1m30s',
      { aggregation: { kind: 'max' }, trend: 'response', operator: '>=', limit: 90_000 },
    ],
    ['med(lateness) == 0', { aggregation: { kind: 'med' }, trend: 'lateness', operator: '==', limit: 0 }],
    [
      'p99.9(elapsed) != 3s',
      { aggregation: { kind: 'percentile', percent: 99.9 }, operator: '!=', limit: 3000 },
    ],
    ['count > 1000', { aggregation: { kind: 'count' }, trend: null, limit: 1000 }],
    ["count{name='GET /a?b={c}'} == 5", { selector: { name: 'GET /a?b={c}' }, limit: 5 }],
    ['rate >= 10/s', { aggregation: { kind: 'rate' }, trend: null, limit: 10 }],
    ['rate >= 600/m', { aggregation: { kind: 'rate' }, limit: 10 }],
    ['error_rate < 1%', { aggregation: { kind: 'error_rate' }, trend: null, limit: 0.01 }],
    ['error_rate{a=b} < 0.01', { selector: { a: 'b' }, limit: 0.01 }],
    ['error_rate{name="say \\"hi\\""} < 1 %', { selector: { name: 'say "hi"' }, limit: 0.01 }],
    ['  count>1 ', { limit: 1 }],
  ])('reads %s', (text, expected) => {
    expect(parsed(text)).toMatchObject(expected);
  });

  it.each([
    [
      '',
      'column 1: expected one of avg, min, max, med, sum, count, rate, error_rate, value, ratio, p95, found the end',
    ],
    [
      'p59(elapsd) < 1s',
      'column 5: expected a trend (elapsed, latency, connect, response, lateness), found "elapsd". Did you mean "elapsed"?',
    ],
    [
      'agv(elapsed) < 1s',
      'column 1: expected one of avg, min, max, med, sum, count, rate, error_rate, value, ratio, p95, found "agv". Did you mean "avg"?',
    ],
    ['p(95) < 1s', 'found "p". Times of samples are written p95(elapsed) < 500ms.'],
    ['p101(elapsed) < 1s', 'column 1: expected a percentile above 0 and up to 100, found "p101"'],
    ['p0(elapsed) < 1s', 'expected a percentile above 0'],
    ['error_rat < 1%', 'Did you mean "error_rate"?'],
    [
      'p95 < 500ms',
      'column 5: expected a trend in brackets (elapsed, latency, connect, response, lateness), such as p95(elapsed), found "<"',
    ],
    ['p95(elapsed < 500ms', 'column 13: expected ")", found "<"'],
    [
      'count(elapsed) > 1',
      'column 6: count speaks of samples, not of a trend. Write count or count{name="…"}',
    ],
    ['p95(elapsed){} < 1s', 'column 14: expected `key=value`, found "}"'],
    ['p95(elapsed){endpoint:issues} < 1s', 'column 22: expected "=" and a value, found ":issues}"'],
    [
      'p95(elapsed){name=Log in} < 1s',
      'column 23: expected "," or "}" (a value with spaces needs quotes), found "in}"',
    ],
    [
      'p95(elapsed){name="Log in} < 1s',
      'column 19: expected a value, such as issues or "Log in", found ""Log"',
    ],
    ['p95(elapsed){a=b, a=c} < 1s', 'column 19: "a" stands twice'],
    ['p95(elapsed) = 1s', 'column 14: expected an operator (<= >= == != < >), found "="'],
    ['p95(elapsed)', 'column 13: expected an operator (<= >= == != < >), found the end'],
    ['p95(elapsed) <', 'column 15: expected a duration such as 500ms or 2s, found the end'],
    ['p95(elapsed) < 500', 'column 16: "500" has no unit. Write 500s, or 500ms'],
    ['p95(elapsed) < 5%', 'column 16: expected a duration such as 30s, 500ms or 1m30s, found "5%"'],
    ['error_rate < 1s', 'column 14: expected a share such as 1% or 0.01, found "1s"'],
    ['error_rate < 5', 'found "5". A share is at most 100%; for 1 in 100 write 1%'],
    ['rate > 10', 'column 8: expected a rate such as 10/s or 600/m, found "10"'],
    ['count > 1.5', 'column 9: expected a whole number such as 1000, found "1.5"'],
    ['count > 5 or so', 'expected a whole number such as 1000, found "5 or so"'],
    [
      'p95(elapsed) < 1s over 30s',
      'column 19: a limit over a sliding window ("over 30s") comes in a later version. Leave it out for now',
    ],
    [
      'p95(elapsed) < 1s abort',
      'column 19: ending a run early ("abort") comes in a later version. Leave it out for now',
    ],
    [
      'p95(elapsed) <= 120% of baseline',
      'column 22: a limit relative to a saved run ("of baseline") comes in a later version. Leave it out for now',
    ],
  ])('refuses %j', (text, message) => {
    expect(problem(text)).toContain(message);
    expect(problem(text)).toContain(`threshold "${text}", column `);
  });

  it.each([
    ['count(throughput) > 5000', { kind: 'count' }, 'throughput', 5000],
    ['count(throughput) > 5000.5 records', { kind: 'count' }, 'throughput', 5000.5],
    ['rate(throughput){endpoint=a} >= 600/m', { kind: 'rate' }, 'throughput', 10],
    ['value(depth) < -3', { kind: 'value' }, 'depth', -3],
    ['max(depth) < 8', { kind: 'max' }, 'depth', 8],
    ['ratio(healed) > 85%', { kind: 'ratio' }, 'healed', 0.85],
    ['ratio(healed) > 0.85', { kind: 'ratio' }, 'healed', 0.85],
    ['p95(took) < 30s', { kind: 'percentile', percent: 95 }, 'took', 30_000],
    ['avg(billed) < 1000', { kind: 'avg' }, 'billed', 1000],
    ['min(billed) < 1000bytes', { kind: 'min' }, 'billed', 1000],
    ['max(billed) < 1.5GiB', { kind: 'max' }, 'billed', 1_610_612_736],
    ['max(written) < 10 MB/s', { kind: 'max' }, 'written', 10_000_000],
    ['max(busy) < 80%', { kind: 'max' }, 'busy', 0.8],
    ['max(busy) < 250%', { kind: 'max' }, 'busy', 2.5],
    ['max(busy) < 0.8', { kind: 'max' }, 'busy', 0.8],
  ])('reads %s of a metric of the plan', (text, aggregation, name, limit) => {
    const { trend, ...threshold } = parsed(text);
    expect(trend).toBeNull();
    expect(threshold).toMatchObject({ aggregation, metric: { name }, limit });
  });

  it.each([
    [
      'p95(throughput) < 1',
      'throughput is a counter, which has no p95. It has count(throughput), sum(throughput), rate(throughput)',
    ],
    [
      'count(took) > 1',
      'took is a trend, which has no count. It has avg(took), min(took), max(took), med(took), p95(took), sum(took)',
    ],
    ['value(healed) > 1', 'healed is a rate, which has no value. It has ratio(healed)'],
    ['count(busy) > 1', 'busy is a trend, which has no count'],
    ['avg(depth) > 1', 'depth is a gauge, which has no avg. It has value(depth), min(depth), max(depth)'],
    ['ratio(heald) > 1%', 'column 7: expected a rate (healed), found "heald". Did you mean "healed"?'],
    [
      'p95(nothing) < 1',
      'connect, response, lateness, took, billed, written, busy), found "nothing". Metrics of your own are declared',
    ],
    ['ratio > 85%', 'column 7: expected a rate in brackets (healed), such as ratio(healed), found ">"'],
    ['error_rate(healed) < 1%', 'error_rate speaks of samples'],
    ['ratio(healed) > 85', 'A share is at most 100%'],
    ['p95(took) < 30', '"30" has no unit. Write 30s, or 30ms'],
    ['p95(billed) < 30s', 'expected a number of bytes such as 500MB, 1.5GiB or 5000, found "30s"'],
    ['p95(billed) < 3MB/s', 'expected a number of bytes such as 500MB, 1.5GiB or 5000, found "3MB/s"'],
    ['p95(written) < 3MB', 'of bytes/s such as 500MB/s, 1.5GiB/s or 5000, found "3MB"'],
    ['max(busy) < 250', 'A share is at most 100%'],
    ['value(depth) < many', 'expected a number such as 5000, found "many"'],
    ['rate(throughput) > 5', 'expected a rate such as 10/s or 600/m, found "5"'],
  ])('refuses %j of a metric of the plan', (text, message) => {
    expect(problem(text, metrics)).toContain(message);
  });

  it('knows a metric that is nowhere declared from other mistakes', () => {
    expect(parseThreshold('ratio(x) > 1%', at)).toMatchObject({ ok: false, undeclared: true });
    expect(parseThreshold('ratio(healed) > x', at, metrics)).toMatchObject({ ok: false, undeclared: false });
  });

  it('says where in the plan the threshold stands', () => {
    expect(parseThreshold('nonsense', at)).toMatchObject({ ok: false, problem: { at } });
  });

  it('takes any label in quotes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((label) => label !== '' && !/[\n\r\u2028\u2029]/.test(label)),
        (label) => {
          const quoted = label.replace(/[\\"]/g, '\\$&');
          expect(parsed(`count{name="${quoted}"} > 1`).selector.name).toBe(label);
        },
      ),
    );
  });

  it('answers any text with a threshold or a sentence', () => {
    const pieces = fc.constantFrom(
      'p95',
      'count',
      '(',
      ')',
      'elapsed',
      '{',
      '}',
      'a',
      '=',
      '"',
      ',',
      '<',
      '1',
      's',
      '%',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (text) => {
        expect(problem(text.join(''))).not.toBe('');
      }),
    );
  });
});

describe('trendsOf', () => {
  it('names the trends to record besides elapsed', () => {
    const thresholds = ['p95(elapsed) < 1s', 'avg(lateness) < 1s', 'max(latency) < 1s', 'count > 1'].map(
      parsed,
    );
    expect(trendsOf(thresholds)).toEqual(['latency', 'lateness']);
  });
});
