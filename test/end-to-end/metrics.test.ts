import { describe, expect, it } from 'vitest';
import { target, workshop } from '../support/workshop-and-target.ts';

describe('custom metrics', () => {
  it('checks, thresholds and records as steps show in the table and decide the verdict', async () => {
    workshop.write(
      'x.yaml',
      `name: Checks
metrics: { passes: { type: counter } }
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - name: G
    loops: 4
    steps:
      - get: /a
        check:
          - { jsonPath: $.items, minLength: 2, name: has items }
          - { jsonPath: $.id, equals: 41 }
      - record: passes
        value: 2
thresholds:
  - count(passes) == 8
  - ratio(checks){check="has items"} > 99%
  - ratio(checks) > 95%
`,
    );
    const { code, stdout } = await workshop.plan('run', 'x.yaml');
    expect(code).toBe(99);
    expect(stdout).toMatch(
      /^checks +passed  failed +ratio\nhas items +4 +0  100.00%\njsonPath \$.id, equals 41 +0 +4 +0.00%\n +4  /m,
    );
    expect(stdout).toMatch(/^counters +total .*\npasses +8 /m);
    expect(stdout).toContain('✓ count(passes) == 8');
    expect(stdout).toContain('✗ ratio(checks) > 95%');
    const { checks, total, verdict } = workshop.runJson();
    expect(total).toMatchObject({ count: 4, errors: 0 });
    expect(checks).toMatchObject([
      { passes: 4, failures: 0 },
      { passes: 0, failures: 4, reasons: [{ count: 4 }] },
    ]);
    expect(verdict.reasons).toEqual(['threshold failed: ratio(checks) > 95%']);
    const again = await workshop.plan('report', workshop.results());
    expect(again.stdout).toMatch(/^checks +passed/m);
  });

  it('of two workers add up in run.json, and a value that is none is told', async () => {
    workshop.write(
      'x.yaml',
      `name: Metrics
metrics:
  seen: { type: counter, unit: issues }
  healed: { type: rate }
  took: { type: trend, unit: ms }
  depth: { type: gauge }
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - name: G
    threads: 4
    loops: 2
    steps:
      - get: /a
        tags: { endpoint: a }
        extract: { none: { regex: 'not there', default: '' } }
        after:
          - { record: seen, value: 3, tags: { of: x } }
          - { record: healed, value: "\${__jm__G__idx}" }
          - { record: took, value: "\${__threadNum}0" }
          - { record: depth, value: "\${none}" }
`,
    );
    const { code, stderr } = await workshop.plan('run', 'x.yaml', '--workers', '2');
    expect(code).toBe(0);
    expect(stderr.match(/record depth: a gauge takes a number, found ""; it is not recorded/g)).toHaveLength(
      1,
    );
    const { metrics = [] } = workshop.runJson();
    expect(metrics.filter(({ tag }) => tag === null)).toMatchObject([
      { metric: 'seen', type: 'counter', unit: 'issues', count: 8, total: 24 },
      { metric: 'healed', type: 'rate', count: 8, ratio: 0.5 },
      { metric: 'took', type: 'trend', count: 8, average: 25, min: 10, max: 40 },
    ]);
    expect(metrics).toContainEqual(expect.objectContaining({ metric: 'seen', tag: 'of=x', total: 24 }));
  });
});
