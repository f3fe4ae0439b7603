import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';
import type { PlanMetric } from '../model/plan.ts';
import { sample } from '../user/test-support/stage.ts';
import { RecordedMetrics } from './recorded-metrics.ts';

const plan = (metrics: string, records: string) => `name: T
metrics: ${metrics}
threadGroups:
  - name: G
    tags: { endpoint: a }
    steps:
      - get: http://127.0.0.1:9/
        extract: { n: $.n }
        after: [${records}]
`;
const counter = '{ seen: { type: counter, unit: issues, description: Issues. } }';

describe('metrics in a plan', () => {
  it('are declared with type and unit, and recorded after a sampler', async () => {
    const { compiled } = await prepareYaml(plan(counter, '{ record: seen, value: "${n}", tags: { of: x } }'));
    expect(compiled.metrics).toEqual([
      { name: 'seen', type: 'counter', unit: 'issues', description: 'Issues.' },
    ]);
  });

  it.each([
    [
      counter,
      '{ record: sen, value: 1 }',
      'plan.yaml:9:27: record: the plan declares no metric "sen". Did you mean "seen"?',
    ],
    [counter, '{ record: other, value: 1 }', 'the plan declares no metric "other". Known: seen.'],
    ['{}', '{ record: seen, value: 1 }', 'the plan declares no metric "seen". Declare it under metrics:.'],
    [
      counter,
      '{ record: seen, value: -1 }',
      'record seen: a counter only rises: it takes numbers from 0, found -1',
    ],
    [counter, '{ record: seen, value: many }', 'record seen: a counter takes a number, found "many"'],
    [counter, '{ record: seen }', 'record needs "value".'],
    [
      '{ elapsed: { type: trend } }',
      '',
      'plan.yaml:2:12: the metric "elapsed" is built in. Choose another name.',
    ],
    ['{ checks: { type: rate } }', '', 'the metric "checks" is built in'],
    ['{ a: { type: histogram } }', '', 'type'],
    ['{ a: { unit: ms } }', '', 'needs "type"'],
    ['{ a: { type: trend, unit: 5x } }', '', 'unit'],
    ['{ 2a: { type: trend } }', '', '2a'],
    ['{ a: counter }', '', 'counter'],
  ])('metrics: %s with %s is a mistake', async (metrics, records, message) => {
    expect((await mistakes(plan(metrics, records))).join('\n')).toContain(message);
  });
});

describe('thresholds on metrics', () => {
  it.each([
    ['a query, whose figures are asked for', '- bigquery: SELECT 1'],
    ['a script that sees the answer before', '- script: vars.set("a", prev.code)'],
  ])('find what a step records beside %s', async (_, other) => {
    const { compiled } = await prepareYaml(`name: T
metrics: { seen: { type: counter } }
defaults: { bigquery: { project: p, endpoint: "http://127.0.0.1:9" } }
threadGroups:
  - name: G
    steps:
      - get: http://127.0.0.1:9/
      ${other}
      - record: seen
        value: 1
thresholds: [count(seen) > 0]
`);
    expect(compiled.thresholds).toHaveLength(1);
  });

  const parts = (threshold: string) => `name: T
metrics: { read: { type: counter }, undone: { type: counter }, made: { type: counter } }
threadGroups:
  - name: G
    setUp:
      - get: http://127.0.0.1:9/
        check: [{ status: 200, name: aside }]
    steps:
      - get: http://127.0.0.1:9/
        tags: [read]
        check: [{ status: 200, name: here }]
        after: [{ record: read, value: 1 }]
      - post: http://127.0.0.1:9/
        tags: [write]
        after: [{ record: made, value: 1 }]
        check: [{ status: 200, name: there }]
        cleanUp:
          - record: undone
            value: 1
thresholds: ['${threshold}']
`;

  it.each([
    ['count(undone) > 0', 'undone is recorded only in clean-up'],
    ['ratio(checks){check=aside} > 0', 'no value of checks has the tag check=aside'],
  ])('%s, on what is recorded beside the load alone, is a mistake', async (threshold, message) => {
    expect((await mistakes(parts(threshold))).join('\n')).toContain(message);
  });

  it.each([
    ['count(read) > 0', []],
    ['count(made) > 0', ['count(made) > 0']],
    ['ratio(checks){check=here} > 0', []],
    ['ratio(checks){check=there} > 0', ['ratio(checks){check=there} > 0']],
    ['ratio(checks) > 0', []],
  ])('%s is judged as far as the chosen tags leave it: not %j', async (threshold, leftOut) => {
    const tags = { include: ['read'], exclude: [] };
    expect((await prepareYaml(parts(threshold), { tags })).leftOut).toEqual(leftOut);
  });
});

