import { describe, expect, it } from 'vitest';
import type { CompiledGroup, CompiledStep } from '../model/compiled-plan.ts';
import type { ConfigNode, Template } from '../model/template.ts';
import { constant, control, outcome, sample, Stage } from './test-support/stage.ts';

/** A sampler that takes 10 ms; its configuration may say what it answers. */
const steady = () => {
  const stage = new Stage({
    perform: (config) => {
      stage.nowEpochMs += 10;
      return Promise.resolve(outcome((config as { outcome?: object }).outcome ?? {}));
    },
  });
  return stage;
};

const failing = constant({ outcome: { ok: false, code: '500', message: 'Internal Server Error' } });
const named = (...label: readonly (string | { variable: string })[]) =>
  sample('', { label: label as Template });
const action = (what: string) => control('action', constant({ do: what }), [], { label: what });
const loop = (count: number | string, steps: readonly CompiledStep[]) =>
  control('loop', constant({ count }), steps);
const set = (values: object) => control('set', constant({ set: values }), []);
/** A condition over a variable. */
const unless = (variable: string, value: string, more: object = {}): ConfigNode => ({
  object: [
    [
      'condition',
      { condition: { operator: '!=', operands: [{ template: [{ variable }] }, { literal: value }] } },
    ],
    ...Object.entries({ evaluate: 'once', ...more }).map(([key, one]) => [key, constant(one)] as const),
  ],
});
const when = (variable: string, value: string, step: CompiledStep) =>
  control('if', { object: [['condition', equal(variable, value)]] }, [step]);
const equal = (variable: string, value: string): ConfigNode => ({
  condition: { operator: '==', operands: [{ template: [{ variable }] }, { literal: value }] },
});

async function labels(steps: readonly CompiledStep[], config: Partial<CompiledGroup> = {}) {
  const stage = steady();
  await stage.run(steps, config);
  expect(stage.problems).toEqual([]);
  return stage.samples.map(({ label }) => label).join(' ');
}

const within = (...steps: CompiledStep[]) => control('simple', constant({}), steps);
const critical = (...steps: CompiledStep[]) => control('critical', constant({ lock: 'l' }), steps);
const at = (variable: string) => ({ variable });
const index = { variable: '__jm__loop__idx' };

describe('ways to go', () => {
  it.each<[string, CompiledStep[], string]>([
    [
      'nextIteration',
      [when('__jm__loop__idx', '1', action('nextIteration'))],
      'a0 b0 a1 a2 b2 after a0 b0 a1 a2 b2 after',
    ],
    ['breakLoop', [when('__jm__loop__idx', '1', action('breakLoop'))], 'a0 b0 a1 after a0 b0 a1 after'],
    ['nextLoop', [when('__jm__loop__idx', '1', action('nextLoop'))], 'a0 b0 a1 a0 b0 a1'],
    ['stopThread', [when('__jm__loop__idx', '1', action('stopThread'))], 'a0 b0 a1'],
  ])('%s inside a loop', async (_, middle, expected) => {
    const steps = [named('a', index), ...middle, named('b', index)];
    expect(await labels([loop(3, steps), sample('after')], { loops: 2 })).toBe(expected);
  });

  it.each([
    ['nextIteration', 'a a'],
    ['breakLoop', 'a'],
    ['nextLoop', 'a a'],
    ['stopThread', 'a'],
  ])('%s without a loop around it is about the thread group', async (what, expected) => {
    expect(await labels([sample('a'), action(what), sample('b')], { loops: 2 })).toBe(expected);
  });

  it.each([
    ['stopGroup', 'group: Users 1-1: the step "stopGroup" says so'],
    ['stopTest', 'soon: Users 1-1: the step "stopTest" says so'],
    ['stopTestNow', 'now: Users 1-1: the step "stopTestNow" says so'],
  ])('%s ends the user and asks for the rest', async (what, stop) => {
    const stage = steady();
    await stage.run([sample('a'), action(what), sample('b')], { loops: 2 });
    expect(stage.stops).toEqual([stop]);
    expect(stage.samples).toHaveLength(1);
  });
});

