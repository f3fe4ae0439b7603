import { describe, expect, it } from 'vitest';
import type { Axis } from '../model/axis.ts';
import type { Metric } from '../model/metric.ts';
import type { SeriesCarrier } from '../model/threshold.ts';
import { checkThreshold, narrowed } from './check-threshold.ts';
import { evaluateThreshold } from './evaluate-threshold.ts';
import { pairsOf, parseThreshold } from './parse-threshold.ts';
import { sampleOf, spansOf, totalsOf } from './test-support/samples.ts';

const at = { file: 'a.yaml', line: 1, column: 1 };
const axes: readonly Axis[] = [
  {
    name: 'size',
    values: [
      { name: 'large', magnitude: 1000 },
      { name: 'small', magnitude: 10 },
      { name: 'medium', magnitude: 100 },
    ],
  },
  { name: 'format', values: [{ name: 'csv', magnitude: null }] },
];
const metrics: readonly Metric[] = [
  { name: 'seen', type: 'counter', unit: '', description: '' },
  { name: 'billed', type: 'trend', unit: 'bytes', description: '' },
];

function parsed(text: string) {
  const result = parseThreshold(text, at, metrics, axes);
  if (!result.ok) throw new Error(result.problem.message);
  return result.threshold;
}

describe('thresholds that relate samples to others', () => {
  it.each([
    [
      'ratio of p50(elapsed){t=new} to {t=old} <= 120%',
      { selector: { t: 'new' }, relation: { kind: 'ratio', to: { t: 'old' } }, limit: 1.2 },
    ],
    ['ratio of avg(billed){t=new} to {t=old} < 0.5', { metric: { name: 'billed' }, limit: 0.5 }],
    ['ratio of error_rate{t=new} to {} <= 1'.replace(' to {}', ' to {t=old}'), { limit: 1 }],
    [
      'paired ratio of latency{t=new} to {t=old} < 90%',
      { trend: 'latency', relation: { kind: 'paired', to: { t: 'old' } }, limit: 0.9 },
    ],
    [
      'scalability(p50(elapsed), size){component=x} <= 1.2',
      { selector: { component: 'x' }, relation: { kind: 'scalability', axis: 'size' }, limit: 1.2 },
    ],
    ['scalability(avg(billed), size) <= 120%', { metric: { name: 'billed' }, limit: 1.2 }],
  ])('reads %s', (text, expected) => {
    expect(parsed(text)).toMatchObject(expected);
  });

  it.each([
    ['ratio of p50(elapsed){t=new} <= 1', 'expected "to" and the selector of what it is compared with'],
    ['ratio of p50(elapsed){t=a} to {t=a} <= 1', 'both sides of the ratio are the same samples'],
    ['ratio of p50(elapsed){t=a} to {t=b} <= 1s', 'expected a factor such as 1.2 or 120%, found "1s"'],
    ['paired elapsed{t=a} to {t=b} <= 1', 'expected "ratio of"'],
    [
      'paired ratio of p50(elapsed){t=a} to {t=b} <= 1',
      'expected a trend (elapsed, latency, connect, response, lateness): pairs are of the times themselves, found "p50"',
    ],
    ['paired ratio of elapsd{t=a} to {t=b} <= 1', 'Did you mean "elapsed"?'],
    [
      'paired ratio of elapsed{t=a} to {t=b} == 1',
      'a paired ratio lies in an interval: expected <, <=, > or >=',
    ],
    ['scalability(p50(elapsed)) <= 1', 'expected "," and the axis of a matrix'],
    ['scalability(p50(elapsed), sise) <= 1', 'no matrix has an axis "sise". Did you mean "size"?'],
    ['scalability(p50(elapsed), format) <= 1', 'the axis "format" has no magnitudes (how large is "csv"?)'],
    ['scalability(p50(elapsed), size){size=small} <= 1', 'the selector must not choose a value of it'],
    ['scalability(error_rate, size) <= 1', 'scalability is of times or of a metric of the type trend'],
    ['scalability(count(seen), size) <= 1', 'scalability is of times or of a metric of the type trend'],
  ])('refuses %s', (text, message) => {
    const result = parseThreshold(text, at, metrics, axes);
    expect(result.ok ? '' : result.problem.message).toContain(message);
  });

  it('says that a plan without a matrix has no axis', () => {
    const result = parseThreshold('scalability(p50(elapsed), size) <= 1', at);
    expect(result.ok ? '' : result.problem.message).toContain('The plan has no matrix.');
  });

  it('names what is to be compared in rounds, once', () => {
    const texts = ['paired ratio of elapsed{t=a} to {t=b} <= 1', 'ratio of p50(elapsed){t=a} to {t=b} <= 1'];
    expect(pairsOf([...texts, texts[0] ?? ''].map(parsed))).toEqual([
      { text: texts[0], trend: 'elapsed', of: { t: 'a' }, to: { t: 'b' } },
    ]);
  });
});

