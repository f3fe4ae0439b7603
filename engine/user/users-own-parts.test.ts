import { describe, expect, it } from 'vitest';
import { nameInJtl } from '../model/sample-phase.ts';
import type { CompiledStep } from '../model/compiled-plan.ts';
import { constant, control, outcome, sample, Stage } from './test-support/stage.ts';

/** Each sample takes 10 ms. */
const steady = () => {
  const stage = new Stage({
    perform: (config) => {
      stage.nowEpochMs += 10;
      return Promise.resolve(outcome(config as object));
    },
  });
  return stage;
};

const failing = (label: string) => sample(label, { config: constant({ ok: false, code: '500' }) });
const part = (steps: readonly CompiledStep[], measure = false) => ({ steps, measure });
const pause = control('pause', constant({ for: '1s' }), []);
const leaves = control('action', constant({ do: 'stopThread' }), []);
const rows = (stage: Stage) =>
  stage.samples.map(
    ({ label, kind, phase }) => `${label} ${kind === 'sample' && phase !== 'load' ? phase : kind}`,
  );

describe('what each user does before and after its iterations', () => {
  it('is done once, beside the load, with the variables of the user', async () => {
    const stage = steady();
    await stage.run([sample('', { label: ['use-', { variable: 'id' }] })], {
      loops: 2,
      setUp: part([sample('log in'), control('set', constant({ set: { id: '7' } }), [])]),
      tearDown: part([sample('', { label: ['leave-', { variable: 'id' }] })]),
    });
    expect(rows(stage)).toEqual(['log in set-up', 'use-7 sample', 'use-7 sample', 'leave-7 tear-down']);
    expect(stage.samples.map(nameInJtl)).toEqual([
      'Users 1-1 set-up',
      'Users 1-1',
      'Users 1-1',
      'Users 1-1 tear-down',
    ]);
  });

  it('counts like the load when the plan says so', async () => {
    const stage = steady();
    const parts = { setUp: part([sample('log in')], true), tearDown: part([sample('log out')], true) };
    await stage.run([sample('use')], parts);
    expect(rows(stage)).toEqual(['log in sample', 'use sample', 'log out sample']);
    expect(stage.samples[0]?.threadName).toBe('Users 1-1');
  });

  it('cuts transactions off as the load does', async () => {
    const stage = steady();
    const both = control('transaction', constant({ includePauses: false, parent: false }), [
      sample('log in'),
      pause,
    ]);
    await stage.run([sample('never')], { durationMs: 50, setUp: part([both]) });
    expect(rows(stage)).toEqual(['log in set-up', 'transaction cut']);
    expect(stage.samples.at(-1)).toMatchObject({ threadName: 'Users 1-1', phase: 'set-up' });
  });

  it('moves what is due first, and is not in the time of the load', async () => {
    const stage = steady();
    const group = await stage.run([sample('use')], {
      setUp: part([sample('log in')]),
      tearDown: part([sample('log out')]),
    });
    expect(stage.samples.map(({ dueEpochMs }) => dueEpochMs)).toEqual([1000, 1010, 1020]);
    expect([group.loadStartEpochMs, group.loadEndEpochMs]).toEqual([1010, 1020]);
  });

  it.each([
    ['a pause would outlast its time', { durationMs: 50 }, [sample('use'), pause], 1050],
    ['its last sample outlasts its time', { durationMs: 15, loops: null }, [sample('use')], 1020],
    ['its loops are done', { durationMs: 50, loops: 2 }, [sample('use')], 1020],
    ['a step ends it', { durationMs: 50 }, [sample('use'), leaves, sample('never')], 1010],
  ] as const)('ends its load when that was to be, or later: %s', async (_, config, steps, endEpochMs) => {
    const group = await steady().run(steps, config);
    expect(group.loadEndEpochMs).toBe(endEpochMs);
  });

  it('ends the user when a sample of its set-up fails: counted, told, and torn down', async () => {
    const stage = steady();
    const parts = { setUp: part([failing('log in'), sample('then')]), tearDown: part([sample('log out')]) };
    const group = await stage.run([sample('use')], parts);
    expect(rows(stage)).toEqual(['log in set-up', 'log out tear-down']);
    expect(stage.setUpFailures).toBe(1);
    expect(stage.problems).toEqual([
      'set-up of a user of "Users" failed, which ended the user: log in: 500 OK',
    ]);
    expect([group.failed, group.loadStartEpochMs]).toEqual([0, null]);
  });

  it('counts a set-up that is broken as failed', async () => {
    const stage = steady();
    const broken = control('forEach', { text: [{ variable: 'x' }], as: 'number', path: '' }, []);
    await stage.run([sample('use')], { setUp: part([broken]), tearDown: part([sample('log out')]) });
    expect([rows(stage), stage.setUpFailures, stage.problems.length]).toEqual([
      ['forEach set-up', 'log out tear-down'],
      1,
      1,
    ]);
  });

  it('takes the user’s time: without any left there is no iteration, but a tear-down', async () => {
    const stage = steady();
    const parts = { setUp: part([sample('a'), sample('b')]), tearDown: part([failing('c'), sample('d')]) };
    await stage.run([sample('use')], { durationMs: 15, ...parts });
    expect(rows(stage)).toEqual(['a set-up', 'b set-up', 'c tear-down', 'd tear-down']);
    expect(stage.setUpFailures).toBe(0);
  });

  it('ends a set-up with the run, and tears down all the same', async () => {
    const stage: Stage = new Stage({
      perform: () => {
        stage.groups.at(-1)?.stop('now');
        return Promise.resolve(outcome({ ok: false, code: 'interrupted' }));
      },
    });
    const parts = { setUp: part([sample('a'), sample('b')]), tearDown: part([sample('c')]) };
    await stage.run([sample('use')], parts);
    expect([rows(stage), stage.setUpFailures]).toEqual([['a set-up', 'c tear-down'], 0]);
  });
});