describe('while', () => {
  it('asks before each pass', async () => {
    const body = [sample('a'), when('__jm__while__idx', '2', set({ state: 'done' }))];
    expect(await labels([control('while', unless('state', 'done'), body), sample('b')])).toBe('a a a b');
    expect(await labels([set({ state: 'done' }), control('while', unless('state', 'done'), body)])).toBe('');
  });

  it.each([
    ['once', '1 2 3'],
    ['twice', '1 3'],
  ])('asks %s between two passes', async (evaluate, expected) => {
    const count = { function: '__counter', args: ['TRUE'], slot: 0 };
    const condition: ConfigNode = {
      condition: {
        operator: '<=',
        operands: [{ template: [{ ...count, args: ['TRUE', 'n'] }] }, { literal: 3 }],
      },
    };
    const node: ConfigNode = {
      object: [
        ['condition', condition],
        ['evaluate', constant(evaluate)],
      ],
    };
    expect(await labels([control('while', node, [named(at('n'))])])).toBe(expected);
  });

  it.each([
    ['atEnd', false, 'bad ok0 ok1 bad'],
    ['atEntry', false, 'bad'],
    ['atEntry', true, 'ok0 ok1 bad'],
  ])('until a failure, looked at %s, after a success %s', async (untilFailure, afterSuccess, expected) => {
    const bad = sample('bad', { config: failing });
    const body = [
      when('__jm__while__idx', '0', named('ok', at('__jm__while__idx'))),
      when('__jm__while__idx', '1', named('ok', at('__jm__while__idx'))),
      when('__jm__while__idx', '2', bad),
    ];
    const config = constant({ untilFailure, evaluate: 'once' });
    expect(await labels([...(afterSuccess ? [] : [bad]), control('while', config, body)])).toBe(expected);
  });

  it('ends with the user’s time, and gives way when nothing waits', async () => {
    const stage = steady();
    const node: ConfigNode = {
      object: [
        ['condition', { condition: { literal: true } }],
        ['evaluate', constant('once')],
      ],
    };
    await stage.run([control('while', node, [set({ a: 1 })])], { durationMs: 20 });
    expect(stage.turns).toBe(20);
  });
});

describe('forEach', () => {
  const over = (config: object) =>
    control('forEach', constant({ from: 0, separator: true, as: 'id', ...config }), [named(at('id'))]);

  it.each([
    ['all, until one is not set', { prefix: 'x' }, 'a b c'],
    ['those after from', { prefix: 'x', from: 1 }, 'b c'],
    ['those up to to', { prefix: 'x', to: 2 }, 'a b'],
    ['from and to', { prefix: 'x', from: 1, to: 2 }, 'b'],
    ['none when to is below', { prefix: 'x', from: 2, to: 1 }, ''],
    ['without a separator', { prefix: 'y', separator: false }, 'q'],
    ['none of a prefix that nothing has', { prefix: 'z' }, ''],
    ['a list', { in: ['open', 7] }, 'open 7'],
    ['a part of a list', { in: ['open', 7, true], from: 1 }, '7 true'],
  ])('%s', async (_, config, expected) => {
    const values = set({ x_1: 'a', x_2: 'b', x_3: 'c', x_5: 'e', x_matchNr: '9', y1: 'q' });
    expect(await labels([values, over(config)])).toBe(expected);
  });

  it('numbers its passes and can be left', async () => {
    const body = [named(at('id'), at('__jm__forEach__idx')), when('id', 'b', action('breakLoop'))];
    const config = constant({ in: ['a', 'b', 'c'], as: 'id', from: 0, separator: true });
    expect(await labels([control('forEach', config, body)])).toBe('a0 b1');
  });
});

describe('once', () => {
  const once = (per: string) => control('once', constant({ per }), [sample('once')]);

  it.each([
    ['in the first iteration of the group', [once('loop'), sample('a')], 'once a a'],
    ['in the first pass of each inner loop', [loop(2, [once('loop'), sample('a')])], 'once a a once a a'],
    ['per user', [loop(2, [once('user'), sample('a')])], 'once a a a a'],
    ['after a loop its pass is the group’s again', [loop(2, [sample('a')]), once('loop')], 'a a once a a'],
  ])('%s', async (_, steps, expected) => {
    expect(await labels(steps, { loops: 2 })).toBe(expected);
  });
});

