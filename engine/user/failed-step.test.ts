import { describe, expect, it } from 'vitest';
import { prepareYaml } from '../../test/support/prepare-yaml.ts';
import type { CompiledElement, CompiledGroup, CompiledPart, CompiledStep } from '../model/compiled-plan.ts';
import { constant, control, outcome, sample, Stage } from './test-support/stage.ts';

/** A group of a plan, with a sampler of the test's own. */
async function groupOf(given: string): Promise<CompiledGroup> {
  const { compiled } = await prepareYaml(`name: T
threadGroups:
  - name: G
${given.replace(/^/gm, '    ')}
`);
  const [group] = compiled.groups;
  if (!group) throw new Error('the plan has no group');
  return group;
}

const asFake = (step: CompiledStep): CompiledStep =>
  step.type === 'sampler'
    ? { ...step, sampler: 'fake' }
    : {
        ...step,
        steps: step.steps.map(asFake),
        branches: step.branches.map((branch) => ({ ...branch, steps: branch.steps.map(asFake) })),
      };

async function performed(given: string): Promise<Stage> {
  const group = await groupOf(given);
  const stage = new Stage({ perform: () => Promise.resolve(outcome()) });
  const part = (one: CompiledPart) => ({ ...one, steps: one.steps.map(asFake) });
  await stage.run(group.steps.map(asFake), {
    data: group.data,
    loops: group.loops,
    onError: group.onError,
    ...(group.setUp && { setUp: part(group.setUp) }),
    ...(group.tearDown && { tearDown: part(group.tearDown) }),
  });
  return stage;
}

/** The rows as `label`, failed ones as `label!`. */
const rows = (stage: Stage) =>
  stage.samples.map(
    ({ label, ok, kind, phase }) =>
      `${label}${ok ? '' : '!'}${kind === 'sample' ? '' : ` ${kind}`}${phase === 'load' ? '' : ` ${phase}`}`,
  );

/** Not known before the run. */
const given = "- set: { p: soon, empty: '', zero: 0, below: -1, above: 101 }";
const named = (name: string) => `- get: http://x/\n  name: ${name}`;

