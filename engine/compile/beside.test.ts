import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';
import type { CompiledController, CompiledSampler, CompiledStep } from '../model/compiled-plan.ts';

const plan = (steps: string, group = '', more = '') => `name: T
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
variables: { id: '' }
${more}threadGroups:
  - name: G
${group.replaceAll(/^(?=.)/gm, '    ')}    steps:
${steps.replaceAll(/^/gm, '      ')}
`;

/** `on[cleanUp[GET /a]]`: controllers with their steps and branches, samplers by their labels. */
function shape(step: CompiledStep): string {
  if (step.type === 'sampler') return typeof step.label === 'string' ? step.label : '…';
  const inner = [...step.steps, ...step.branches.flatMap(({ steps }) => steps)];
  return `${step.controller}[${inner.map(shape).join(' ')}]`;
}

const compiled = async (yaml: string) => (await prepareYaml(yaml)).compiled.groups;
const shapes = async (yaml: string) => (await compiled(yaml)).flatMap(({ steps }) => steps.map(shape));

describe('what stands beside a step', () => {
  it.each([
    ['- get: /a\n  when: "${id} != \'\'"', 'when[GET /a]'],
    ['- get: /a\n  on: { 404: [{ get: /b }], failed: [{ get: /c }] }', 'on[GET /a GET /b GET /c]'],
    ['- get: /a\n  cleanUp: [{ delete: /a }]', 'cleanUp[GET /a DELETE /a]'],
    [
      '- get: /a\n  cleanUp: [{ delete: /a }]\n  on: { 2xx: [{ get: /b }] }\n  when: "${id} == 1"',
      'when[on[cleanUp[GET /a DELETE /a] GET /b]]',
    ],
    [
      '- loop: 2\n  when: "${id} == 1"\n  cleanUp: [{ get: /b }]\n  steps: [{ get: /a }]',
      'when[cleanUp[loop[GET /a] GET /b]]',
    ],
    ['- set: { id: b }\n  export: [id]', 'export[set[]]'],
    ['- get: /a\n  export: [id]', 'GET /a'],
    ['- get: /a\n  data: [{ counter: n }]\n  when: "${n} == 1"', 'when[simple[GET /a]]'],
    ['- choose:\n    - { weight: 2, when: "${id} == 1", steps: [{ get: /a }] }', 'choose[when[GET /a]]'],
    ['- get: /a\n  enabled: false\n  when: "${id} == 1"\n- get: /b', 'GET /b'],
  ])('%j is put around it', async (steps, expected) => {
    expect(await shapes(plan(steps))).toEqual([expected]);
  });

  it('is plain data', async () => {
    const { compiled: whole } = await prepareYaml(
      plan('- get: /a\n  when: "${id} == 1"\n  on: { 404: [{ get: /b }] }\n  cleanUp: [{ get: /c }]'),
    );
    expect(structuredClone(whole)).toEqual(whole);
  });

  it('is counted by the label of the step, the flow or the branch', async () => {
    const label = async (steps: string, more = '') => {
      const [group] = await compiled(plan(steps, '', more));
      const [step] = group?.steps ?? [];
      return step?.type === 'controller' && step.controller !== 'when'
        ? step.branches[0]?.steps[0]?.label
        : step?.label;
    };
    const when = 'when: "${id} == 1"';
    expect(await label(`- get: /a/\${id}\n  data: [{ counter: n }]\n  ${when}`)).toBe('GET /a/');
    expect(await label(`- get: /a\n  name: Look\n  ${when}`)).toBe('Look');
    expect(await label(`- flow: two\n  ${when}`, 'flows: { two: [{ get: /a }, { get: /b }] }\n')).toBe('two');
    expect(await label(`- choose: [{ ${when}, steps: [{ get: /a }] }]`)).toBe('choose, branch 1');
  });

  it('has the defaults and tags of the step, nothing that reads its answer, and no timers', async () => {
    const [group] = await compiled(
      plan(
        '- post: /a\n  tags: { t: "1" }\n  defaults: { http: { timeout: 7s } }\n  expect: 201\n  extract: { x: $.x }\n  cleanUp: [{ delete: "/a/${x}" }]\n  on: { 2xx: [{ get: /b }] }',
        'expect: 2xx\ntimers: [{ constant: 1s }]\n',
      ),
    );
    const on = group?.steps[0] as CompiledController;
    const cleanUp = on.steps[0] as CompiledController;
    const found = [cleanUp.steps[0], cleanUp.branches[0]?.steps[0], on.branches[0]?.steps[0]].map((step) => {
      const { expect: codes, timers, extractors, tags, config } = step as CompiledSampler;
      expect(tags).toEqual({ t: '1' });
      expect(JSON.stringify(config)).toContain('7000');
      return [codes, timers.length, extractors.length];
    });
    expect(found).toEqual([
      [['201'], 1, 1],
      [['2xx'], 0, 0],
      [['2xx'], 1, 0],
    ]);
  });

  it('sets variables that other steps may read', async () => {
    const steps = '- get: /a\n  on: { 2xx: [{ get: /b, extract: { x: $.x } }] }\n- get: /${x}';
    expect((await prepareYaml(plan(steps))).plan.name).toBe('T');
  });

  it('makes a tear-down for the clean-up of set-up, if there is none', async () => {
    const setUp = 'setUp: [{ post: /a, cleanUp: [{ delete: /a }] }]\n';
    const groups = await compiled(plan('- get: /b', '', setUp));
    expect(groups.map(({ phase, steps }) => [phase, steps.length])).toEqual([
      ['setUp', 1],
      ['main', 1],
      ['tearDown', 0],
    ]);
    expect((await compiled(plan('- get: /b', '', 'setUp: [{ post: /a }]\n'))).length).toBe(2);
  });

  it.each([
    ['- get: /a\n  when: "${missing} == 1"', 'nothing sets the variable "missing"'],
    ['- get: /a\n  when: "${id} ="', 'plan.yaml:7:'],
    ['- get: /a\n  when: [1]', 'when: expected'],
    ['- get: /a\n  on: { 4x: [{ get: /b }] }', 'on: expected'],
    ['- get: /a\n  on: { sometimes: [{ get: /b }] }', 'on: expected'],
    ['- get: /a\n  on: {}', 'at least 1'],
    ['- get: /a\n  on: { 404: [] }', 'at least 1'],
    ['- get: /a\n  on: { 404: [{ gett: /b }] }', 'unknown step "gett"'],
    [
      '- loop: 2\n  steps: [{ get: /a }]\n  on: { 404: [{ get: /b }] }',
      'only a sampler has an outcome, "loop" has none',
    ],
    ['- get: /a\n  cleanUp: []', 'at least 1'],
    ['- get: /a\n  cleanUp: [{ delete: "/${nowhere}" }]', 'nothing sets the variable "nowhere"'],
    ['- get: /a\n  cleanUp: [{ flow: none }]', 'there is no flow "none"'],
    ['- poll: "${id} == 1"\n  steps: [{ get: /a }]', 'a wait must have an end'],
    ['- poll: { attempts: 3 }\n  steps: [{ get: /a }]', 'poll: expected'],
    ['- poll: "${id} == 1"\n  timeout: 30\n  steps: [{ get: /a }]', '30s'],
  ])('%j is a mistake', async (steps, expected) => {
    expect((await mistakes(plan(steps))).join('\n')).toContain(expected);
  });
});