describe('one of several', () => {
  const abc = [sample('a'), sample('b'), sample('c')];

  it('interleave takes turns', async () => {
    const config = constant({ acrossUsers: false });
    expect(await labels([control('interleave', config, abc)], { loops: 4 })).toBe('a b c a');
  });

  it('interleave across users begins with the user’s own', async () => {
    const stage = steady();
    await stage.run([control('interleave', constant({ acrossUsers: true }), abc)], { loops: 2 }, 1);
    expect(stage.samples.map(({ label }) => label)).toEqual(['b', 'c']);
  });

  it('random draws evenly, with repetition', async () => {
    const all = (await labels([control('random', constant({}), abc)], { loops: 3000 })).split(' ');
    for (const one of ['a', 'b', 'c']) {
      expect(all.filter((label) => label === one).length / 3000).toBeCloseTo(1 / 3, 1);
    }
  });

  const byStep = (steps: readonly CompiledStep[], config: object = {}) =>
    control('interleave', constant({ acrossUsers: false, blocks: 'ignore', ...config }), steps);
  const block = (...names: string[]) => within(...names.map((name) => sample(name)));

  it.each<[string, CompiledStep, string]>([
    ['samplers', byStep(abc), 'a b c a b c a b'],
    ['a block and a sampler', byStep([block('a', 'b'), sample('z')]), 'a z b z a z b z'],
    ['two blocks', byStep([block('a', 'b'), block('x', 'y', 'z')]), 'a x b y a z b x'],
    ['a block in a block', byStep([within(block('a'), sample('b')), sample('z')]), 'a z b z a z b z'],
    ['a loop', byStep([loop(2, [named('l', index)]), sample('z')]), 'l0 z l1 z l0 z l1 z'],
    ['a block without steps', byStep([when('x', '1', sample('a')), sample('z')]), 'z z z z z z z z'],
    ['one block', byStep([block('a', 'b', 'c')]), 'a b c a b c a b'],
    ['nothing to run', byStep([when('x', '1', sample('a'))]), ''],
    ['itself', byStep([byStep([block('a', 'b'), sample('c')]), sample('z')]), 'a z c z b z c z'],
    [
      'what is one step',
      byStep([critical(sample('a'), sample('b')), sample('z')]),
      'a b z a b z a b z a b z',
    ],
    ['a way out', byStep([within(sample('a'), action('nextLoop'), sample('b')), sample('z')]), 'a z z a z z'],
  ])('interleave that ignores blocks takes single steps of %s', async (_, step, expected) => {
    expect(await labels([step], { loops: 8 })).toBe(expected);
  });

  it('interleave that runs blocks whole does not stop within them', async () => {
    const steps = [block('a', 'b'), sample('z')];
    expect(await labels([byStep(steps, { blocks: 'whole' })], { loops: 3 })).toBe('a b z a b');
  });

  it('interleave that ignores blocks, across users, begins with the user’s own', async () => {
    const stage = steady();
    await stage.run([byStep([block('a', 'b'), sample('z')], { acrossUsers: true })], { loops: 4 }, 1);
    expect(stage.samples.map(({ label }) => label)).toEqual(['z', 'a', 'z', 'b']);
  });

  it('what runs between the turns of a block is not in its transactions, nor in its pass', async () => {
    const inside = control('transaction', constant({ name: 'T', parent: false, includePauses: false }), [
      sample('a'),
      sample('b'),
    ]);
    const stage = steady();
    await stage.run(
      [byStep([inside, sample('z')]), control('once', constant({ per: 'loop' }), [sample('o')])],
      {
        loops: 5,
      },
    );
    expect(stage.samples.map(({ label }) => label).join(' ')).toBe('a o z b z transaction a');
    expect(stage.samples.find(({ label }) => label === 'transaction')?.bytesReceived).toBe(20);
  });

  it('random that ignores blocks draws a child and takes its next step', async () => {
    const steps = [block('a', 'b'), sample('z')];
    const config = constant({ blocks: 'ignore' });
    const all = await labels([control('random', config, steps)], { loops: 3000 });
    const inBlock = all.replaceAll(/[z ]/g, '');
    expect(inBlock).toBe('ab'.repeat(inBlock.length).slice(0, inBlock.length));
    expect(inBlock.length / 3000).toBeCloseTo(1 / 2, 1);
  });

  it('randomOrder runs all, in changing order', async () => {
    const all = await labels([control('randomOrder', constant({}), abc)], { loops: 60 });
    const orders = new Set(all.match(/\w \w \w/g)?.map((one) => one));
    expect(orders.size).toBe(6);
    for (const order of orders) expect([...order.split(' ')].sort().join('')).toBe('abc');
  });

  it.each([
    ['0', 'a'],
    ['2', 'Default'],
    ['9', 'a'],
    ['-1', 'a'],
    ['', 'a'],
    ['b', 'b'],
    ['B', 'Default'],
    [' b ', 'b'],
    ['none', 'Default'],
  ])('switch "%s" runs %s', async (value, expected) => {
    const steps = [sample('a'), sample('b'), sample('Default')];
    expect(await labels([control('switch', constant({ value }), steps)])).toBe(expected);
  });

  it('switch runs nothing without a match and a default', async () => {
    expect(await labels([control('switch', constant({ value: 'x' }), abc), sample('z')])).toBe('z');
  });

  it.each(['interleave', 'random', 'randomOrder', 'switch', 'parallel', 'runtime'])(
    'the data of %s moves on when it is entered',
    async (kind) => {
      const counter = { counter: 'n', start: 1, by: 1, format: '', perUser: true, resetEachIteration: false };
      const data = [{ kind: 'counter', slot: 3, variable: '', config: constant(counter), at: '' }];
      const config = constant({ acrossUsers: false, value: 0, for: 5 });
      expect(await labels([control(kind, config, [named(at('n'))], { data })], { loops: 3 })).toBe('1 2 3');
    },
  );
});

