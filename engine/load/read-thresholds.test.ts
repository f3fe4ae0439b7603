import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';

const plan = (thresholds: string) => `name: T
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
metrics: { took: { type: trend, unit: ms } }
threadGroups:
  - name: G
    steps:
      - matrix: { size: { small: 1, large: 10 } }
        iterations: 2
        steps:
          - { get: /a, tags: { component: in take } }
          - { get: /b, tags: { component: quality }, after: [{ record: took, value: 1 }] }
thresholds:
${thresholds.replaceAll(/^/gm, '  ')}
`;
const texts = async (thresholds: string) =>
  (await prepareYaml(plan(thresholds))).compiled.thresholds.map(({ text }) => text);

describe('a table of limits', () => {
  it('is a threshold for each limit, each where it stands', async () => {
    const table = `- measure: p95(elapsed)
  by: [component, size]
  limits:
    in take: { small: 1s, large: '< 5s' }
    quality: { large: 2s }
- error_rate < 1%`;
    const { compiled, plan: read } = await prepareYaml(plan(table));
    expect(compiled.thresholds.map(({ text }) => text)).toEqual([
      'p95(elapsed){component="in take", size=small} <= 1s',
      'p95(elapsed){component="in take", size=large} < 5s',
      'p95(elapsed){component=quality, size=large} <= 2s',
      'error_rate < 1%',
    ]);
    expect(read.thresholds.map(({ at }) => at.line)).toEqual([16, 16, 17, 18]);
  });

  it.each([
    [
      '- { measure: count, by: size, limits: { small: 5, large: 6 } }',
      ['count{size=small} <= 5', 'count{size=large} <= 6'],
    ],
    [
      '- { measure: "p50(took){component=quality}", by: size, limits: { small: ">= 5ms" } }',
      ['p50(took){component=quality, size=small} >= 5ms'],
    ],
    ['- { threshold: count > 1 }', ['count > 1']],
    [
      '- { measure: "ratio of avg(took) to {component=quality}", by: size, limits: { small: 110% } }',
      ['ratio of avg(took){size=small} to {component=quality, size=small} <= 110%'],
    ],
  ])('%s', async (table, expected) => {
    expect(await texts(table)).toEqual(expected);
  });

  it('tells what is measured and has no limit', async () => {
    const table = (measure: string) =>
      `- { measure: "${measure}", by: [component, size], limits: { quality: { small: 1s } } }`;
    const { withoutLimit } = await prepareYaml(
      plan(
        [
          table('p95(elapsed)'),
          table('p95(elapsed){size=small}'.replace('{size=small}', '')),
          table('p95(took)'),
        ].join('\n'),
      ),
    );
    expect(withoutLimit.map((text) => text.replace(/^.*plan.yaml/, ''))).toEqual([
      ':13:5: p95(elapsed) has no limit for component=in take, size=small; component=in take, size=large; component=quality, size=large',
      ':14:5: p95(elapsed) has no limit for component=in take, size=small; component=in take, size=large; component=quality, size=large',
      ':15:5: p95(took) has no limit for component=quality, size=large',
    ]);
  });

  it('that is whole has nothing to tell', async () => {
    const table = '- { measure: count, by: size, limits: { small: 5, large: 6 } }';
    expect((await prepareYaml(plan(table))).withoutLimit).toEqual([]);
  });

  it.each([
    [
      '- { measure: count, by: size, limits: { smal: 5 } }',
      'no step has the tag size=smal. Did you mean "small"?',
    ],
    [
      '- { measure: count, by: [component, size], limits: { quality: 5 } }',
      'limits: expected a limit for each size under "quality", found',
    ],
    [
      '- { measure: count, by: size, limits: { small: { a: 5 } } }',
      'limits: expected a limit under "small", found',
    ],
    ['- { measure: count, by: size }', 'threshold needs "limits"'],
    ['- { measure: p95(elapsed), by: size, limits: { small: 5 } }', '"5" has no unit'],
    ['- { measure: count, by: size, limits: {} }', 'expected at least 1 entry'],
    ['- { measure: cuont, by: size, limits: { small: 5 } }', 'Did you mean "count"?'],
    ['- { measure: count, by: size, limit: { small: 5 }, limits: { small: 1 } }', 'Did you mean "limits"?'],
  ])('%s is a mistake: %s', async (table, message) => {
    expect((await mistakes(plan(table))).join('\n')).toContain(message);
  });
});
