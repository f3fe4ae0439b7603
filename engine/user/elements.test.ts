import { describe, expect, it } from 'vitest';
import type { CompiledElement, CompiledGroup } from '../model/compiled-plan.ts';
import type { ConfigNode, Template } from '../model/template.ts';
import type { Meeting } from './world.ts';
import { constant, control, outcome, sample, Stage } from './test-support/stage.ts';

/** A sampler that takes 10 ms. */
const steady = () => {
  const stage = new Stage({
    perform: () => {
      stage.nowEpochMs += 10;
      return Promise.resolve(outcome());
    },
  });
  return stage;
};

const node = (config: object | ConfigNode): ConfigNode =>
  'object' in config && Array.isArray(config.object) ? config : constant(config);
const element = (kind: string, config: object | ConfigNode, slot = 0): CompiledElement => ({
  kind,
  slot,
  variable: '',
  config: node(config),
  at: '',
});
const named = (...label: readonly (string | { variable: string })[]): { label: Template } => ({ label });
const at = (variable: string) => ({ variable });

/** When the samples of one user were due, from its start. */
async function dues(timers: readonly CompiledElement[], config: Partial<CompiledGroup> = {}) {
  const stage = steady();
  await stage.run([sample('x', { timers })], config);
  expect(stage.problems).toEqual([]);
  return stage.samples.map(({ dueEpochMs }) => dueEpochMs - 1000);
}

/** The pauses between the samples of one user. */
async function pauses(timer: CompiledElement, loops = 2000) {
  const times = await dues([timer], { loops });
  return times.map((time, n) => (n === 0 ? time : time - (times[n - 1] ?? 0) - 10));
}

const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
const deviation = (values: readonly number[]) =>
  Math.sqrt(mean(values.map((one) => (one - mean(values)) ** 2)));

describe('timers', () => {
  it('add up, before each sampler', async () => {
    const timers = [element('constant', { constant: 30 }), element('constant', { constant: 5 })];
    expect(await dues(timers, { loops: 3 })).toEqual([35, 80, 125]);
  });

  it('end a user whose time they would outlast, without a sample', async () => {
    expect(await dues([element('constant', { constant: 30 })], { loops: null, durationMs: 70 })).toEqual([
      30,
    ]);
  });

  it('are idle time in a transaction', async () => {
    const stage = steady();
    const timed = sample('x', { timers: [element('constant', { constant: 30 })] });
    await stage.run([
      control('transaction', constant({ name: 'T', includePauses: false, parent: false }), [timed]),
    ]);
    expect(stage.samples[1]).toMatchObject({ elapsedMs: 10, idleMs: 30 });
  });

  it.each<[string, object, { mean: number; deviation: number; least: number; most: number }]>([
    ['uniform', { uniform: '10ms..30ms' }, { mean: 20, deviation: 5.77, least: 10, most: 30 }],
    ['uniform', { uniform: '10ms' }, { mean: 10, deviation: 0, least: 10, most: 10 }],
    ['gaussian', { gaussian: 300, deviation: 50 }, { mean: 300, deviation: 50, least: 0, most: 600 }],
    ['gaussian', { gaussian: 0, deviation: 50 }, { mean: 39.9, deviation: 30.1, least: 0, most: 300 }],
    ['poisson', { poisson: 4, delay: 100 }, { mean: 104, deviation: 2, least: 100, most: 130 }],
    ['poisson', { poisson: 100, delay: 0 }, { mean: 100, deviation: 10, least: 40, most: 160 }],
    ['poisson', { poisson: 0, delay: 7 }, { mean: 7, deviation: 0, least: 7, most: 7 }],
  ])('%s %o has its mean and spread', async (kind, config, expected) => {
    const all = await pauses(element(kind, config));
    const near = (value: number, wanted: number) =>
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(0.08 * wanted + 1e-9);
    near(mean(all), expected.mean);
    near(deviation(all), expected.deviation);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(expected.least - 1e-6);
    expect(Math.max(...all)).toBeLessThanOrEqual(expected.most + 1e-6);
  });
});

