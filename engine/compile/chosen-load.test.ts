import { describe, expect, it } from 'vitest';
import type { PrepareRequest } from '../api/prepare.ts';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';

const plan = (groups: readonly string[], more = '') => `name: T
${more}
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
setUp: [{ get: / }]
threadGroups:
${groups.map((keys, index) => `  - { name: G${index}${keys && `, ${keys}`}, steps: [{ get: / }] }`).join('\n')}
`;

const loads = async (yaml: string, request: Partial<PrepareRequest>) =>
  (await prepareYaml(yaml, request)).compiled.groups
    .filter(({ phase }) => phase === 'main')
    .map(({ threads, loops, durationMs }) => [threads, loops, durationMs]);

describe('a load that the command line sets', () => {
  it.each([
    [{ threads: 5 }, ['threads: 2', 'threads: 3, loops: 4'], [5, 1, null], [5, 4, null]],
    [{ loops: 7 }, ['threads: 2, duration: 1m', 'loops: forever, duration: 1s'], [2, 7, null], [1, 7, null]],
    [{ durationMs: 2000 }, ['loops: 3', 'loops: 3, duration: 1m'], [1, null, 2000], [1, null, 2000]],
    [{ loops: 7, durationMs: 2000 }, ['', 'threads: 0'], [1, 7, 2000], [0, 7, 2000]],
    [{ threads: 4, loops: 1 }, ['threads: 0, rampUp: 1m', 'duration: 0s'], [4, 1, null], [4, 1, null]],
  ])('%j of groups with %j', async (load, groups, ...expected) => {
    expect(await loads(plan(groups), { load })).toEqual(expected);
  });

  it('is that of the chosen groups', async () => {
    const yaml = plan(['threads: 2', 'threads: 3']);
    expect(await loads(yaml, { load: { threads: 9 }, groups: ['G1'] })).toEqual([[9, 1, null]]);
  });

  it('is the number of the plan that groups with a share divide, whether the plan has one or not', async () => {
    const groups = ['share: 70', 'share: 30', 'threads: 1'];
    const expected = [
      [7, 1, null],
      [3, 1, null],
      [10, 1, null],
    ];
    expect(await loads(plan(groups, 'threads: 100'), { load: { threads: 10 } })).toEqual(expected);
    expect(await loads(plan(groups), { load: { threads: 10 } })).toEqual(expected);
  });

  it('need not be in the plan', async () => {
    const request = { load: { durationMs: 1000 } };
    expect(await loads(plan(['loops: forever']), request)).toEqual([[1, null, 1000]]);
  });
});

describe('a group that a load does not fit', () => {
  it.each([
    [
      { durationMs: 5000 },
      'threads: 10, rampUp: 10s',
      'plan.yaml:6:38: --duration 5s does not fit the group "G0": its ramp-up is 10s and its duration 5s, so that only 5 of its 10 users would start.',
    ],
    [
      { threads: 20 },
      'rampUp: 20s, duration: 10s',
      'plan.yaml:6:25: --threads 20 does not fit the group "G0": its ramp-up is 20s and its duration 10s, so that only 10 of its 20 users would start.',
    ],
    [
      { threads: 1 },
      'share: 100 }, { name: G1, share: 0.5',
      'plan.yaml:6:42: --threads 1 does not fit the group "G1": its share of 0.5 % is less than one user.',
    ],
    [
      { threads: 2 },
      'threads: 5, timers: [{ synchronize: 5 }]',
      'plan.yaml:6:46: --threads 2 does not fit the group "G0": a timer waits for 5 users, and the group has 2 users.',
    ],
  ])('%j, %s', async (load, group, message) => {
    const yaml = plan([group]).replace('}, { name', ', steps: [{ get: / }] }\n  - { name');
    const found = await mistakes(yaml, { load });
    expect(found.join('\n')).toContain(message.slice(message.indexOf(': --') + 2));
    expect(found.find((text) => text.includes('does not fit'))).toMatch(/^plan\.yaml:\d+:\d+: /);
  });

  it.each([
    ['rampUp: 10s', { durationMs: 5000 }],
    ['threads: 5, rampUp: 5s, duration: 1m', { durationMs: 5000 }],
    ['threads: 5, timers: [{ synchronize: all }]', { threads: 2 }],
    ['threads: 5, timers: [{ synchronize: 5, timeout: 1s }]', { threads: 2 }],
    ['threads: 5, rampUp: 10s, duration: 1s', {}],
  ])('is none: %s with %j', async (group, load) => {
    expect(await loads(plan([group]), { load })).toHaveLength(1);
  });
});

describe('--group', () => {
  it('leaves out thresholds on what does not run, and judges the others', async () => {
    const yaml = `name: T
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
metrics: { seen: { type: counter } }
threadGroups:
  - { name: A, steps: [{ get: /, name: a, after: [{ record: seen, value: 1 }] }] }
  - { name: B, steps: [{ matrix: { size: { small: 1, large: 2 } }, steps: [{ get: /, name: b }] }] }
thresholds: ['count{name=a} > 0', 'count(seen) > 0', 'count > 1', 'scalability(p50(elapsed), size) <= 9']
`;
    const { compiled, leftOut } = await prepareYaml(yaml, { groups: ['B'] });
    expect(leftOut).toEqual(['count{name=a} > 0', 'count(seen) > 0']);
    expect(compiled.thresholds.map(({ text }) => text)).toEqual([
      'count > 1',
      'scalability(p50(elapsed), size) <= 9',
    ]);
    expect((await prepareYaml(yaml, { groups: ['A'] })).leftOut).toHaveLength(1);
  });

  it.each([
    ['G2', '--group: there is no thread group "G2". Known: G0. Did you mean "G0"?'],
    ['Nobody', '--group: there is no thread group "Nobody". Known: G0.'],
    ['Off', '--group: the thread group "Off" does not run: enabled is false.'],
    ['setUp', '--group: setUp is no thread group, and runs with any of them. Known: G0.'],
  ])('%s is refused', async (name, message) => {
    const yaml =
      plan(['threads: 1']).trimEnd() + '\n  - { name: Off, enabled: false, steps: [{ get: / }] }\n';
    expect(await mistakes(yaml, { groups: [name] })).toContain(message);
  });
});
