import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunResult } from '../../engine/model/run-result.ts';
import { Workshop } from '../support/plan-command.ts';

let workshop: Workshop;
beforeEach(() => (workshop = new Workshop()));
afterEach(() => workshop.clean());

const plan = (more: string, iterations = 4) => `name: Sweep
sandbox: true
defaults: { http: { baseUrl: "\${sandbox.api}" } }
setUp:
  - post: { path: /auth/token, json: { username: test_admin, password: test_password } }
    extract: { token: $.access_token }
    export: [token]
threadGroups:
  - name: G
    threads: 2
    defaults: { http: { headers: { Authorization: "Bearer \${token}" } } }
    steps:
      - matrix:
          size: { small: 5, large: 50 }
          technique: [original, optimised]
        iterations: ${iterations}
        warmUp: 1
        steps:
          - get: { path: /healing/issues, query: { limit: '\${size.magnitude}' } }
            name: List issues
            tags: { component: healing }
            timers: [{ constant: 1ms }]
${more}`;

async function run(
  yaml: string,
  ...options: string[]
): Promise<{ code: number | null; stdout: string; result: RunResult }> {
  workshop.write('plan.yaml', yaml);
  const { code, stdout, stderr } = await workshop.plan('run', 'plan.yaml', ...options);
  expect(stderr).toBe('');
  return { code, stdout, result: workshop.runJson() };
}

describe('a matrix on the sandbox', () => {
  it('measures every cell, and judges ceilings, growth and pairs, over two workers', async () => {
    const { code, stdout, result } = await run(
      plan(`listeners: [jtl-csv, summary, json, csv]
thresholds:
  - measure: p95(elapsed)
    by: [component, size]
    limits: { healing: { small: 10s, large: 20s } }
  - scalability(p50(elapsed), size) <= 100
  - ratio of p50(elapsed){technique=optimised} to {technique=original} <= 10000%
  - paired ratio of elapsed{technique=optimised} to {technique=original} <= 10000%
`),
      '--workers',
      '2',
    );
    expect(code).toBe(0);
    // 2 users × 4 rounds; the round of warm-up does not count.
    const [sweep] = result.sweeps ?? [];
    expect(
      sweep?.rows.map(({ cell, count, errors }) => [cell['size'], cell['technique'], count, errors]),
    ).toEqual([
      ['small', 'original', 8, 0],
      ['small', 'optimised', 8, 0],
      ['large', 'original', 8, 0],
      ['large', 'optimised', 8, 0],
    ]);
    expect(sweep?.ratios.map(({ axis, to }) => `${axis} ${to}`)).toEqual([
      'size small',
      'size small',
      'technique original',
      'technique original',
    ]);
    expect(result.thresholds.map(({ text }) => text)).toEqual([
      'p95(elapsed){component=healing, size=small} <= 10s',
      'p95(elapsed){component=healing, size=large} <= 20s',
      'scalability(p50(elapsed), size) <= 100',
      'ratio of p50(elapsed){technique=optimised} to {technique=original} <= 10000%',
      'paired ratio of elapsed{technique=optimised} to {technique=original} <= 10000%',
    ]);
    // 2 users × 4 rounds × 2 sizes.
    expect(result.thresholds[4]?.detail).toMatch(/ with 95 % confidence, 16 pairs$/);
    expect(stdout).toMatch(
      /^size × technique: med\/p95 in ms +small +large\nList issues original +[\d.]+\/[\d.]+ /m,
    );
    const jtl = readFileSync(join(workshop.folder, workshop.results(), 'samples.jtl'), 'utf8');
    expect(jtl.match(/,List issues \[small optimised\],/g)).toHaveLength(10);
    expect(jtl.match(/ warm-up,/g)).toHaveLength(8);
    const csv = readFileSync(join(workshop.folder, workshop.results(), 'sweeps.csv'), 'utf8');
    expect(csv.split('\n')[1]).toMatch(/^size × technique,List issues,small,original,5,8,0,/);
    const again = await workshop.plan('report', workshop.results());
    expect(again.stdout).toContain('size × technique: med/p95 in ms');
  });

  it('says of a ratio that is not proven, and which limits are missing', async () => {
    const { code, stdout, result } = await run(
      plan(
        `thresholds:
  - { measure: p95(elapsed), by: size, limits: { small: 10s } }
  - paired ratio of elapsed{technique=optimised, size=small} to {technique=original, size=small} < 1%
  - paired ratio of elapsed{technique=optimised, size=large} to {technique=original, size=large} < 10000%
`,
        1,
      ),
    );
    expect(code).toBe(99);
    expect(stdout).toMatch(/^Note: plan.yaml:24:5: p95\(elapsed\) has no limit for size=large$/m);
    expect(result.verdict.reasons[0]).toMatch(
      /^threshold (failed|not proven): paired ratio of elapsed\{technique=optimised, size=small/,
    );
    expect(result.thresholds[2]?.interval).toHaveLength(2);
  });

  it('runs the cells that tags choose, and does not judge what is left out', async () => {
    const { code, stdout, result } = await run(
      plan('thresholds: ["scalability(p50(elapsed), size) <= 100", "count{size=small} == 16"]\n'),
      '--tags',
      'size=small',
    );
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Not judged, as the chosen groups and tags leave it out: scalability(p50(elapsed), size) <= 100',
    );
    expect(result.sweeps?.[0]?.rows.map(({ cell }) => cell['size'])).toEqual(['small', 'small']);
  });

  it('is explained: cells, rounds, samples', async () => {
    workshop.write('plan.yaml', plan(''));
    const { stdout } = await workshop.plan('explain', 'plan.yaml');
    expect(stdout).toContain('4 cells, 4 rounds and 1 of warm-up: 16 samples of each user');
    expect(stdout).toContain('- size=small (5), technique=original\n');
    expect(stdout).toContain('http: List issues [small original]');
  });
});