describe('throughput timer', () => {
  const timer = (mode: string, throughput = '10/s') => element('throughput', { throughput, mode }, 2);

  it.each([
    ['user', [0, 100, 200]],
    ['allActive', [0, 200, 400]],
    ['groupActive', [0, 100, 200]],
    ['allShared', [0, 100, 200]],
    ['groupShared', [0, 100, 200]],
  ])('%s spaces samples; the first is not delayed', async (mode, expected) => {
    expect(await dues([timer(mode)], { loops: 3 })).toEqual(expected);
  });

  it.each(['user', 'allShared'])('%s does not catch up with what was missed', async (mode) => {
    const stage = steady();
    const late = control('if', { object: [['condition', onPass('1')]] }, [
      control('pause', constant({ for: '500ms' }), []),
    ]);
    await stage.run([late, sample('x', { timers: [timer(mode)] })], { loops: 4 });
    expect(stage.samples.map(({ dueEpochMs }) => dueEpochMs - 1000)).toEqual([0, 510, 610, 710]);
  });

  it('shared, hands its turns to whoever comes; per user, each has all', async () => {
    for (const [mode, expected] of [
      ['allShared', [0, 100]],
      ['user', [0, 0]],
    ] as const) {
      const stage = steady();
      const steps = [sample('x', { timers: [timer(mode)] })];
      await stage.run(steps, {}, 0);
      stage.nowEpochMs = 1000;
      await stage.run(steps, {}, 1);
      expect(stage.samples.map(({ dueEpochMs }) => dueEpochMs - 1000)).toEqual(expected);
    }
  });

  it('is one schedule for all samplers in its scope', async () => {
    const stage = steady();
    const timers = [timer('user')];
    await stage.run([sample('a', { timers }), sample('b', { timers })]);
    expect(stage.samples.map(({ dueEpochMs }) => dueEpochMs - 1000)).toEqual([0, 100]);
  });

  it('fails the sample when its rate renders to none', async () => {
    const stage = steady();
    await stage.run([sample('x', { timers: [timer('user', 'p')] })]);
    expect(stage.samples).toMatchObject([
      { ok: false, failure: expect.stringContaining('such as 60/m') as string },
    ]);
  });
});

function onPass(pass: string): ConfigNode {
  const index = { template: [{ variable: '__jm__Users__idx' }] };
  return { condition: { operator: '==', operands: [index, { literal: pass }] } };
}

