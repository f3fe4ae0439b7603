import { describe, expect, it } from 'vitest';
import type { CompiledElement } from '../model/compiled-plan.ts';
import type { MetricWindow } from '../model/metrics.ts';
import type { ConfigNode } from '../model/template.ts';
import { constant, outcome, sample, Stage } from './test-support/stage.ts';

const stageOf = (metrics?: Readonly<Record<string, number | null | readonly number[]>>) =>
  new Stage({ perform: () => Promise.resolve(outcome(metrics ? { metrics } : {})) });

const record = (metric: string, value: ConfigNode, tags: object = {}): CompiledElement => ({
  kind: 'record',
  slot: 0,
  variable: '',
  config: {
    object: [
      ['record', constant(metric)],
      ['value', value],
      ['tags', constant(tags)],
    ],
  },
  at: 'plan.yaml:7:9',
});
const variable = (name: string): ConfigNode => ({ text: [{ variable: name }], as: 'string', path: 'value' });

const kept = (windows: readonly MetricWindow[]) =>
  windows.map(({ metric, tags, sum }) => [metric, tags, sum]);

describe('record', () => {
  it('adds a value under the tags of the step and its own, before and after a sampler', async () => {
    const stage = stageOf();
    const element = record('counter', constant(2), { source: 'x', n: 7 });
    await stage.run(
      [
        sample('a', { before: [element], tags: { endpoint: 'a' } }),
        sample('b', { after: [element], tags: { endpoint: 'b' } }),
      ],
      { loops: 3 },
    );
    expect(kept(stage.recorded.window())).toEqual([
      ['counter', { endpoint: 'a', source: 'x', n: '7' }, 6],
      ['counter', { endpoint: 'b', source: 'x', n: '7' }, 6],
    ]);
    expect(stage.problems).toEqual([]);
  });

  it('takes the text of a variable as a number', async () => {
    const stage = stageOf();
    await stage.run([sample('a', { after: [record('gauge', variable('__jm__Users__idx'))] })], { loops: 3 });
    expect(stage.recorded.window()).toMatchObject([{ metric: 'gauge', last: 2, min: 0, max: 2, count: 3 }]);
  });

  it('tells of a value that is none, records nothing and fails no sample', async () => {
    const stage = stageOf();
    await stage.run([sample('a', { after: [record('trend', variable('nobody'))] })]);
    expect(stage.problems).toEqual([
      'plan.yaml:7:9: record trend: a trend takes a number, found "${nobody}"; it is not recorded',
    ]);
    expect(stage.recorded.window()).toEqual([]);
    expect(stage.samples).toMatchObject([{ ok: true }]);
  });
});

describe('what a sampler measures besides times', () => {
  it('is recorded under the tags of its step and its label', async () => {
    const stage = stageOf({ counter: 5, trend: 0.5 });
    await stage.run([sample('a', { tags: { endpoint: 'a' } })], { loops: 2 });
    expect(kept(stage.recorded.window())).toEqual([
      ['counter', { endpoint: 'a', name: 'a' }, 10],
      ['trend', { endpoint: 'a', name: 'a' }, 1],
    ]);
  });

  it('may be a value that nobody knows', async () => {
    const stage = stageOf({ trend: null });
    await stage.run([sample('a')], { loops: 2 });
    expect(stage.recorded.window()).toMatchObject([{ metric: 'trend', count: 0, unknown: 2, sum: 0 }]);
    expect(stage.problems).toEqual([]);
  });

  it('may be several values at once, such as one a run', async () => {
    const stage = stageOf({ trend: [1, 2, 3] });
    await stage.run([sample('a')]);
    expect(kept(stage.recorded.window())).toEqual([['trend', { name: 'a' }, 6]]);
  });

  it('must be declared by it, and of the declared type', async () => {
    const stage = stageOf({ counter: -5, other: 1 });
    await stage.run([sample('a')]);
    expect(stage.problems).toEqual([
      'plan.yaml:1:1: fake measured counter: a counter only rises: it takes numbers from 0, found -5; it is not recorded',
      'plan.yaml:1:1: fake measured other: no such metric is declared; it is not recorded',
    ]);
    expect(stage.recorded.window()).toMatchObject([{ metric: 'counter', count: 0, unknown: 1 }]);
  });
});
