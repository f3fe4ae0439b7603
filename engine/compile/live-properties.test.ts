import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';

const plan = (steps: string, group = '') => `name: T
properties: { a: 1, b: 2 }
threadGroups: [{ name: G, ${group} steps: [${steps}, { get: 'http://x/\${__P(a)}-\${__P(b)}' }] }]
`;

/** The URL that is asked for: as text, with the names of what is left to the run. */
async function url(steps: string): Promise<string> {
  const { compiled } = await prepareYaml(plan(steps));
  const config = JSON.stringify(compiled.groups[0]?.steps.at(-1));
  const left = [...config.matchAll(/"function":"__P","args":\["(\w+)"\]/g)].map(([, name]) => name);
  return left.length === 0 ? (/http:\/\/x\/[\w-]*/.exec(config)?.[0] ?? '') : `live: ${left.join(' ')}`;
}

describe('a property is read while the plan runs', () => {
  it.each([
    ['if nothing sets it, it is known before', '{ set: { x: 1 } }', 'http://x/1-2'],
    ['when __setProperty names it', '{ set: { x: "${__setProperty(a,3)}" } }', 'live: a'],
    [
      'when that stands in an argument',
      '{ set: { x: "${__uppercase(${__setProperty( b ,3)})}" } }',
      'live: b',
    ],
    [
      'when that stands in an assertion',
      '{ get: http://x, assert: [{ contains: "${__setProperty(a,3)}" }] }',
      'live: a',
    ],
    [
      'when that stands in a check',
      '{ get: http://x, check: [{ name: c, contains: "${__setProperty(a,3)}" }] }',
      'live: a',
    ],
    ['when a script names it', `{ script: "props.put('b', vars.get('z'))" }`, 'live: b'],
    [
      'all are, when a name is only known then',
      '{ set: { x: "${__setProperty(p${__threadNum},3)}" } }',
      'live: a b',
    ],
    ['all are, when a script makes up a name', '{ script: "props.set(vars.get(1), 2)" }', 'live: a b'],
    ['reading in a script changes nothing', `{ script: "props.get('a')" }`, 'http://x/1-2'],
  ])('%s', async (_, steps, expected) => {
    expect(await url(steps)).toBe(expected);
  });

  it('and cannot be the number of users then', async () => {
    expect(await mistakes(plan('{ set: { x: "${__setProperty(a,3)}" } }', 'threads: "${__P(a)}",'))).toEqual([
      'plan.yaml:3:36: threads must be known before the run; "${__P(a)}" is only set during it',
    ]);
  });
});

describe('variables that functions set', () => {
  it.each([
    '${__intSum(1,${__Random(1,5,x)})}',
    '${__V(${__uppercase(a,x)})}',
    '${__Random(1,${__counter(TRUE,x)},y)}',
  ])('are known in %s', async (text) => {
    const { compiled } = await prepareYaml(plan(`{ set: { z: "${text}" } }, { get: "http://x/\${x}" }`));
    expect(compiled.groups).toHaveLength(1);
  });

  it('are known where an assertion, a timer or an extractor sets them', async () => {
    const steps =
      '{ get: http://x, assert: [{ equals: "${__UUID(x)}", in: url }] }, { get: "http://x/${x}" }';
    expect(await mistakes(plan(steps.replace('UUID(x)', 'uppercase(a,y)')))).toEqual([
      expect.stringContaining('nothing sets the variable "x"'),
    ]);
    await prepareYaml(plan(steps.replace('UUID(x)', 'uppercase(a,x)')));
  });
});