describe('precise timer', () => {
  const precise = (more: object = {}) =>
    element('precise', { precise: '10/s', window: 10_000, batch: 1, batchGap: 0, seed: 7, ...more }, 1);

  it('starts exactly so many in each window, at uneven times', async () => {
    const times = await dues([precise()], { loops: 300 });
    for (const window of [0, 1, 2]) {
      const inside = times.filter((time) => Math.floor(time / 10_000) === window);
      expect(Math.abs(inside.length - 100)).toBeLessThanOrEqual(3); // Late ones slip over the edge.
    }
    expect(new Set(times.slice(1).map((time, n) => Math.round(time - (times[n] ?? 0)))).size).toBeGreaterThan(
      20,
    );
  });

  it('repeats with its seed, and not with another or none', async () => {
    const [first, again, other, none] = await Promise.all(
      [7, 7, 8, 0].map((seed) => dues([precise({ seed })], { loops: 20 })),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(none).not.toEqual(first);
  });

  it('without a seed of its own follows that of the run', async () => {
    const run = async (seed: number) => {
      const stage = steady();
      Object.assign(stage.world, { seed });
      await stage.run([sample('x', { timers: [precise({ seed: 0 })] })], { loops: 20 });
      return stage.samples.map(({ dueEpochMs }) => dueEpochMs);
    };
    expect(await run(3)).toEqual(await run(3));
    expect(await run(3)).not.toEqual(await run(4));
  });

  it('plans nothing in a pause of the load', async () => {
    const stage = steady();
    const run = () => stage.run([sample('x', { timers: [precise({ seed: 7 })] })], { loops: 3 });
    await run();
    const first = stage.samples.map(({ dueEpochMs }) => dueEpochMs);
    stage.world.loadTime.set([{ fromEpochMs: first.at(-1) ?? 0, toEpochMs: (first.at(-1) ?? 0) + 60_000 }]);
    stage.nowEpochMs += 60_000;
    await run();
    const unpaused = await dues([precise({ seed: 7 })], { loops: 6 });
    expect(stage.samples.slice(3).map(({ dueEpochMs }) => Math.round(dueEpochMs - 61_000))).toEqual(
      unpaused.slice(3).map(Math.round),
    );
  });

  it('starts batches together, or with a gap', async () => {
    const steps = [sample('x', { timers: [precise({ precise: '1/s', batch: 2, batchGap: 50 })] })];
    const stage = steady();
    const starts: number[] = [];
    for (let user = 0; user < 6; user++) {
      stage.nowEpochMs = 1000;
      await stage.run(steps, {}, user);
      starts.push(stage.samples.at(-1)!.dueEpochMs);
    }
    for (const first of [0, 2, 4]) expect(starts[first + 1]! - starts[first]!).toBeCloseTo(50);
    expect(starts[2]! - starts[0]!).toBeGreaterThan(100);
  });

  it('ends a user whose turn is after its time', async () => {
    const all = await dues([precise({ precise: '1/s' })], { loops: null, durationMs: 5000 });
    expect(all.length).toBeGreaterThan(0);
    expect(Math.max(...all)).toBeLessThan(5000);
  });
});

describe('synchronize', () => {
  const met = async (config: object, group: Partial<CompiledGroup> = {}, waitMs = 200) => {
    const stage = steady();
    const calls: unknown[] = [];
    Object.assign(stage.world, {
      meet: (slot: number, { users, leftMs }: Meeting) => {
        calls.push([slot, users(), leftMs()]);
        stage.nowEpochMs += waitMs;
        return Promise.resolve(true);
      },
    });
    const timers = [element('synchronize', { timeout: 0, ...config }, 6)];
    await stage.run([sample('x', { timers })], { threads: 5, ...group });
    return { calls, dues: stage.samples.map(({ dueEpochMs }) => dueEpochMs) };
  };

  it.each([
    [{ synchronize: 3 }, {}, [6, 3, Infinity]],
    [{ synchronize: 'all' }, {}, [6, 5, Infinity]],
    [{ synchronize: 3, timeout: 100 }, {}, [6, 3, 100]],
    [{ synchronize: 3, timeout: 900 }, { durationMs: 700 }, [6, 3, 700]],
    [{ synchronize: 3 }, { durationMs: 700 }, [6, 3, 700]],
  ])('%o in a group with %o waits at slot, for users, at most: %j', async (config, group, expected) => {
    const { calls, dues: all } = await met(config, group);
    expect(calls).toEqual([expected]);
    expect(all).toEqual([1200]);
  });

  it('ends a user that waited until its time was up', async () => {
    expect((await met({ synchronize: 3 }, { durationMs: 150 })).dues).toEqual([]);
  });

  it('lets go when the run is being stopped', async () => {
    const stage = steady();
    const meet = () => {
      for (const group of stage.groups) group.stopping = true;
      return new Promise(() => undefined);
    };
    Object.assign(stage.world, { meet });
    const timers = [element('synchronize', { synchronize: 3, timeout: 0 })];
    await stage.run([sample('x', { timers })], { loops: 5 });
    expect(stage.samples).toHaveLength(1);
  });
});

describe('processors', () => {
  const after = (...list: CompiledElement[]) => sample('first', { after: list });
  const label = async (first: ReturnType<typeof sample>, variable: string, user = 0) => {
    const stage = steady();
    await stage.run([first, sample('', named(at(variable)))], {}, user);
    return stage.samples.at(-1)!.label;
  };

  it('set gives variables their values as text', async () => {
    expect(await label(after(element('set', { set: { a: 1, b: true } })), 'a')).toBe('1');
    expect(await label(after(element('set', { set: { a: 1, b: true } })), 'b')).toBe('true');
  });

  it('before a sampler they are done before its configuration is rendered', async () => {
    const stage = steady();
    await stage.run([
      sample('x', {
        before: [element('set', { set: { id: '7' } })],
        config: { object: [['path', { text: ['/', at('id')], as: 'string', path: 'path' }]] },
      }),
    ]);
    expect(stage.performed).toEqual([{ path: '/7' }]);
  });

  it('unset takes variables away, those of the plan too', async () => {
    expect(await label(after(element('unset', { unset: ['plan'] })), 'plan')).toBe('${plan}');
  });

  it.each([
    [0, 'ann'],
    [1, 'bob'],
    [2, 'ann'],
  ])('user %i has the parameters of %s', async (user, expected) => {
    const columns = { userParameters: [{ who: 'ann' }, { who: 'bob' }] };
    expect(await label(after(element('userParameters', columns)), 'who', user)).toBe(expected);
  });

  it('log writes a line', async () => {
    const stage = steady();
    const lines: string[] = [];
    Object.assign(stage.world, {
      host: { ...stage.world.host, log: (...line: string[]) => lines.push(line.join(' ')) },
    });
    await stage.run([sample('x', { after: [element('log', { log: 'seen', level: 'WARN' })] })]);
    expect(lines).toEqual(['WARN seen Users 1-1']);
  });
});

describe('data', () => {
  /** What a variable is in each of some iterations of the group. */
  const seen = async (data: CompiledElement, group: Partial<CompiledGroup>, stage = steady(), user = 0) => {
    const before = stage.samples.length;
    await stage.run([sample('', named(at('n')))], { data: [data], ...group }, user);
    expect(stage.problems).toEqual([]);
    return stage.samples
      .slice(before)
      .map((one) => one.label)
      .join(' ');
  };
  const counter = (more: object = {}) =>
    element('counter', {
      counter: 'n',
      start: 1,
      by: 1,
      format: '',
      perUser: false,
      resetEachIteration: false,
      ...more,
    });

  it.each<[object, string]>([
    [{}, '1 2 3 4 5'],
    [{ start: 0, by: 10 }, '0 10 20 30 40'],
    [{ end: 3 }, '1 2 3 1 2'],
    [{ start: 1, end: 6, by: 2 }, '1 3 5 1 3'],
    [{ start: 5, end: 5 }, '5 5 5 5 5'],
    [{ by: 0 }, '1 1 1 1 1'],
    [{ start: 2, by: -1 }, '2 1 0 -1 -2'],
    [{ format: '000' }, '001 002 003 004 005'],
    [{ format: 'user_00', start: 98 }, 'user_98 user_99 user_100 user_101 user_102'],
    [{ format: "'n'00", start: 1, by: -1, perUser: true }, 'n01 n00 -n01 -n02 -n03'],
  ])('counter %o', async (config, expected) => {
    expect(await seen(counter(config), { loops: 5 })).toBe(expected);
  });

  it.each([
    [false, '1 2', '3 4'],
    [true, '1 2', '1 2'],
  ])('counter with perUser %s', async (perUser, first, second) => {
    const stage = steady();
    expect(await seen(counter({ perUser }), { loops: 2 }, stage)).toBe(first);
    expect(await seen(counter({ perUser }), { loops: 2 }, stage, 1)).toBe(second);
  });

  it('counter moves on with each pass of the loop it stands in, and begins anew each iteration if it is to', async () => {
    const stage = steady();
    const data = [counter({ perUser: true, resetEachIteration: true })];
    const steps = [sample('', named(at('n')))];
    await stage.run([control('loop', constant({ count: 3 }), steps, { data })], { loops: 2 });
    expect(stage.samples.map(({ label }) => label).join(' ')).toBe('1 2 3 1 2 3');
  });

  const dice = (more: object = {}) =>
    element('randomVariable', { randomVariable: 'n', min: 1, max: 6, format: '', perUser: false, ...more });

  it('randomVariable draws evenly, both ends included', async () => {
    const all = (await seen(dice(), { loops: 3000 })).split(' ');
    for (const face of ['1', '2', '3', '4', '5', '6']) {
      expect(all.filter((one) => one === face).length / 3000).toBeCloseTo(1 / 6, 1);
    }
    expect(new Set(all).size).toBe(6);
  });

  it('randomVariable repeats with its seed: shared a sequence of all, or the same for each', async () => {
    const whole = await seen(dice({ seed: 7, max: 1000 }), { loops: 4 });
    const stage = steady();
    const shared = dice({ seed: 7, max: 1000 });
    const halves = [await seen(shared, { loops: 2 }, stage), await seen(shared, { loops: 2 }, stage, 1)];
    expect(halves.join(' ')).toBe(whole);
    const own = dice({ seed: 7, max: 1000, perUser: true });
    expect(await seen(own, { loops: 4 }, stage, 2)).toBe(whole);
    expect(await seen(dice({ seed: 8, max: 1000 }), { loops: 4 })).not.toBe(whole);
  });

  it('randomVariable writes as its format says', async () => {
    expect(await seen(dice({ min: 7, max: 7, format: 'i_000' }), {})).toBe('i_007');
  });

  it('userParameters are set once a pass', async () => {
    const data = element('userParameters', { userParameters: [{ n: 'ann' }, { n: 'bob' }] });
    expect(await seen(data, { loops: 2 }, steady(), 1)).toBe('bob bob');
  });
});
