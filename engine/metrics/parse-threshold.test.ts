import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseThreshold, trendsOf } from './parse-threshold.ts';

const at = { file: 'plans/a.yaml', line: 9, column: 5 };

function parsed(text: string) {
  const result = parseThreshold(text, at);
  if (!result.ok) throw new Error(result.problem.message);
  return result.threshold;
}

function problem(text: string): string {
  const result = parseThreshold(text, at);
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
    ['', 'column 1: expected one of avg, min, max, med, count, rate, error_rate, p95, found the end'],
    [
      'p59(elapsd) < 1s',
      'column 5: expected a trend (elapsed, latency, connect, response, lateness), found "elapsd". Did you mean "elapsed"?',
    ],
    [
      'agv(elapsed) < 1s',
      'column 1: expected one of avg, min, max, med, count, rate, error_rate, p95, found "agv". Did you mean "avg"?',
    ],
    ['p(95) < 1s', 'found "p". A percentile is written p95(elapsed).'],
    ['p101(elapsed) < 1s', 'column 1: expected a percentile above 0 and up to 100, found "p101"'],
    ['p0(elapsed) < 1s', 'expected a percentile above 0'],
    ['error_rat < 1%', 'Did you mean "error_rate"?'],
    [
      'p95 < 500ms',
      'column 5: expected a trend in brackets (elapsed, latency, connect, response, lateness), found "<"',
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
