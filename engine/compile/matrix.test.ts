import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';
import type { CompiledSampler } from '../model/compiled-plan.ts';
import { walkGroup } from '../model/walk-steps.ts';

const plan = (steps: string, rest = '') => `name: T
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
properties: { rows: { default: 1000 }, token: { default: t } }
${rest}
threadGroups:
  - name: G
    steps:
${steps.replaceAll(/^/gm, '      ')}
`;

async function samplers(yaml: string, request = {}): Promise<CompiledSampler[]> {
  const { compiled } = await prepareYaml(yaml, request);
  expect(structuredClone(compiled)).toEqual(compiled);
  return compiled.groups.flatMap((group) => [...walkGroup(group)].filter((step) => step.type === 'sampler'));
}

const labels = async (yaml: string, request = {}) =>
  (await samplers(yaml, request)).map(({ label }) =>
    typeof label === 'string' ? label : 'made at run time',
  );

const sizes = 'size: { small: 1000, large: 100_000 }';

describe('a matrix in a plan', () => {
  it('is put in place for each cell, its values as constants and tags', async () => {
    const found = await samplers(
      plan(
        `- matrix:
    ${sizes}
    query:
      count: { file: count.sql, limit: 1 }
      sum: { file: sum.sql, limit: 2 }
  tags: { component: c }
  steps: [{ get: '/\${query.file}/\${size}/\${size.magnitude}?n=\${query.limit}', name: Q }]`,
      ),
    );
    expect(found.map(({ label, tags, config }) => [label, tags, 'constant' in config])).toEqual([
      ['Q [small count]', { component: 'c', size: 'small', query: 'count' }, true],
      ['Q [small sum]', { component: 'c', size: 'small', query: 'sum' }, true],
      ['Q [large count]', { component: 'c', size: 'large', query: 'count' }, true],
      ['Q [large sum]', { component: 'c', size: 'large', query: 'sum' }, true],
    ]);
    expect(JSON.stringify(found[3]?.config)).toContain('/sum.sql/large/100000?n=2');
  });

  it.each([
    ['a list', 'size: [10, "${rows}"]', ['/10/10 [10]', '/1000/1000 [1000]']],
    ['a property', 'size: { s: "${rows}" }', ['/1000/1000 [s]']],
    ['a map', 'size: { s: { value: x, magnitude: 7 } }', ['/x/7 [s]']],
  ])('takes magnitudes from %s', async (_, axis, expected) => {
    const step = `- matrix: { ${axis} }\n  steps: [{ get: '/\${size.value}/\${size.magnitude}' }]`;
    const found = (await labels(plan(step))).map((label) => label.replace('GET ', ''));
    // The label of the kind shows what the text gives, and the cell that it does not name.
    expect(found).toEqual(expected.map((label) => label.replace(/ \[.*/, '')));
  });

  it.each([
    ['Q', ['Q [small csv]', 'Q [large csv]']],
    ['Q ${size}', ['Q small [csv]', 'Q large [csv]']],
    ['Q ${size.magnitude} of ${format}', ['Q 1000 of csv', 'Q 100000 of csv']],
  ])('makes a name %s its own in each cell', async (name, expected) => {
    const step = `- matrix: { ${sizes}, format: [csv] }\n  steps: [{ get: /, name: '${name}' }]`;
    expect(await labels(plan(step))).toEqual(expected);
  });

  it('names transactions, too, and loops as they are called', async () => {
    const step = `- matrix: { ${sizes} }
  steps: [{ transaction: T, steps: [{ loop: 2, name: l, steps: [{ get: '/\${__jm__l__idx}', name: Q }] }] }]`;
    const { compiled } = await prepareYaml(plan(step));
    const all = [...walkGroup(compiled.groups[0]!)].map(({ label }) => label);
    expect(all).toEqual(['size', 'T [small]', 'l', 'Q [small]', 'T [large]', 'l', 'Q [large]']);
  });

  it.each([
    [
      'only: [{ size: small }, { format: [json, xml] }]',
      'small csv,small json,small xml,large json,large xml',
    ],
    ['exclude: [{ size: large, format: [json, xml] }]', 'small csv,small json,small xml,large csv'],
    ['only: [{ size: small }]\n  exclude: [{ format: csv }]', 'small json,small xml'],
  ])('has the cells that %s leaves', async (key, expected) => {
    const step = `- matrix: { ${sizes}, format: [csv, json, xml] }\n  ${key}\n  steps: [{ get: /, name: '\${size} \${format}' }]`;
    expect((await labels(plan(step))).join(',')).toBe(expected);
  });

  it('reaches into flows; a parameter of the same name is what it is given', async () => {
    const yaml = plan(
      `- matrix: { ${sizes} }
  steps: [{ flow: f }, { flow: { name: g, with: { size: other } } }]`,
      "flows: { f: [{ get: '/f/${size.magnitude}' }], g: { parameters: { size: {} }, steps: [{ get: '/g/${size}' }] } }",
    );
    expect(await labels(yaml)).toEqual(['GET /f/1000', 'GET /g/${size}', 'GET /f/100000', 'GET /g/${size}']);
  });

  it('has an element of its own in each cell only where it mentions an axis', async () => {
    const [small, large] = await samplers(
      plan(`- matrix: { ${sizes} }
  timers: [{ throughput: 1/s }, { constant: '\${size.magnitude}ms' }]
  steps: [{ get: / }]`),
    );
    expect(small?.timers[0]?.slot).toBe(large?.timers[0]?.slot);
    expect(small?.timers.map(({ config }) => 'constant' in config)).toEqual([true, true]);
    expect(small?.timers[1]).not.toEqual(large?.timers[1]);
  });

  it('can be cut to some cells by their tags', async () => {
    const step = `- matrix: { ${sizes} }\n  steps: [{ get: /, name: Q }]`;
    const tags = { include: ['size=large'], exclude: [] };
    expect(await labels(plan(step), { tags })).toEqual(['Q [large]']);
  });

  it('checks what is known in each cell', async () => {
    const step = `- matrix: { size: { a: { file: a.json }, b: { file: b.json } } }
  steps: [{ post: { path: /, bodyFile: '\${size.file}' } }]`;
    const found = (await mistakes(plan(step))).join('\n');
    expect(found).toContain('there is no file "a.json"');
    expect(found).toContain('there is no file "b.json"');
  });

  it('carries its variables for listeners', async () => {
    const { compiled } = await prepareYaml(
      plan(
        `- matrix: { ${sizes} }\n  steps: [{ get: / }]`,
        'listeners: [{ jtl-csv: { sampleVariables: [size, size.magnitude] } }]',
      ),
    );
    expect(compiled.carried?.variables).toEqual(['size', 'size.magnitude']);
  });

  it('is told with its axes, cells and labels, once however often it is put in place', async () => {
    const { compiled } = await prepareYaml(
      plan(
        '- flow: f\n- flow: f',
        `flows: { f: [{ matrix: { ${sizes} }, name: M, steps: [{ get: /, name: 'Q \${size}' }, { transaction: T, steps: [{ get: /, name: '\${__UUID}' }] }] }] }`,
      ),
    );
    const steps = (size: string) => [
      { step: 'Q', label: `Q ${size}`, kind: 'sample' },
      { step: 'T', label: `T [${size}]`, kind: 'transaction' },
    ];
    expect(compiled.sweeps).toEqual([
      {
        name: 'M',
        axes: [
          {
            name: 'size',
            values: [
              { name: 'small', magnitude: 1000 },
              { name: 'large', magnitude: 100_000 },
            ],
          },
        ],
        cells: [
          { cell: { size: 'small' }, steps: steps('small') },
          { cell: { size: 'large' }, steps: steps('large') },
        ],
      },
    ]);
  });

  it('asks for pairs only where a threshold compares them', async () => {
    const step = `- matrix: { t: [a, b] }\n  steps: [{ get: / }]`;
    const paired = 'paired ratio of elapsed{t=a} to {t=b} < 1';
    const { compiled } = await prepareYaml(plan(step, `thresholds: ['${paired}']`));
    expect(compiled.pairs).toEqual([{ text: paired, trend: 'elapsed', of: { t: 'a' }, to: { t: 'b' } }]);
    expect((await prepareYaml(plan(step))).compiled.pairs).toBeUndefined();
    expect((await prepareYaml(plan('- get: /'))).compiled.sweeps).toBeUndefined();
    const apart = step.replace('\n', '\n  order: cells\n');
    expect((await mistakes(plan(apart, `thresholds: ['${paired}']`))).join()).toContain(
      'pairs are made in the rounds',
    );
  });

  const empty = 'steps: [{ get: / }]';
  it.each([
    [`- matrix: {}\n  ${empty}`, 'expected at least 1 entry'],
    [`- matrix: { size: [] }\n  ${empty}`, 'expected at least 1 item'],
    [`- matrix: { size: {} }\n  ${empty}`, 'expected at least 1 entry'],
    [`- matrix: { 'a b': [1] }\n  ${empty}`, 'a b'],
    [`- matrix: { size: [a] }`, 'needs "steps"'],
    [`- matrix: { size: [a, b, a] }\n  ${empty}`, '"a" stands twice in "size"'],
    [`- matrix: { size: ['\${__threadNum}'] }\n  ${empty}`, 'must be known before the run'],
    [
      `- matrix: { size: { s: { magnitude: none } } }\n  ${empty}`,
      'the magnitude of size "s" must be a number above 0',
    ],
    [
      `- matrix: { q: { a: { file: x }, b: { fil: y } } }\n  ${empty}`,
      'q "a" has no "fil", which other values have',
    ],
    [
      `- matrix: { size: [a] }\n  only: [{ sise: a }]\n  ${empty}`,
      'only: the matrix has no axis "sise". Did you mean "size"?',
    ],
    [
      `- matrix: { size: [aa] }\n  exclude: [{ size: ab }]\n  ${empty}`,
      'exclude: "size" has no value "ab". Did you mean "aa"?',
    ],
    [`- matrix: { size: [a] }\n  exclude: [{ size: a }]\n  ${empty}`, 'no cell is left'],
    [`- matrix: { rows: [a] }\n  ${empty}`, 'the variable "rows" is set elsewhere in the plan'],
    [
      `- matrix: { size: [a] }\n  steps: [{ set: { size: 1 } }, { get: / }]`,
      'the variable "size" is set elsewhere',
    ],
    [`- matrix: { size: [a] }\n  tags: { size: b }\n  ${empty}`, '"size" is a tag of what is around it'],
    [
      `- matrix: { size: [a] }\n  steps: [{ get: /, tags: { size: b } }]`,
      '"size" is an axis of the matrix around',
    ],
    [
      `- matrix: { size: [a] }\n  steps: [{ matrix: { b: [c] }, ${empty} }]`,
      'a matrix cannot stand in another',
    ],
    [
      `- matrix: { a: [${Array.from({ length: 101 }, (_, i) => i).join()}], b: [1,2,3,4,5,6,7,8,9,10] }\n  ${empty}`,
      '1010 cells are more than 1000',
    ],
    [
      `- matrix: { size: [a] }\n  steps: [{ get: '/\${sise}' }]`,
      'nothing sets the variable "sise". Did you mean "size"?',
    ],
    [`- matrix: { size: [a] }\n  ${empty}\n- get: '/\${size}'`, 'nothing sets the variable "size"'],
    [
      `- matrix: { a: [${Array.from({ length: 900 }, (_, i) => i).join()}] }\n  steps: [{ get: /a }, { get: /b }, { get: /c }]`,
      '2700 steps in 900 cells are more than the 2000 that are told apart',
    ],
    [
      `- matrix: { size: { a: 1 } }\n  ${empty}\n- matrix: { size: { a: 2 } }\n  ${empty}`,
      'size "a" has another magnitude in another matrix',
    ],
    [`- matrix: { size: [a] }\n  iterations: 0\n  ${empty}`, 'iterations: expected'],
    [`- matrix: { size: [a] }\n  order: round\n  ${empty}`, 'order: expected'],
    [`- matrix: { size: [a] }\n  warmup: 1\n  ${empty}`, 'Did you mean "warmUp"?'],
  ])('%s is a mistake: %s', async (step, message) => {
    expect((await mistakes(plan(step))).join('\n')).toContain(message);
  });
});