describe('thresholds on what is not counted', () => {
  const within = (parent: string, threshold: string) => `name: T
threadGroups:
  - name: G
    steps:
      - transaction: { name: Buy, parent: ${parent} }
        steps:
          - loop: 2
            steps: [{ transaction: { name: Inside, parent: true }, steps: [{ get: http://127.0.0.1:9/, name: Pay }] }]
thresholds: ['${threshold}']
`;
  it.each(['Pay', 'Inside'])('a label inside a transaction with parent is a mistake: %s', async (label) => {
    expect(await mistakes(within('true', `count{name=${label}} > 0`))).toEqual([
      `plan.yaml:9:14: threshold "count{name=${label}} > 0": "${label}" is part of a transaction with parent: true, which alone is counted. Write {name="Buy"}.`,
    ]);
  });

  it.each([
    ['true', 'Buy'],
    ['false', 'Buy'],
    ['false', 'Inside'],
  ])('with parent: %s, %s is counted', async (parent, label) => {
    const { compiled } = await prepareYaml(within(parent, `count{name=${label}} > 0`));
    expect(compiled.thresholds).toHaveLength(1);
  });

  it('tells of a metric that is not declared, unless the declarations themselves are wrong', async () => {
    const of = (metrics: string) => `${plan(metrics, '')}thresholds: ['count(sean) > 1']\n`;
    expect((await mistakes(of(counter))).join('\n')).toContain('found "sean". Did you mean "seen"?');
    expect((await mistakes(of('{ sean: { type: countr } }'))).join('\n')).not.toContain('found "sean"');
  });
});

describe('RecordedMetrics', () => {
  const own: PlanMetric = {
    name: 'bytes_billed',
    type: 'counter',
    unit: 'bytes',
    description: '',
    at: { file: 'a.yaml', line: 1, column: 1 },
  };
  const syntax = {
    kind: 'query',
    schema: {},
    metrics: { bytes_billed: { type: 'counter', unit: 'bytes', description: 'Billed.' } },
  } as const;

  it('knows what the samplers in use measure, and under which tags', () => {
    const metrics = new RecordedMetrics([]);
    expect(metrics.addSampler(syntax, { config: {}, label: 'Ask', tags: { endpoint: 'a' } })).toEqual([]);
    expect(metrics.all()).toEqual([
      { name: 'bytes_billed', type: 'counter', unit: 'bytes', description: 'Billed.' },
    ]);
    const step = metrics.stepDone(sample('query'));
    expect(metrics.carriersOf(step)).toEqual([
      { metric: 'bytes_billed', tags: { endpoint: 'a' }, label: 'Ask' },
    ]);
  });

  it('knows that some are measured only by steps with an option', () => {
    const priced = { ...syntax, metrics: { cost: { ...syntax.metrics.bytes_billed, needs: 'price' } } };
    const step = { label: 'Ask', tags: {} };
    const without = new RecordedMetrics([]);
    expect(without.addSampler(priced, { ...step, config: {} })).toEqual([]);
    expect(without.carriersOf(without.stepDone(sample('query')))).toEqual([]);
    expect(without.all().map(({ name }) => name)).toEqual(['cost']);
    const ours = new RecordedMetrics([{ ...own, name: 'cost' }]);
    expect(ours.addSampler(priced, { ...step, config: {} })).toEqual([]);
    expect(ours.all()).toMatchObject([{ name: 'cost', type: own.type }]);
    expect(ours.addSampler(priced, { ...step, config: { price: {} } })).toHaveLength(1);
  });

  it('leaves their names to them', () => {
    expect(new RecordedMetrics([own]).addSampler(syntax, { config: {}, label: null, tags: {} })).toEqual([
      { at: own.at, message: 'the metric "bytes_billed" is measured by query steps. Choose another name.' },
    ]);
  });
});