describe('an exception outside a sampler', () => {
  it.each<[what: string, step: string, rows: string[], reason: RegExp]>([
    ['a script', '- script: null.x\n  name: S', ['S!'], /null/],
    ['a script without a name', '- script: null.x', ['script!'], /null/],
    ['a script that compiles what is no code', '- script: eval(")")\n  name: S', ['S!'], /SyntaxError/],
    ['a pause', '- pause: ${p}', ['pause!'], /"soon"/],
    ['a loop', '- loop: ${empty}\n  steps: [{ pause: 1ms }]', ['loop!'], /count must be/],
    ['a loop of a text', '- loop: ${p}\n  steps: [{ pause: 1ms }]', ['loop!'], /rendered as "soon"/],
    ['a loop below nothing', '- loop: ${below}\n  steps: [{ pause: 1ms }]', ['loop!'], /at least 0/],
    [
      'a throughput above all',
      "- throughput: '${above}'\n  steps: [{ pause: 1ms }]",
      ['throughput!'],
      /at most 100/,
    ],
    ['a change', `- change: p\n  merge: { a: 1 }\n  name: C`, ['C!'], /JSON/],
    ['a switch', "- switch: '${__intSum(${p},1)}'\n  steps: [{ pause: 1ms }]", ['switch!'], /soon/],
    ['an if', "- if: '${__intSum(${p},1)} == 1'\n  steps: [{ pause: 1ms }]", ['if!'], /soon/],
    ['a while', "- while: '${__intSum(${p},1)} == 1'\n  steps: [{ pause: 1ms }]", ['while!'], /soon/],
    ['a guard', "- get: http://x/\n  name: W\n  when: '${__intSum(${p},1)} == 1'", ['W!'], /soon/],
    ['a chance', "- get: http://x/\n  name: W\n  chance: '${p}'", ['W!'], /soon/],
    [
      'a forEach',
      '- forEach: { prefix: x, as: y, from: "${p}" }\n  steps: [{ pause: 1ms }]',
      ['forEach!'],
      /soon/,
    ],
    ['a throughput', '- throughput: ${p}\n  steps: [{ pause: 1ms }]', ['throughput!'], /soon/],
    [
      'weights',
      '- choose: [{ weight: "${zero}", steps: [{ pause: 1ms }] }]',
      ['choose!'],
      /must not all be 0/,
    ],
    ['a runtime', '- runtime: ${p}\n  steps: [{ pause: 1ms }]', ['runtime!'], /soon/],
    ['a limit of strands', '- parallel: ${p}\n  steps: [{ pause: 1ms }]', ['parallel!'], /soon/],
    ['a name', '- get: http://x/\n  name: "N ${__intSum(${p},1)}"', ['N ${__intSum}!'], /soon/],
    ['a configuration', '- get: "http://${__intSum(${p},1)}/"\n  name: G', ['G!'], /soon/],
    ['a timer', '- get: http://x/\n  name: T\n  timers: [{ constant: "${p}" }]', ['T!'], /soon/],
    ['a pre-processor', '- get: http://x/\n  name: B\n  before: [{ script: null.x }]', ['B!'], /null/],
    ['a post-processor', '- get: http://x/\n  name: A\n  after: [{ script: null.x }]', ['A!'], /null/],
    [
      'an extractor',
      '- get: http://x/\n  name: E\n  extract: { t: { regex: "${p}(", match: 1 } }',
      ['E!'],
      /./,
    ],
    ['an assertion', '- get: http://x/\n  name: A\n  assert: [{ duration: "${p}" }]', ['A!'], /soon/],
    [
      'a step of a transaction',
      '- transaction: Sum\n  steps: [{ script: null.x, name: S }]',
      ['S!', 'Sum! transaction'],
      /null/,
    ],
    [
      'a transaction itself',
      '- transaction: { name: Sum, includePauses: "${p}" }\n  steps: [{ pause: 1ms }]',
      ['Sum!'],
      /soon/,
    ],
    [
      'a strand',
      '- parallel:\n  steps: [{ script: null.x, name: S }, { get: http://x/, name: other }]',
      ['S!', 'other'],
      /null/,
    ],
    [
      'a critical section, which is left',
      '- critical: till\n  steps: [{ script: null.x, name: S }]\n- critical: till\n  steps: [{ get: http://x/, name: inside }]',
      ['S!', 'inside'],
      /null/,
    ],
    [
      'a step that is taken one by one',
      '- interleave: { blocks: ignore }\n  steps: [{ simple: , steps: [{ script: null.x, name: S }] }]',
      ['S!'],
      /null/,
    ],
    [
      'a cell of a matrix',
      '- matrix: { a: [1, 2] }\n  steps: [{ script: null.x, name: S }]',
      ['S!', 'S!'],
      /null/,
    ],
    [
      'a wait',
      `- poll: '\${__intSum(\${p},1)} == 1'\n  name: P\n  attempts: 2\n  steps: [{ pause: 1ms }]`,
      ['P!'],
      /soon/,
    ],
    [
      'a branch for failures',
      '- get: http://x/\n  name: F\n  on: { ok: [{ script: null.x, name: S }] }',
      ['F', 'S!'],
      /null/,
    ],
  ])('of %s is a failed sample, and the user goes on', async (_, step, expected, reason) => {
    const stage = await performed(
      `loops: 2\nsteps:\n${[given, named('a'), step, named('b')].join('\n').replace(/^/gm, '  ')}`,
    );
    const once = ['a', ...expected, 'b'];
    expect(rows(stage)).toEqual([...once, ...once]);
    expect(stage.samples.find(({ ok, kind }) => !ok && kind === 'sample')?.failure).toMatch(reason);
    expect([stage.endedEarly, stage.problems]).toEqual([[], []]);
  });

  it.each([
    ['continue', ['S!', 'b', 'S!', 'b']],
    ['startNextLoop', ['S!', 'S!']],
    ['stopThread', ['S!']],
    ['stopTest', ['S!']],
  ])('does what onError %s says', async (onError, expected) => {
    const steps = `  - script: null.x\n    name: S\n  - get: http://x/\n    name: b`;
    const stage = await performed(`loops: 2\nonError: ${onError}\nsteps:\n${steps}`);
    expect(rows(stage)).toEqual(expected);
    expect(stage.stops).toHaveLength(onError === 'stopTest' ? 1 : 0);
  });

  it('of the first step, the only one, lets others come to their turn', async () => {
    const stage = await performed('loops: 5\nsteps:\n  - script: null.x\n    name: S');
    expect([rows(stage).length, stage.turns >= 5]).toEqual([5, true]);
  });

  it.each([
    ['a pre-processor', 'before: [{ script: null.x }]'],
    ['a configuration', 'timers: [{ constant: "${p}" }]'],
  ])('of %s alone lets others come to their turn', async (_, key) => {
    const step = `  - get: http://x/\n    ${key}`;
    const stage = await performed(`loops: 5\nsteps:\n  - set: { p: soon }\n${step}`);
    expect([rows(stage).length, stage.turns >= 5]).toEqual([5, true]);
  });

  it('of a set-up fails it, and of a tear-down is told; neither counts', async () => {
    const step = '{ script: null.x, name: S }';
    const set = await performed(`setUp: [${step}]\nsteps:\n  - get: http://x/`);
    expect([rows(set), set.setUpFailures]).toEqual([['S! set-up'], 1]);
    const torn = await performed(
      `tearDown: [${step}, { get: http://x/, name: after }]\nloops: 1\nsteps:\n  - get: http://x/\n    name: a`,
    );
    expect(rows(torn)).toEqual(['a', 'S! tear-down', 'after tear-down']);
  });

  const data: CompiledElement = {
    kind: 'csv',
    slot: 0,
    variable: '',
    config: constant({ csv: 'none.csv', names: ['a'], delimiter: ',', encoding: 'utf-8' }),
    at: 'plan.yaml:2:3',
  };
  const none = 'csv none.csv!';
  const withoutFiles = () => {
    const stage = new Stage({ perform: () => Promise.resolve(outcome()) });
    const open = () => {
      throw new Error('there is no file none.csv');
    };
    Object.assign(stage.world, { host: { ...stage.world.host, open } });
    return stage;
  };

  it('of the data of a group is a row of its own, each time', async () => {
    const stage = withoutFiles();
    await stage.run([sample('a')], { data: [data], loops: 2 });
    expect(rows(stage)).toEqual([none, 'a', none, 'a']);
    expect(stage.samples[0]?.failure).toMatch(/none\.csv/);
  });

  it('of the data of a loop is one, too', async () => {
    const stage = withoutFiles();
    await stage.run([control('loop', constant({ count: 2 }), [sample('a')], { data: [data] })]);
    expect(rows(stage)).toEqual([none, 'a', none, 'a']);
  });
});

describe('a defect of the engine', () => {
  it('ends the user, which is counted', async () => {
    const stage = new Stage({ perform: () => Promise.resolve(outcome()) });
    const fault = new Error('no room for rows');
    Object.assign(stage.world, {
      record: () => {
        throw fault;
      },
    });
    const group = await stage.run([sample('a')], { loops: 5 });
    expect(stage.endedEarly).toEqual(['Users 1-1 ended early: no room for rows']);
    expect(group.failed).toBeGreaterThan(0);
  });

  it('in what gives back what a user held is counted, and ends nothing', async () => {
    const stage = new Stage({ perform: () => Promise.resolve(outcome()) });
    Object.assign(stage.world, {
      endUser: () => {
        throw new Error('closed twice');
      },
    });
    await stage.run([sample('a')]);
    expect(stage.endedEarly).toEqual(['Users 1-1 could not give back what it held: closed twice']);
  });
});