describe('throughput', () => {
  const part = (config: object) =>
    control('throughput', constant({ perUser: true, ...config }), [sample('x')]);

  it.each([
    [{ percent: 0 }, '----------'],
    [{ percent: 100 }, 'xxxxxxxxxx'],
    [{ percent: 50 }, '-x-x-x-x-x'],
    [{ percent: 30 }, '-x---x--x-'],
    [{ percent: 10 }, '-----x----'],
    [{ total: 3 }, 'xxx-------'],
    [{ total: 0 }, '----------'],
  ])('%o over ten times', async (config, expected) => {
    const all = await labels([part(config), sample('-')], { loops: 10 });
    expect(all.replaceAll(' ', '').replaceAll('x-', 'x')).toBe(expected);
  });

  it('comes to what JMeter’s step by step decision comes to', async () => {
    for (const percent of [1, 7, 12.5, 33.3, 50, 66.6, 90, 99]) {
      let [executions, expected] = [0, ''];
      for (let n = 0; n < 200; n++) {
        const isRun = (100 * executions + 50) / (n + 1) < percent;
        if (isRun) executions += 1;
        expected += isRun ? 'x' : '-';
      }
      const all = await labels([part({ percent }), sample('-')], { loops: 200 });
      expect(all.replaceAll(' ', '').replaceAll('x-', 'x'), `${percent}%`).toBe(expected);
    }
  });

  it('counts all users together unless told otherwise', async () => {
    const stage = steady();
    const steps = [control('throughput', constant({ total: 3, perUser: false }), [sample('x')], { slot: 4 })];
    await stage.run(steps, { loops: 2 }, 0);
    await stage.run(steps, { loops: 2 }, 1);
    expect(stage.samples).toHaveLength(3);
  });
});

describe('runtime', () => {
  it.each([
    [0, ''],
    [5, 'a'],
    [25, 'a b a'],
  ])('%i ms', async (forMs, expected) => {
    expect(await labels([control('runtime', constant({ for: forMs }), [sample('a'), sample('b')])])).toBe(
      expected,
    );
  });
});

describe('critical', () => {
  it('lets one user at a time in, in order, and the same user again', async () => {
    const inside = control('critical', constant({ lock: 'l' }), [sample('b')]);
    const stage = slow();
    const steps = [control('critical', constant({ lock: 'l' }), [sample('a'), inside])];
    await Promise.all([stage.run(steps, {}, 0), stage.run(steps, {}, 1), stage.run(steps, {}, 2)]);
    expect(stage.samples.map(({ label, threadName }) => label + threadName.slice(-1)).join(' ')).toBe(
      'a1 b1 a2 b2 a3 b3',
    );
  });

  it('is no lock with another name, or none', async () => {
    for (const names of [
      ['l', 'm'],
      ['', ''],
    ]) {
      const stage = slow();
      const steps = names.map((lock) => [
        control('critical', constant({ lock }), [sample('a'), sample('b')]),
      ]);
      await Promise.all(steps.map((each, index) => stage.run(each, {}, index)));
      expect(stage.samples.map(({ label }) => label).join('')).toBe('aabb');
    }
  });

  it('releases the lock when its steps are left', async () => {
    const inside = [sample('a'), action('nextLoop')];
    expect(await labels([control('critical', constant({ lock: 'l' }), inside)], { loops: 2 })).toBe('a a');
  });
});

