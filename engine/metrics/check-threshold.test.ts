import { describe, expect, it } from 'vitest';
import { checksMetric, type Metric } from '../model/metric.ts';
import type { MetricCarrier, SeriesCarrier } from '../model/threshold.ts';
import { checkThreshold } from './check-threshold.ts';
import { parseThreshold } from './parse-threshold.ts';

const at = { file: 'plans/a.yaml', line: 9, column: 5 };
const carriers: SeriesCarrier[] = [
  { label: 'Log in', tags: { endpoint: 'auth' } },
  { label: 'GET /issues', tags: { endpoint: 'issues', team: 'core' } },
  { label: 'Fix', tags: { phase: 'fix' }, kind: 'transaction' },
  { label: 'Prepare', tags: { stage: 'early' }, aside: true },
];

function messages(text: string, among: readonly SeriesCarrier[] = carriers): string[] {
  const result = parseThreshold(text, at);
  if (!result.ok) throw new Error(result.problem.message);
  return checkThreshold(result.threshold, among).map(({ message }) => message);
}

describe('checkThreshold', () => {
  it.each([
    'count > 1',
    'count{name="Log in"} > 1',
    'count{endpoint=issues} > 1',
    'count{endpoint=issues, name="GET /issues", team=core} > 1',
    'count{name=Fix} > 1',
    'count{name=Fix, phase=fix} > 1',
  ])('has nothing against %s', (text) => {
    expect(messages(text)).toEqual([]);
  });

  it.each([
    ['count{name="Log im"} > 1', 'no step is called "Log im". Did you mean "Log in"?'],
    ['count{name=Nowhere} > 1', 'no step is called "Nowhere". Known: Log in, GET /issues, Fix.'],
    ['count{endpoint=isues} > 1', 'no step has the tag endpoint=isues. Did you mean "issues"?'],
    ['count{endpoint=x} > 1', 'no step has the tag endpoint=x. Known values of endpoint: auth, issues.'],
    ['count{endpont=issues} > 1', 'no step has a tag "endpont". Did you mean "endpoint"?'],
    ['count{phase=fix} > 1', 'no step has a tag "phase". Known: name, endpoint, team.'],
    ...['count{name=Prepare} > 1', 'p95(elapsed){stage=early} < 1s'].map((text) => [
      text,
      'what it selects is only in set-up, tear-down or clean-up, which is not counted. The setUp and tearDown of a thread group are with measure: true.',
    ]),
    [
      'count{name="Log in", endpoint=issues} > 1',
      'each part of the selector fits some sample, but no sample fits them all',
    ],
  ])('refuses %s', (text, message) => {
    expect(messages(text)).toEqual([`threshold "${text}": ${message}`]);
  });

  it('finds all mistakes of a selector', () => {
    expect(messages('count{name=Nowhere, endpoint=isues} > 1')).toHaveLength(2);
  });

  it('lets a label made at run time be anything, its tags not', () => {
    const among = [{ label: null, tags: { endpoint: 'a' } }];
    expect(messages('count{name=whatever, endpoint=a} > 1', among)).toEqual([]);
    expect(messages('count{name=whatever, endpoint=b} > 1', among)).toHaveLength(1);
  });

  it.each([
    [
      'Inner',
      'Buy',
      '"Inner" is part of a transaction with parent: true, which alone is counted. Write {name="Buy"}.',
    ],
    ['Inner', null, '"Inner" is part of a transaction with parent: true, which alone is counted.'],
  ])('refuses the label %s in a transaction with a parent, %s', (label, partOf, message) => {
    const among: SeriesCarrier[] = [
      { label: 'Buy', tags: {} },
      { label, tags: { a: 'b' }, partOf },
    ];
    expect(messages(`count{name=${label}} > 1`, among)).toEqual([
      `threshold "count{name=Inner} > 1": ${message}`,
    ]);
    expect(messages('count{a=b} > 1', among)).toEqual([`threshold "count{a=b} > 1": ${message}`]);
    expect(messages('count{name=Buy} > 1', among)).toEqual([]);
    expect(messages('count{name=Inner} > 1', [...among, { label, tags: {} }])).toEqual([]);
  });
});

describe('checkThreshold of a metric', () => {
  const metrics: readonly Metric[] = [
    { name: 'seen', type: 'counter', unit: '', description: '' },
    { name: 'unused', type: 'counter', unit: '', description: '' },
    checksMetric,
  ];
  const places: readonly MetricCarrier[] = [
    { metric: 'seen', tags: { endpoint: 'issues', of: 'a' } },
    { metric: 'seen', tags: { endpoint: 'alerts' } },
    { metric: 'unlike', tags: { other: 'x' } },
  ];
  const found = (text: string) => {
    const result = parseThreshold(text, at, metrics);
    if (!result.ok) throw new Error(result.problem.message);
    return checkThreshold(result.threshold, carriers, places).map(({ message }) => message);
  };

  it.each(['count(seen) > 1', 'rate(seen){endpoint=alerts} > 1/s', 'count(seen){endpoint=issues, of=a} > 1'])(
    'has nothing against %s',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  it.each([
    ['count(unused) > 1', 'nothing in the plan records unused.'],
    ['ratio(checks) > 1%', 'the plan has no check.'],
    [
      'count(seen){endpoint=isues} > 1',
      'no value of seen has the tag endpoint=isues. Did you mean "issues"?',
    ],
    ['count(seen){name=x} > 1', 'no value of seen has a tag "name". Known: endpoint, of.'],
    ['count(seen){other=x} > 1', 'no value of seen has a tag "other". Known: endpoint, of.'],
    [
      'count(seen){endpoint=alerts, of=a} > 1',
      'each part of the selector fits some value of seen, but no value fits them all',
    ],
  ])('refuses %s', (text, message) => {
    expect(found(text)).toEqual([`threshold "${text}": ${message}`]);
  });
});