describe('what is checked of them', () => {
  const step = (tags: SeriesCarrier['tags'], inRounds = true): SeriesCarrier => ({
    label: 'Q',
    tags,
    ...(inRounds ? { inRounds: true } : {}),
  });
  const carriers = [
    step({ t: 'new', size: 'small' }),
    step({ t: 'old', size: 'small' }),
    step({ t: 'old', size: 'large' }),
    step({ t: 'other' }, false),
  ];
  const found = (text: string) => checkThreshold(parsed(text), carriers).map(({ message }) => message);

  it.each([
    'ratio of p50(elapsed){t=new} to {t=other} <= 1',
    'paired ratio of elapsed{t=new} to {t=old} <= 1',
    'scalability(p50(elapsed), size){t=old} <= 1',
  ])('nothing is wrong with %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ['ratio of p50(elapsed){t=new} to {t=odl} <= 1', 'no step has the tag t=odl. Did you mean "old"?'],
    ['paired ratio of elapsed{t=new} to {t=other} <= 1', 'pairs are made in the rounds of a matrix'],
    [
      'scalability(p50(elapsed), size){t=new} <= 1',
      'scalability needs at least two values of "size", and what is selected has one.',
    ],
    ['scalability(p50(elapsed), size){t=other} <= 1', 'what is selected has none.'],
  ])('%s: %s', (text, message) => {
    expect(found(text).join('\n')).toContain(message);
  });

  it('sizes that nothing carries are not asked for', () => {
    const { relation } = narrowed(parsed('scalability(p50(elapsed), size){t=old} <= 1'), carriers, []);
    expect(relation).toMatchObject({ values: [{ name: 'large' }, { name: 'small' }] });
  });
});

describe('how they are judged', () => {
  const took = (size: string, elapsedMs: number, t = 'x') =>
    sampleOf({ label: `Q ${size}`, tags: { size, t }, elapsedMs });
  const verdict = (text: string, samples: Parameters<typeof totalsOf>[0]) =>
    evaluateThreshold(parsed(text), totalsOf(samples), spansOf(1000));

  it.each([
    // Per unit: 1, 1, 1.
    ['linear growth', [10, 100, 1000], 1, true],
    // 1, 0.5, 0.25: better than linear. The worst step is halving.
    ['less than linear growth', [10, 50, 250], 0.5, true],
    // 1, 2, 4: the ends are four times apart.
    ['more than linear growth', [10, 200, 4000], 4, false],
    // 1, 0.2, 0.4: the ends look well, the last step does not.
    ['a bad last step', [10, 20, 400], 2, false],
    // 1, 3, 1: the ends are level.
    ['a bad middle', [10, 300, 1000], 3, false],
  ])('scalability of %s', (_, [small, medium, large], value, passed) => {
    const samples = [took('small', small ?? 0), took('medium', medium ?? 0), took('large', large ?? 0)];
    const found = verdict('scalability(avg(elapsed), size) <= 1.2', samples);
    expect(found).toMatchObject({ passed, unit: 'factor', limit: 1.2 });
    expect(found.value).toBeCloseTo(value, 9);
  });

  it('scalability tells the sizes and the worst of them', () => {
    const samples = [took('small', 10), took('medium', 20), took('large', 400)];
    expect(verdict('scalability(avg(elapsed), size) <= 1.2', samples).detail).toBe(
      'small 10 ms, medium 20 ms, large 400 ms; medium → large: 20 × the time for 10 × the size',
    );
  });

  it('scalability without data of one size fails', () => {
    const found = verdict('scalability(avg(elapsed), size) <= 1.2', [took('small', 10), took('large', 10)]);
    expect(found).toMatchObject({
      passed: false,
      value: null,
      detail: 'small 10 ms, medium no data, large 10 ms',
    });
  });

  it.each([
    ['<= 60%', true],
    ['< 50%', false],
  ])('a ratio %s: %s', (limit, passed) => {
    const samples = [took('small', 10, 'new'), took('small', 20, 'old')];
    const found = verdict(`ratio of avg(elapsed){t=new} to {t=old} ${limit}`, samples);
    expect(found).toMatchObject({ passed, value: 0.5, unit: 'ratio', detail: '10 to 20' });
  });

  it('a ratio to nothing fails', () => {
    const found = verdict('ratio of avg(elapsed){t=new} to {t=old} <= 1', [took('small', 10, 'new')]);
    expect(found).toMatchObject({ passed: false, value: null });
  });

  it('pairs are judged by the end of the interval', () => {
    const text = 'paired ratio of elapsed{t=new} to {t=old} <= 100%';
    const totals = totalsOf([]);
    totals.pairs.add([{ text, count: 4, sum: -2, sumOfSquares: 1.02, leftOut: 0 }]);
    const found = evaluateThreshold(parsed(text), totals, spansOf(1000));
    expect(found).toMatchObject({ passed: true, unit: 'ratio' });
    expect(found.value).toBeCloseTo(Math.exp(-0.5), 9);
    expect(found.margin).toBeCloseTo(1 - (found.interval?.[1] ?? 0), 9);
  });
});