/** A sampler that takes some turns of the event loop. */
function slow(): Stage {
  const stage = new Stage({
    perform: async () => {
      for (let n = 0; n < 5; n++) await stage.world.clock.nextTurn();
      return outcome();
    },
  });
  return stage;
}

describe('parallel', () => {
  const lengths = (stage: Stage) => stage.samples.map(({ label, dueEpochMs }) => `${label}@${dueEpochMs}`);

  it('runs its steps at the same time, and goes on when all have ended', async () => {
    const stage = slow();
    await stage.run([control('parallel', constant({}), [sample('a'), sample('b')]), sample('c')]);
    const [a, b, c] = stage.samples;
    expect(lengths(stage).slice(0, 2)).toEqual(['a@1000', 'b@1000']);
    expect(c!.dueEpochMs).toBe(Math.max(a!.startEpochMs + a!.elapsedMs, b!.startEpochMs + b!.elapsedMs));
  });

  it('runs at most so many at once', async () => {
    const stage = slow();
    await stage.run([control('parallel', constant({ limit: 1 }), [sample('a'), sample('b')])]);
    expect(stage.samples[1]!.dueEpochMs).toBe(stage.samples[0]!.startEpochMs + stage.samples[0]!.elapsedMs);
  });

  it('shares variables, and the connections of its user', async () => {
    const users = new Set<unknown>();
    const stage = new Stage({
      perform: (_, context) => {
        users.add(context.user);
        return Promise.resolve(outcome());
      },
    });
    const sets = control('simple', constant({}), [set({ x: 'shared' }), sample('a')]);
    await stage.run([control('parallel', constant({}), [sets, sample('b')]), named(at('x'))]);
    expect(stage.samples.at(-1)!.label).toBe('shared');
    expect(users.size).toBe(1);
  });

  it.each([
    [[failing, constant({})], 'p0 p1 end'],
    [[constant({}), failing], 'p0 p1 end'],
    [[constant({}), constant({})], 'p0 p1 bad end'],
  ])('has failed when one of its steps has', async (configs, expected) => {
    const steps = configs.map((config, n) => sample(`p${n}`, { config }));
    const untilFailure = constant({ untilFailure: 'atEntry', evaluate: 'once' });
    const inside = control('while', untilFailure, [sample('bad', { config: failing })]);
    const all = await labels([control('parallel', constant({}), steps), inside, sample('end')]);
    expect(all).toBe(expected);
  });

  it('passes on the farthest way to go', async () => {
    const steps = [action('nextIteration'), action('nextLoop'), sample('a')];
    expect(await labels([control('parallel', constant({}), steps), sample('b')])).toBe('a');
  });
});

describe('a transaction with parent', () => {
  const config = (includePauses: boolean) => constant({ name: 'T', includePauses, parent: true });
  const pause = control('pause', constant({ for: '100ms' }), []);
  const bad = sample('bad', { config: failing });

  it.each([
    [false, 20, 100],
    [true, 120, 0],
  ])(
    'with includePauses %s takes %i ms, and its steps are its parts',
    async (includePauses, elapsedMs, idleMs) => {
      const stage = steady();
      await stage.run([
        control('transaction', config(includePauses), [sample('a'), pause, bad], { label: 'T' }),
      ]);
      expect(stage.samples.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
        'sample T',
        'sub a',
        'sub bad',
      ]);
      expect(stage.samples[0]).toMatchObject({
        elapsedMs,
        idleMs,
        ok: false,
        code: '500',
        latencyMs: 0,
        message: 'Number of samples in transaction : 2, number of failing samples : 1',
        bytesReceived: 20,
      });
    },
  );

  it('inside another: one row, then all parts, each counted once', async () => {
    const inner = control('transaction', config(false), [sample('a')], { label: 'I' });
    const stage = steady();
    await stage.run([control('transaction', config(false), [inner, sample('b')], { label: 'O' })]);
    expect(stage.samples.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'sample O',
      'sub I',
      'sub a',
      'sub b',
    ]);
    expect(stage.samples[0]!.message).toContain('transaction : 2,');
  });
});

