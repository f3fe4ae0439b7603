import { describe, expect, it } from 'vitest';
import { prepareYaml } from '../../test/support/prepare-yaml.ts';
import type { CompiledSampler, CompiledStep } from '../model/compiled-plan.ts';
import { outcome, Stage } from './test-support/stage.ts';

const asFake = (step: CompiledStep): CompiledStep =>
  step.type === 'sampler' ? { ...step, sampler: 'fake' } : { ...step, steps: step.steps.map(asFake) };

/** The labels of the samples that a plan of these steps takes. */
async function labels(flows: string, steps: string): Promise<string[]> {
  const { compiled } = await prepareYaml(`name: T
variables: { mode: slow }
flows:
${flows}
threadGroups: [{ name: G, steps: [${steps}] }]
`);
  const stage = new Stage({ perform: () => Promise.resolve(outcome()) });
  await stage.run([{ ...asSet('mode', 'slow') }, ...(compiled.groups[0]?.steps ?? []).map(asFake)]);
  expect(stage.problems).toEqual([]);
  return stage.samples.map(({ label }) => label);
}

const asSet = (name: string, value: string): CompiledStep => ({
  type: 'controller',
  controller: 'set',
  slot: 0,
  label: 'set',
  config: { constant: { set: { [name]: value } } },
  tags: {},
  data: [],
  steps: [],
  branches: [],
  at: '',
});

const look = '\'{ get: http://x/, name: "look ${id} ${mode}" }\''.slice(1, -1);

describe('a flow with parameters', () => {
  it.each([
    [
      'sets them while it runs, and puts back what they were',
      `  f: [${look}]`,
      `{ flow: { name: f, with: { id: 7, mode: fast } } }, { get: http://x/, name: "then \${mode}" }`,
      ['look 7 fast', 'then slow'],
    ],
    [
      'takes the defaults that it declares',
      `  f: { parameters: { id: {}, mode: { default: "as \${id}" } }, steps: [${look}] }`,
      '{ set: { id: a } }, { flow: { name: f, with: { id: b } } }',
      // All are rendered before the first is set.
      ['look b as a'],
    ],
    [
      'puts them back also when it is left by a jump',
      `  f: [${look}, { action: breakLoop }]`,
      `{ set: { id: 0 } }, { loop: 3, steps: [{ flow: { name: f, with: { id: 1 } } }] }, { get: http://x/, name: "id \${id}" }`,
      ['look 1 slow', 'id 0'],
    ],
    [
      'hands them on to a flow within it',
      `  f: [{ flow: { name: g, with: { id: "\${id}\${id}" } } }, ${look}]\n  g: [${look}]`,
      '{ flow: { name: f, with: { id: 4 } } }',
      ['look 44 slow', 'look 4 slow'],
    ],
  ])('%s', async (_, flows, steps, expected) => {
    expect(await labels(flows, steps)).toEqual(expected);
  });

  it('is put in place without a controller when there are none', async () => {
    const { compiled } = await prepareYaml(
      'name: T\nflows: { f: [{ get: http://x/ }] }\nthreadGroups: [{ name: G, flow: f }]\n',
    );
    expect((compiled.groups[0]?.steps[0] as CompiledSampler).type).toBe('sampler');
  });
});
