import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';

const plan = (threads: number | string | null, ...groups: string[]) => `name: T
${threads === null ? '' : `threads: ${threads}`}
properties: { all: { type: integer, default: 7 } }
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
threadGroups:
${groups.map((group, index) => `  - { name: G${index}, ${group}, steps: [{ get: / }] }`).join('\n')}
`;

const threadsOf = async (yaml: string) =>
  (await prepareYaml(yaml)).compiled.groups.map(({ threads }) => threads);

describe('groups with a share of the threads', () => {
  it.each([
    { all: 100, shares: [10, 30, 30, 30], threads: [10, 30, 30, 30] },
    { all: 10, shares: [10, 30, 30, 30], threads: [1, 3, 3, 3] },
    { all: 1, shares: [50, 50], threads: [1, 0] },
    { all: 7, shares: [33.3, 33.3, 33.4], threads: [2, 2, 3] },
    { all: '${all}', shares: [50, 50], threads: [4, 3] },
  ])('$all threads in shares of $shares are $threads', async ({ all, shares, threads }) => {
    expect(await threadsOf(plan(all, ...shares.map((share) => `share: ${share}`)))).toEqual(threads);
  });

  it('stand beside groups that say their threads themselves', async () => {
    expect(await threadsOf(plan(10, 'share: 40', 'threads: 3', 'share: 60', 'loops: 1'))).toEqual([
      4, 3, 6, 1,
    ]);
  });

  it('share no threads beside a group that has some', async () => {
    expect(await threadsOf(plan(0, 'share: 100', 'threads: 1'))).toEqual([0, 1]);
  });

  it.each([
    { yaml: plan(10, 'share: 40', 'share: 50'), says: 'the shares of the groups add up to 90, not to 100' },
    { yaml: plan(10, 'share: 100, threads: 3'), says: 'the group "G0" has threads and a share. Keep one' },
    { yaml: plan(null, 'share: 100'), says: 'the plan says none: add threads: 100' },
    { yaml: plan(10, 'share: 0', 'share: 100'), says: 'share' },
  ])('are refused when wrong: $says', async ({ yaml, says }) => {
    expect((await mistakes(yaml)).join('\n')).toContain(says);
  });

  it('add up to the whole, each within one of its exact part', async () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 10_000 }), cuts, async (all, inner) => {
        const edges = [0, ...inner.sort((a, b) => a - b), 100];
        const shares = edges.slice(1).map((edge, index) => edge - (edges[index] ?? 0));
        // A group of its own beside them: without any thread at all a plan is refused.
        const groups = [...shares.map((share) => `share: ${share}`), 'threads: 1'];
        const threads = (await threadsOf(plan(all, ...groups))).slice(0, -1);
        expect(threads.reduce((sum, one) => sum + one, 0)).toBe(all);
        threads.forEach((one, index) => {
          expect(Math.abs(one - ((shares[index] ?? 0) * all) / 100)).toBeLessThan(1);
        });
      }),
      { numRuns: 20 },
    );
  });
});