describe('simple', () => {
  it('runs its steps once', async () => {
    expect(await labels([control('simple', constant({}), [sample('a'), sample('b')])])).toBe('a b');
  });
});

/** What JMeter 5.6.3 did with the same plans, row by row. */
describe('index variables and Once Only as in JMeter', () => {
  const idx = (name: string) => at(`__jm__${name}__idx`);
  const below = (name: string, limit: number): ConfigNode => ({
    object: [
      [
        'condition',
        {
          condition: {
            operator: '<',
            operands: [{ template: [idx(name)] }, { literal: String(limit) }],
          },
        },
      ],
      ['evaluate', constant('once')],
    ],
  });
  const whileBelow = (name: string, limit: number, ...steps: CompiledStep[]) =>
    control('while', below(name, limit), steps, { label: name });
  const looped = (name: string, count: number, ...steps: CompiledStep[]) =>
    control('loop', constant({ count }), steps, { label: name });
  const each = (name: string, from: number, ...steps: CompiledStep[]) =>
    control('forEach', constant({ in: ['a', 'b', 'c'], as: 'o', separator: true, from }), steps, {
      label: name,
    });
  const breaks = (name: string, pass: string) => when(`__jm__${name}__idx`, pass, action('breakLoop'));
  const once = control('once', constant({}), [sample('once')]);
  const d = sample('d');
  const row = (controller: string, config: object) => control(controller, constant(config), [once, d]);

  it.each([
    [
      'while by its own index',
      [whileBelow('W', 3, named('p', idx('W'))), named('after', idx('W'))],
      'p0 p1 p2 after0 p0 p1 p2 after0',
    ],
    [
      'while that holds never',
      [whileBelow('W', 0, named('never')), named('after', idx('W'))],
      'after0 after0',
    ],
    [
      'while in a loop',
      [
        looped('L', 2, whileBelow('V', 2, named('l', idx('L'), 'v', idx('V')))),
        named('after', idx('L'), idx('V')),
      ],
      'l0v0 l0v1 l1v0 l1v1 after00 l0v0 l0v1 l1v0 l1v1 after00',
    ],
    [
      'while in while',
      [whileBelow('A', 2, whileBelow('B', 2, named(idx('A'), idx('B')))), named('after', idx('A'), idx('B'))],
      '00 01 10 11 after00 00 01 10 11 after00',
    ],
    [
      'while that is left',
      [whileBelow('K', 5, named('k', idx('K')), breaks('K', '1')), named('after', idx('K'))],
      'k0 k1 after0 k0 k1 after0',
    ],
    [
      'while whose pass is left',
      [whileBelow('N', 3, named('n', idx('N')), action('nextIteration'), sample('never'))],
      'n0 n1 n2 n0 n1 n2',
    ],
    [
      'while whose iteration is left',
      [whileBelow('N', 3, named('n', idx('N')), when('__jm__N__idx', '1', action('nextLoop')))],
      'n0 n1 n0 n1',
    ],
    ['loop', [looped('P', 2, named('p', idx('P'))), named('after', idx('P'))], 'p0 p1 after0 p0 p1 after0'],
    ['loop of none', [looped('P', 0, named('p')), named('after', idx('P'))], 'after0 after0'],
    [
      'loop that is left',
      [looped('P', 9, named('p', idx('P')), breaks('P', '2')), named('after', idx('P'))],
      'p0 p1 p2 after0 p0 p1 p2 after0',
    ],
    [
      'forEach',
      [each('E', 0, named(at('o'), idx('E'))), named('after', idx('E'))],
      'a0 b1 c2 after0 a0 b1 c2 after0',
    ],
    [
      'forEach from 1',
      [each('E', 1, named(at('o'), idx('E'))), named('after', idx('E'))],
      'b1 c2 after1 b1 c2 after1',
    ],
    ['forEach of none', [each('E', 3, named('never')), named('after', idx('E'))], 'after3 after3'],
    ['once in the group', [once, d], 'once d d'],
    ['once in a loop', [looped('L', 2, once, d)], 'once d d once d d'],
    ['once in while', [whileBelow('W', 2, once, d)], 'once d d once d d'],
    ['once in forEach', [each('E', 0, once, d)], 'once d d d d d d'],
    ['once in simple in a loop', [looped('L', 2, within(once, d))], 'once d d d d'],
    ['once in if in a loop', [looped('L', 2, row('if', { condition: true }))], 'once d d d d'],
    [
      'once in a transaction in a loop',
      [looped('L', 2, row('transaction', { includePauses: false, parent: true }))],
      'transaction once d transaction d transaction d transaction d',
    ],
    [
      'once in switch in a loop',
      [looped('L', 2, control('switch', constant({ value: '0' }), [within(once, d)]))],
      'once d d d d',
    ],
    ['once in once in a loop', [looped('L', 2, control('once', constant({}), [once, d]))], 'once d d'],
    [
      'once behind an iteration that was left',
      [when('__jm__Users__idx', '0', action('nextLoop')), once, d],
      'once d',
    ],
  ] as const)('%s', async (_, steps, expected) => {
    expect(await labels(steps, { loops: 2 })).toBe(expected);
  });
});

