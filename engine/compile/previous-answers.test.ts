import { describe, expect, it } from 'vitest';
import { prepareYaml } from '../../test/support/prepare-yaml.ts';
import { walkGroup } from '../model/walk-steps.ts';

const plan = (keys: string) => `name: T
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
threadGroups: [{ name: G, ${keys} }, { name: Others, steps: [{ get: /other }] }]
`;

/** The samplers that keep their answers for what comes after them. */
async function keeping(keys: string): Promise<string[]> {
  const { compiled } = await prepareYaml(plan(keys));
  const steps = compiled.groups.flatMap((group) => [...walkGroup(group)]);
  return steps.flatMap((step) =>
    step.type === 'sampler' && step.keepsAnswer && step.keepBody && typeof step.label === 'string'
      ? step.label
      : [],
  );
}

describe('answers are kept for scripts that follow', () => {
  it.each([
    ['a step', "steps: [{ get: /a }, { script: 'return prev.code' }]", ['GET /a']],
    [
      'a step before it, which is after it in the next pass',
      "steps: [{ script: 'prev' }, { get: /a }]",
      ['GET /a'],
    ],
    [
      'before another',
      "steps: [{ get: /a }, { get: /b, before: [{ script: 'prev.text()' }] }]",
      ['GET /a', 'GET /b'],
    ],
    [
      'in a branch',
      "steps: [{ choose: [{ weight: 1, steps: [{ get: /a }, { script: 'prev' }] }] }]",
      ['GET /a'],
    ],
    ['in clean-up', "steps: [{ get: /a, cleanUp: [{ script: 'prev' }] }]", ['GET /a']],
    [
      "after a user's set-up",
      "setUp: [{ get: /a }], steps: [{ script: 'prev' }, { get: /b }]",
      ['GET /a', 'GET /b'],
    ],
    ["in a user's tear-down", "tearDown: [{ script: 'prev' }], steps: [{ get: /b }]", ['GET /b']],
    ['by code made of text', "steps: [{ get: /a }, { script: 'return eval(vars.get(1))' }]", ['GET /a']],
    ['by place', "steps: [{ get: /a }, { script: 'return arguments[2]' }]", ['GET /a']],
    ['spelled out', "steps: [{ get: /a }, { script: 'return p\\u0072ev.code' }]", ['GET /a']],
  ])('%s', async (_, keys, expected) => {
    expect(await keeping(keys)).toEqual(expected);
  });

  it.each([
    ['scripts that do not mention prev', "steps: [{ get: /a }, { script: 'return 1' }]"],
    [
      'scripts that see their own answer',
      "steps: [{ get: /a, after: [{ script: 'prev' }], check: [{ script: 'prev', name: x }] }]",
    ],
    [
      'other processors',
      'steps: [{ get: /a }, { set: { x: prev } }, { get: /b, before: [{ set: { x: prev } }] }]',
    ],
  ])('not for %s', async (_, keys) => {
    expect(await keeping(keys)).toEqual([]);
  });
});

it('a script that judges may set variables', async () => {
  const judges =
    'assert: [{ script: \'vars.set("x", 1)\' }], check: [{ name: c, script: \'vars.put("y", 1)\' }]';
  await prepareYaml(plan(`steps: [{ get: /a, ${judges} }, { get: '/b?\${x}\${y}' }]`));
});