describe('the set-up and tear-down of users', () => {
  it('is a list, or a mapping that may be measured; in the scope of the group, without its timers', async () => {
    const [group] = await compiled(
      plan(
        '- get: "/${x}"',
        'timers: [{ constant: 1s }]\ntags: { a: b }\nsetUp: [{ post: /s, extract: { x: $.x } }]\ntearDown: { measure: true, steps: [{ delete: /s }] }\n',
      ),
    );
    const parts = [group?.setUp, group?.tearDown].map((part) => {
      const { label, timers, tags } = part?.steps[0] as CompiledSampler;
      return [part?.measure, label, timers.length, tags];
    });
    expect(parts).toEqual([
      [false, 'POST /s', 0, { a: 'b' }],
      [true, 'DELETE /s', 0, { a: 'b' }],
    ]);
  });

  it.each([
    ['setUp: []\n', 'setUp'],
    ['setUp: { measure: true }\n', 'steps'],
    ['tearDown: { steps: [{ get: /a }], mesure: true }\n', 'measure'],
    ['tearDown: [{ get: "/${nowhere}" }]\n', 'nothing sets the variable "nowhere"'],
    ['tearDown: [{ flow: none }]\n', 'there is no flow "none"'],
  ])('%j is a mistake', async (group, expected) => {
    expect((await mistakes(plan('- get: /a', group))).join('\n')).toContain(expected);
  });

  it.each([
    ['clean-up', '- get: /a\n  cleanUp: [{ get: /b, name: B }]', ''],
    ['a set-up that is not measured', '- get: /a', 'setUp: [{ get: /b, name: B }]\n'],
  ])('no threshold may speak of %s, which is not counted', async (_, steps, group) => {
    const thresholds = 'thresholds: ["p95(elapsed){name=B} < 1s"]\n';
    expect((await mistakes(plan(steps, group, thresholds))).join('\n')).toContain('B');
    const measured = 'setUp: { measure: true, steps: [{ get: /b, name: B }] }\n';
    expect((await prepareYaml(plan('- get: /a', measured, thresholds))).plan.name).toBe('T');
  });

  it('a threshold may speak of the time of a wait', async () => {
    const steps = '- poll: "${id} == 1"\n  attempts: 3\n  name: Healed\n  steps: [{ get: /a }]';
    const thresholds = 'thresholds: ["p95(elapsed){name=Healed} < 5m", "error_rate{name=Healed} < 1%"]\n';
    expect((await prepareYaml(plan(steps, '', thresholds))).plan.name).toBe('T');
  });
});