describe('a transaction at the end of the run', () => {
  const transaction = (parent: boolean, ...steps: CompiledStep[]) =>
    control('transaction', constant({ includePauses: false, parent }), steps, { label: 'T' });
  const pause = control('pause', constant({ for: '100ms' }), []);
  const ab = [sample('a'), sample('b')];
  const bad = sample('bad', { config: failing });
  /** The kinds of its rows. */
  const kinds = (stage: Stage) =>
    stage.samples
      .filter(({ label }) => label === 'T')
      .map(({ kind }) => kind)
      .join(' ');

  it.each([
    [
      'is whole when its last sample outlasts the time',
      transaction(false, ...ab),
      { durationMs: 15 },
      'transaction',
    ],
    [
      'is whole when that is in the last pass of a loop',
      transaction(false, loop(2, [sample('a')])),
      { durationMs: 15 },
      'transaction',
    ],
    ['is cut off before another sample', transaction(false, ...ab), { durationMs: 5 }, 'cut'],
    ['is cut off before another pass', transaction(false, loop(3, [sample('a')])), { durationMs: 15 }, 'cut'],
    [
      'is cut off by a pause that would outlast the time',
      transaction(false, sample('a'), pause),
      { durationMs: 50 },
      'cut',
    ],
    ['is cut off before its first sample', transaction(false, pause, sample('a')), { durationMs: 50 }, 'cut'],
    ['is cut off when it counts as a sample, too', transaction(true, ...ab), { durationMs: 5 }, 'cut'],
    [
      'is cut off with the one around it',
      transaction(false, transaction(false, ...ab)),
      { durationMs: 5 },
      'cut cut',
    ],
    [
      'is whole before one that is cut off',
      transaction(false, sample('a')),
      { loops: null, durationMs: 15 },
      'transaction transaction',
    ],
    [
      'is not cut off by a failure',
      transaction(false, bad, sample('b')),
      { onError: 'stopThread' as const },
      'transaction',
    ],
    ['is not cut off by an action', transaction(false, sample('a'), action('stopThread')), {}, 'transaction'],
  ])('%s', async (_, step, config, expected) => {
    const stage = steady();
    await stage.run([step], config);
    expect(kinds(stage)).toBe(expected);
  });

  it.each([
    ['graceful', 'transaction', 'a b'],
    ['soon', 'cut', 'a'],
    ['now', 'cut', 'a'],
  ] as const)('a stop %s in its first sample makes it %s', async (mode, kind, done) => {
    const stage: Stage = new Stage({
      perform: () => {
        stage.groups.at(-1)?.stop(mode);
        return Promise.resolve(outcome());
      },
    });
    await stage.run([transaction(false, ...ab), sample('c')], { loops: 3 });
    const row = stage.samples.find(({ label }) => label === 'T');
    expect(row).toMatchObject({ kind });
    const counts = `Number of samples in transaction : ${done.split(' ').length}, number of failing samples : 0`;
    expect(row?.message).toBe(kind === 'cut' ? `${counts}, cut off by the end of the run` : counts);
    const others = stage.samples.filter(({ label }) => label !== 'T').map(({ label }) => label);
    expect(others.join(' ')).toBe(mode === 'graceful' ? `${done} c` : done);
  });
});
