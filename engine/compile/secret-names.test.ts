import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';

const plan = (steps: string, keys = '') => `name: x
properties: { s: { secret: true, default: 's3cretValue' }, open: free }
${keys}
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
threadGroups: [{ name: G, steps: [${steps}] }]
`;

async function namesIn(steps: string, keys?: string): Promise<readonly string[]> {
  const { compiled } = await prepareYaml(plan(steps, keys));
  return compiled.secretNames.filter((name) => name !== 's').sort();
}

describe('names that hold secrets', () => {
  it.each([
    ['{ set: { a: "${s}", b: "x ${a}", c: "${open}" } }, { get: / }', ['a', 'b']],
    ['{ set: { a: "${__base64Encode(${s})}" } }, { get: / }', ['a']],
    ['{ set: { a: "${__P(s)}", b: "${__property(s)}" } }, { get: / }', ['a', 'b']],
    ['{ get: "/${__setProperty(p,${s})}" }, { get: "/${__P(p)}" }', ['p']],
    ['{ get: /, extract: { a: { jsonPath: $.x, default: "${s}" } } }', ['a', 'a_matchNr']],
    ['{ get: /, extract: { a: { regex: "${s}=(.*)" } } }', []],
    [`{ script: "vars.put('a', vars.get('s') + 1)" }, { get: / }`, ['a']],
    [`{ script: "vars.set(data.name, props.get('s'))", sets: [a] }, { get: / }`, ['a']],
    [`{ script: "vars.set('a', data.key)", data: { key: "\${s}" } }, { get: / }`, ['a']],
    [
      `{ script: "props.put('p', vars.get('s')); vars.set('a', vars.get('open'))" }, { get: "/\${__P(p)}" }`,
      ['a', 'p'],
    ],
    [`{ script: "vars.set('a', vars.get('open'))" }, { get: / }`, []],
    [
      '{ matrix: { size: { small: { key: "${s}", file: a }, large: { key: b, file: c } } }, steps: [{ get: "/${size.key}" }] }',
      ['size.key'],
    ],
    ['{ matrix: { size: { small: "${s}", large: b } }, steps: [{ get: "/${size.value}" }] }', ['size.value']],
  ])('%s', async (steps, names) => {
    expect(await namesIn(steps)).toEqual(names);
  });

  it('before the run', async () => {
    expect(await namesIn('{ get: / }', 'variables: { a: "Bearer ${s}", b: "${a}", c: "${open}" }')).toEqual([
      'a',
      'b',
    ]);
  });

  it('never name a cell of a matrix', async () => {
    const steps = '{ matrix: { size: ["${s}", b] }, steps: [{ get: / }] }';
    const [mistake = ''] = await mistakes(plan(steps));
    expect(mistake).toContain('a value of "size" holds a secret, which would stand in labels and tags.');
    expect(mistake).not.toContain('s3cretValue');
  });

  it('stand in no threshold', async () => {
    const [mistake = ''] = await mistakes(`${plan('{ get: / }')}thresholds: ["error_rate < \${s}"]`);
    expect(mistake).toContain('threshold "error_rate < ${s}": it holds a secret');
  });

  it('are no sizes', async () => {
    const steps = '{ matrix: { size: { small: "${n}", large: 5 } }, steps: [{ get: "/${size.value}" }] }';
    const { compiled } = await prepareYaml(
      plan(steps).replace('{ s: {', '{ n: { secret: true, default: 42 }, s: {'),
    );
    expect(compiled.sweeps?.[0]?.axes[0]?.values).toEqual([
      { name: 'small', magnitude: null },
      { name: 'large', magnitude: 5 },
    ]);
  });
});
