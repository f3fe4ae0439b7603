import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workshop } from '../support/plan-command.ts';
import { Target } from '../support/target.ts';

let workshop: Workshop;
let target: Target;

beforeEach(async () => {
  workshop = new Workshop();
  target = await Target.start();
});

afterEach(async () => {
  workshop.clean();
  await target.stop();
});

describe('custom metrics', () => {
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
