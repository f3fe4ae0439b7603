import { describe, expect, it } from 'vitest';
import { prepareYaml } from '../../test/support/prepare-yaml.ts';
import type { ContentWish } from '../model/carried.ts';
import type { CompiledController, CompiledPlan } from '../model/compiled-plan.ts';
import { onceThrough } from './once.ts';

const wish: ContentWish = {
  of: 'all',
  labels: [],
  request: true,
  headers: true,
  body: true,
  limitBytes: 1,
  perLabelAndCode: null,
  most: null,
  mostBytes: null,
};

const once = async (groups: string, more = ''): Promise<CompiledPlan> => {
  const yaml = `name: T
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
${more}
threadGroups:
${groups.replaceAll(/^(?=.)/gm, '  ')}
`;
  return onceThrough((await prepareYaml(yaml)).compiled, { passes: 10, wish });
};

describe('a plan that is gone through once', () => {
  it('has one user and one loop of each group, one after another, each behind the one it waits for', async () => {
    const { groups } = await once(
      `- { name: A, threads: 20, rampUp: 10s, delay: 3s, duration: 1m, startAfter: C, steps: [{ get: / }] }
- { name: B, loops: 7, steps: [{ get: / }] }
- { name: C, threads: 3, loops: forever, duration: 5s, steps: [{ get: / }] }
- { name: D, threads: 0, steps: [{ get: / }] }
`,
      'setUp: [{ get: / }]\ntearDown: [{ get: / }]',
    );
    expect(groups.map(({ name, threads, loops, startAfter }) => [name, threads, loops, startAfter])).toEqual([
      ['setUp', 1, 1, null],
      ['A', 1, 1, 3],
      ['B', 1, 1, 1],
      ['C', 1, 1, null],
      ['D', 0, 1, 2],
      ['tearDown', 1, 1, null],
    ]);
    for (const group of groups) expect(group).toMatchObject({ rampUpMs: 0, delayMs: 0, durationMs: null });
  });

  it('is not judged, and nothing is read beside it', async () => {
    const plan = await once(
      '- { name: A, steps: [{ get: / }] }',
      "monitors: [machine]\nthresholds: ['p95(latency) < 1s', 'max(machine_cpu) < 100%']",
    );
    expect(plan).toMatchObject({ thresholds: [], trends: [], monitors: [], traced: { passes: 10 } });
    expect(plan.carried?.contents).toEqual([wish]);
  });

  it('goes through a matrix once, and has the rows of transactions beside their samples', async () => {
    const { groups } = await once(`- name: A
  steps:
    - matrix: { size: [a, b] }
      iterations: 10
      warmUp: 2
      steps: [{ transaction: { name: T, parent: true }, steps: [{ get: '/\${size}' }] }]
`);
    const matrix = groups[0]?.steps[0] as CompiledController;
    const transaction = matrix.branches[0]?.steps[0] as CompiledController;
    expect(matrix.config).toMatchObject({ constant: { iterations: 1, warmUp: 0 } });
    expect(transaction.config).toMatchObject({ constant: { parent: false, name: 'T' } });
  });
});
