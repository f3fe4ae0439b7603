import { describe, expect, it } from 'vitest';
import type { CompiledCheck } from '../model/compiled-plan.ts';
import type { OpenSampler } from '../model/sampler.ts';
import { constant, outcome, sample, Stage } from './test-support/stage.ts';

const check = (name: string, kind: string, config: object): CompiledCheck => ({
  name,
  assertion: { kind, slot: 0, variable: '', config: constant(config), at: 'plan.yaml:7:9' },
});
const is200 = check('is 200', 'status', { status: 200 });

async function recorded(checks: readonly CompiledCheck[], perform: OpenSampler['perform']) {
  const stage = new Stage({ perform });
  await stage.run([sample('a', { checks, tags: { endpoint: 'a' } })], { loops: 2 });
  const windows = stage.recorded
    .window()
    .map(({ tags, count, sum, failures }) => ({ tags, count, sum, failures }));
  return { windows, samples: stage.samples };
}

const answers =
  (...codes: string[]): OpenSampler['perform'] =>
  () =>
    Promise.resolve(outcome({ code: codes.shift() ?? '' }));

describe('check', () => {
  it('records each result under the tags of the step and its name, and fails no sample', async () => {
    const { windows, samples } = await recorded([is200], answers('200', '500'));
    expect(windows).toEqual([
      {
        tags: { endpoint: 'a', check: 'is 200' },
        count: 2,
        sum: 1,
        failures: { 'expected status 200, found 500': 1 },
      },
    ]);
    expect(samples.map(({ ok, failure }) => [ok, failure])).toEqual([
      [true, ''],
      [true, ''],
    ]);
  });

  it('that throws has failed, and says why', async () => {
    const throws = check('throws', 'script', { script: 'throw new Error("no such thing")' });
    const { windows, samples } = await recorded([throws], answers('200', '200'));
    expect(windows).toMatchObject([{ count: 2, sum: 0 }]);
    expect(Object.keys(windows[0]?.failures ?? {}).join()).toContain('no such thing');
    expect(samples.every(({ ok }) => ok)).toBe(true);
  });

  it('is made of a sample without an answer too', async () => {
    const { windows } = await recorded([is200], () => Promise.reject(new Error('refused')));
    expect(windows).toMatchObject([{ count: 2, sum: 0 }]);
  });

  it('of the same name at one step adds up', async () => {
    const { windows } = await recorded(
      [is200, { ...is200, assertion: is200.assertion }],
      answers('200', '500'),
    );
    expect(windows).toMatchObject([{ count: 4, sum: 2 }]);
  });
});
