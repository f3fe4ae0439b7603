import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';

const plan = (check: string, thresholds = '[]') => `name: T
threadGroups:
  - name: G
    check: [{ duration: 2s }]
    steps:
      - get: http://127.0.0.1:9/
        tags: { endpoint: a }
        check: [${check}]
thresholds: ${thresholds}
`;

describe('checks in a plan', () => {
  it('have a name of their own or the text they are written as, the outermost first', async () => {
    const { compiled } = await prepareYaml(
      plan('{ jsonPath: $.a, minLength: 1 }, { header: x, contains: b, name: has x }'),
    );
    const step = compiled.groups[0]?.steps[0];
    if (step?.type !== 'sampler') throw new Error('expected a sampler');
    expect(step.checks.map(({ name, assertion }) => [name, assertion.kind])).toEqual([
      ['duration 2s', 'duration'],
      ['jsonPath $.a, minLength 1', 'jsonPath'],
      ['has x', 'header'],
    ]);
    expect([step.keepBody, step.keepHeaders]).toEqual([true, true]);
    expect(JSON.stringify(step.checks[2]?.assertion.config)).not.toContain('has x');
    expect(compiled.metrics.map(({ name }) => name)).toEqual(['checks']);
  });

  it.each(['ratio(checks) > 95%', 'ratio(checks){check="has x"} > 99%', 'ratio(checks){endpoint=a} > 0.9'])(
    'may be asked for: %s',
    async (threshold) => {
      const { compiled } = await prepareYaml(plan('{ header: x, name: has x }', `['${threshold}']`));
      expect(compiled.thresholds).toHaveLength(1);
    },
  );

  it.each([
    ['{ heder: x }', 'heder'],
    ['{ header: x, name: 5 }', 'name'],
    ['{ header: x, nam: y }', 'unknown key "nam" in header. Did you mean "name"?'],
    ['{ jsonPath: "$.a[" }', '"$.a[" is not a JSONPath'],
    ['always', 'expected a mapping with one of'],
  ])('%s is a mistake', async (check, message) => {
    expect((await mistakes(plan(check))).join('\n')).toContain(message);
  });

  it.each([
    [
      'ratio(checks){check="has y"} > 1%',
      'no value of checks has the tag check=has y. Did you mean "has x"?',
    ],
    ['p95(checks) > 1%', 'checks is a rate, which has no p95. It has ratio(checks)'],
  ])('%s is a mistake', async (threshold, message) => {
    const text = plan('{ header: x, name: has x }', `['${threshold}']`);
    expect((await mistakes(text)).join('\n')).toContain(message);
  });
});
