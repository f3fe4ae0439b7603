import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';

const plan = (pools: string, steps = '- get: /') => `name: P
defaults: { http: { baseUrl: "http://127.0.0.1:9" } }
properties: { least: 2, word: x }
pools: ${pools}
threadGroups:
  - name: G
    steps:
${steps.replaceAll(/^/gm, '      ')}
`;

describe('pools', () => {
  it('are known before the run, with what was left out', async () => {
    const { compiled } = await prepareYaml(
      plan("{ ids: , all: { share: all, max: '${least}', values: ['${word}1', 2] } }"),
    );
    expect(compiled.pools).toEqual([
      { name: 'ids', share: 'user', max: 1000, unique: true, entryBytes: 256, values: [] },
      { name: 'all', share: 'all', max: 2, unique: true, entryBytes: 256, values: ['x1', '2'] },
    ]);
  });

  it.each([
    ['{ ids: { shared: all } }', 'unknown key "shared" in pools.ids. Did you mean "share"?'],
    ['{ ids: { share: group } }', 'pools.ids.share: expected one of "user", "all"'],
    ['{ ids: { max: 1, values: [a, b] } }', 'starts with 2 values, and its max is 1'],
    ['{ ids: { max: "${id}" } }', 'must be known before the run'],
    ['{ ids: { entryBytes: 8 } }', 'entryBytes goes with share: all'],
    ['{ ids: { share: all, entryBytes: 2, values: [abc] } }', 'has more than 2 bytes'],
    ['{ ids: { share: all, max: 1000000, entryBytes: 1000 } }', 'needs 954 MiB'],
  ])('%s is a mistake: %s', async (pools, message) => {
    const steps = '- get: /\n  extract: { id: $.id }';
    expect((await mistakes(plan(pools, steps))).join('\n')).toContain(message);
  });

  it.each([
    ['- pool: idz\n  clear: true', 'plan.yaml:8:15: there is no pool "idz". Did you mean "ids"?'],
    ['- get: /\n  after: [{ pool: other, clear: true }]', 'Declare it under pools at the top of the plan.'],
    ['- get: "/${__poolSize(idz)}"', 'there is no pool "idz". Did you mean "ids"?'],
    ['- if: "${__poolSize(idz)} > 1"\n  steps: [{ get: / }]', 'there is no pool "idz"'],
    [
      '- pool: ids\n  appendAll: found',
      'nothing sets the variables "found_1", "found_2" …. An extractor with match: all does.',
    ],
    ['- pool: ids', 'expected one of append'],
    ['- get: /\n  after: [{ pool: ids, append: a, remove: b }]', 'found append and remove'],
    ['- pool: ids\n  pick: id\n- get: /${idd}', 'nothing sets the variable "idd". Did you mean "id"?'],
  ])('%s is a mistake: %s', async (steps, message) => {
    expect((await mistakes(plan('{ ids: {} }', steps))).join('\n')).toContain(message);
  });

  it('may be filled from a family that something sets', async () => {
    const steps =
      '- get: /\n  extract: { found: { jsonPath: "$..id", match: all } }\n  after: [{ pool: ids, replace: found }]';
    const { compiled } = await prepareYaml(plan('{ ids: {} }', steps));
    expect(JSON.stringify(compiled)).toContain('"replace":"found"');
  });
});
