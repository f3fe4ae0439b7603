import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';
import { walkSteps } from '../model/walk-steps.ts';

const plan = `name: P
defaults: { http: { baseUrl: "http://127.0.0.1:9" } }
setUp: [{ get: /setup }]
threadGroups:
  - name: Reads
    tags: { area: quality }
    steps:
      - get: /list
        tags: [read, list]
      - choose:
          - tags: [read]
            steps: [{ get: /one }, { pause: 1s }]
          - tags: [write]
            steps: [{ pause: 1s }, { loop: 2, steps: [{ delete: /one, tags: [delete] }] }]
      - loop: 2
        steps: [{ pause: 1s }]
      - set: { x: 1 }
        tags: [write]
  - name: Writes
    startAfter: Reads
    tags: { area: other, endpoint: a=b }
    steps: [{ post: /two, tags: [write] }]
  - name: Last
    startAfter: Writes
    steps: [{ get: /three, tags: [read] }]
tearDown: [{ get: /teardown }]
thresholds: ["p95(elapsed){area=quality} < 1s", "p95(elapsed){area=other} < 1s", "error_rate < 1%"]
`;

const left = async (include: string[], exclude: string[] = []) => {
  const { compiled, leftOut } = await prepareYaml(plan, { tags: { include, exclude } });
  const steps = compiled.groups.map(({ name, steps }) => [
    name,
    [...walkSteps(steps)]
      .map((step) =>
        step.type === 'controller' ? step.controller : typeof step.label === 'string' ? step.label : 'made',
      )
      .join(', '),
  ]);
  return { steps: Object.fromEntries(steps) as Record<string, string>, compiled, leftOut };
};

const all = {
  setUp: 'GET /setup',
  Reads: 'GET /list, choose, GET /one, pause, pause, loop, DELETE /one, loop, pause, set',
  Writes: 'POST /two',
  Last: 'GET /three',
  tearDown: 'GET /teardown',
};

describe('steps are chosen by tags', () => {
  it.each<[string[], string[], Partial<Record<keyof typeof all, string>>]>([
    [[], [], all],
    [['read'], [], { Reads: 'GET /list, choose, GET /one, pause, loop, pause, set', Last: 'GET /three' }],
    [['list'], [], { Reads: 'GET /list, loop, pause, set' }],
    [['list=true'], [], { Reads: 'GET /list, loop, pause, set' }],
    [['area=quality'], ['delete'], { Reads: 'GET /list, choose, GET /one, pause, loop, pause, set' }],
    [['endpoint=a=b'], [], { Writes: 'POST /two' }],
    [['list', 'delete'], [], { Reads: 'GET /list, choose, pause, loop, DELETE /one, loop, pause, set' }],
    [[], ['write'], { Reads: 'GET /list, choose, GET /one, pause, loop, pause', Last: 'GET /three' }],
  ])('%o without %o leaves %o', async (include, exclude, expected) => {
    const { steps } = await left(include, exclude);
    expect(steps).toEqual({ setUp: all.setUp, ...expected, tearDown: all.tearDown });
  });

  it('a group waits for what the one that is gone waited for', async () => {
    const { compiled } = await left(['read']);
    expect(compiled.groups.map(({ startAfter }) => startAfter)).toEqual([null, null, 1, null]);
  });

  it('thresholds on what is left out are not judged, and told', async () => {
    const { compiled, leftOut } = await left(['read']);
    expect(compiled.thresholds.map(({ text }) => text)).toEqual([
      'p95(elapsed){area=quality} < 1s',
      'error_rate < 1%',
    ]);
    expect(leftOut).toEqual(['p95(elapsed){area=other} < 1s']);
  });

  it('thresholds on checks and metrics of the plan are judged', async () => {
    const checked = plan
      .replace('get: /three', 'get: /three, check: [{ duration: 5s, name: quick }]')
      .replace('thresholds: [', 'thresholds: ["ratio(checks) > 95%", ');
    for (const include of [[], ['read']]) {
      const { compiled } = await prepareYaml(checked, { tags: { include, exclude: [] } });
      expect(compiled.thresholds[0]?.text).toBe('ratio(checks) > 95%');
    }
  });

  it.each([
    [['raed'], [], '--tags: no step of the load has the tag "raed". Did you mean "read"?'],
    [['area=qality'], [], 'Did you mean "area=quality"?'],
    [
      [],
      ['nothing'],
      '--exclude-tags: no step of the load has the tag "nothing". There are: area, read, list, write, delete, endpoint.',
    ],
    [['delete'], ['write'], 'nothing of the load is left with --tags delete --exclude-tags write'],
  ])('%o without %o is a mistake: %s', async (include, exclude, message) => {
    expect((await mistakes(plan, { tags: { include, exclude } })).join('\n')).toContain(message);
  });
});

describe('a step that runs sometimes', () => {
  it.each([
    ['chance: 150%', 'chance: expected'],
    ['chance: 1.5', 'chance: expected'],
    ['chance: "${much}"', 'expected a chance from 0% to 100%, such as 30% or 0.3, found "130%"'],
    ['every: 0', 'every: expected'],
    ['every: "${idd}"', 'nothing sets the variable "idd"'],
    ['tags: [a b]', 'tags[0]: expected'],
    ['tags: [read, a=b]', 'plan.yaml:7:22: tags: in a list each is true, found "a=b". Write tags: { a: b }.'],
  ])('%s is a mistake: %s', async (beside, message) => {
    const text = `name: P\nproperties: { much: 130% }\nthreadGroups:\n  - name: G\n    steps:\n      - get: http://127.0.0.1:9/\n        ${beside}\n`;
    expect((await mistakes(text)).join('\n')).toContain(message);
  });
});
