import { describe, expect, it } from 'vitest';
import type { PrepareRequest } from '../api/prepare.ts';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';

const plan = (thresholds: string, more = '') => `name: T
properties:
  limit: { type: duration, default: 500ms }
  most_errors: 1%
  least: { type: integer, default: 10 }
  label: 'Log "in"'
variables: { speed: "\${least}/s", code: a\\b }
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
metrics: { seen: { type: counter } }
threadGroups:
  - name: G
    steps:
      - get: /a
        name: A
        extract: { found: $.id }
        after: [{ record: seen, value: 1 }]
environments:
  staging: { properties: { limit: 2s }, thresholds: ['count > 5', 'p99(elapsed) < \${limit}'] }
  other: { thresholds: ['p95(elapsed) < 1s'] }
${more}thresholds:
${thresholds.replaceAll(/^/gm, '  ')}
`;
const texts = async (thresholds: string, request: Partial<PrepareRequest> = {}) =>
  (await prepareYaml(plan(thresholds), request)).compiled.thresholds.map(({ text }) => text);

describe('a threshold with holes', () => {
  it.each([
    ['p95(elapsed) < ${limit}', 'p95(elapsed) < 500ms'],
    ['error_rate <= ${most_errors}', 'error_rate <= 1%'],
    ['count >= ${least}', 'count >= 10'],
    ['rate > ${speed}', 'rate > 10/s'],
    ['p95(elapsed) < ${least}ms', 'p95(elapsed) < 10ms'],
    ['count(seen) > ${__P(least)}', 'count(seen) > 10'],
    ['count{name="${__P(none,A)}"} > 0', 'count{name="A"} > 0'],
  ])('%s is %s', async (written, text) => {
    expect(await texts(`- '${written}'`)).toEqual([text]);
  });

  it('follows -J, and the environment, which may add thresholds', async () => {
    const written = '- p95(elapsed) < ${limit}';
    expect(await texts(written, { properties: [['limit', '3s']] })).toEqual(['p95(elapsed) < 3s']);
    expect(await texts(written, { environment: 'staging' })).toEqual([
      'p95(elapsed) < 2s',
      'count > 5',
      'p99(elapsed) < 2s',
    ]);
  });

  it('may be a limit of a table', async () => {
    const table = '- { measure: p95(elapsed), by: name, limits: { A: "${limit}" } }';
    expect(await texts(table)).toEqual(['p95(elapsed){name=A} <= 500ms']);
  });

  it.each([
    [
      '- p95(elapsed) < ${least}',
      'plan.yaml:21:5: threshold "p95(elapsed) < 10", column 16: "10" has no unit. Write 10s, or 10ms (written as p95(elapsed) < ${least})',
    ],
    ['- count > ${leest}', 'plan.yaml:21:5: nothing sets the variable "leest". Did you mean "least"?'],
    [
      '- count > ${found}',
      'plan.yaml:21:5: threshold "count > ${found}": ${found} is not known before the run. Use properties and variables that nothing changes while the plan runs.',
    ],
    [
      '- count > ${__Random(1,5)}',
      'plan.yaml:21:5: threshold "count > ${__Random(1,5)}": __Random is not known before the run.',
    ],
    [
      '- count{name="${least}"} > 1',
      'plan.yaml:21:5: threshold "count{name="10"} > 1": no step is called "10".',
    ],
    ['- count > ${least', 'plan.yaml:21:5: "${" has no closing "}" in "count > ${least"'],
  ])('%s is a mistake at its place', async (written, message) => {
    const [first, ...more] = await mistakes(plan(written));
    expect([first?.slice(0, message.length), more]).toEqual([message, []]);
  });

  describe('of an environment', () => {
    const replacing = (replaces: string, more = '') =>
      `  live: { thresholds: [{ threshold: p95(elapsed) < 9s, replaces: ${replaces} }${more}] }\n`;
    const general =
      '- p95(elapsed) < ${limit}\n- p95(elapsed){name="A"} < 1s\n- { measure: count, by: name, limits: { A: ">= 1" } }';
    const inLive = async (more: string) =>
      (await prepareYaml(plan(general, more), { environment: 'live' })).compiled.thresholds.map(
        ({ text }) => text,
      );
    const [all, ofA, table] = ['p95(elapsed) < 500ms', 'p95(elapsed){name="A"} < 1s', 'count{name=A} >= 1'];

    it.each([
      ["'p95(elapsed) < ${limit}'", [ofA, table]],
      ["'p95( elapsed )<${limit}'", [ofA, table]],
      ['p95(elapsed)', [ofA, table]],
      [`'p95(elapsed){name="A"}'`, [all, table]],
      ["'count{name=A} >= 1'", [all, ofA]],
      ['count', [all, ofA]],
      ['[count, p95(elapsed)]', [ofA]],
    ])('replaces %s', async (replaces, left) => {
      expect(await inLive(replacing(replaces))).toEqual([...left, 'p95(elapsed) < 9s']);
      // Only there.
      const elsewhere = await prepareYaml(plan(general, replacing(replaces)));
      expect(elsewhere.compiled.thresholds.map(({ text }) => text)).toEqual([all, ofA, table]);
    });

    it('may be a table that replaces', async () => {
      const own =
        '  live: { thresholds: [{ measure: p95(elapsed), by: name, limits: { A: 3s }, replaces: count }] }\n';
      expect(await inLive(own)).toEqual([all, ofA, 'p95(elapsed){name=A} <= 3s']);
    });

    it.each([
      [
        "'p95(elapsed) < ${limt}'",
        'no threshold "p95(elapsed) < ${limt}". Did you mean "p95(elapsed) < ${limit}"?',
      ],
      ['nothing', 'replaces: the plan has no threshold "nothing". It has: p95(elapsed) < ${limit}; p95'],
      ['[count, cuont]', 'replaces: the plan has no threshold "cuont".'],
      ['5', 'replaces: expected'],
    ])('replaces nothing by %s, in whatever environment it stands', async (replaces, message) => {
      const [first = ''] = await mistakes(plan(general, replacing(replaces)));
      expect(first).toMatch(/^plan\.yaml:20:\d+: /);
      expect(first).toContain(message);
    });

    it('alone may replace', async () => {
      const [first] = await mistakes(plan('- { threshold: count > 1, replaces: count > 0 }'));
      expect(first).toContain('unknown key "replaces"');
    });
  });

  it('has its form checked in every environment', async () => {
    const more = '  wrong: { thresholds: [{ limit: 5 }] }\n';
    const [first] = await mistakes(plan('- count > 1', more));
    expect(first).toMatch(/^plan\.yaml:20:25: /);
  });
});

describe('a load in which nobody starts', () => {
  const groups = (...written: string[]) =>
    `name: T\nproperties: { n: 0 }\ndefaults: { http: { baseUrl: 'http://127.0.0.1' } }\nthreadGroups:\n${written
      .map((keys, index) => `  - { name: G${index}, ${keys}, steps: [{ get: / }] }\n`)
      .join('')}`;

  it.each([
    ['threads: 0', 'plan.yaml:5:26: the group "G0" has no threads, and no other group has users'],
    ['threads: "${n}"', 'plan.yaml:5:26: the group "G0" has no threads, and no other group has users'],
    ['duration: 0s', 'plan.yaml:5:27: the group "G0" has a duration of 0, and no other group has users'],
  ])('is a mistake: %s', async (keys, message) => {
    const [first, ...more] = await mistakes(groups(keys));
    expect([first?.slice(0, message.length), more]).toEqual([message, []]);
    expect(await mistakes(groups(keys, 'threads: 0'))).toHaveLength(2);
  });

  it('is none as long as one group has users', async () => {
    const { compiled } = await prepareYaml(groups('threads: 0', 'threads: 1', 'duration: 0s'));
    expect(compiled.groups).toHaveLength(3);
  });
});
