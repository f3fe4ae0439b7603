import { describe, expect, it } from 'vitest';
import { prepareYaml } from '../../test/support/prepare-yaml.ts';
import { loadScripts } from './load-scripts.ts';

const script = "script: 'return 1'";
const plan = (lines: string) => `name: T
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
${lines}`;
const group = (keys: string) => plan(`threadGroups: [{ name: G, ${keys} }]`);
const step = (keys: string) => group(`steps: [{ get: /a, ${keys} }]`);

async function engineOf(yaml: string): Promise<string> {
  const { compiled } = await prepareYaml(yaml);
  const engine = await loadScripts(compiled, true);
  try {
    engine.compile('return 1', 'x');
    return 'an engine';
  } catch (error) {
    return String(error);
  } finally {
    engine.close();
  }
}

describe('a script is noticed wherever it stands', () => {
  it.each([
    ['before a step', step(`before: [{ ${script} }]`)],
    ['after a step', step(`after: [{ ${script} }]`)],
    ['in an assertion', step(`assert: [{ ${script} }]`)],
    ['in a check', step(`check: [{ ${script}, name: x }]`)],
    [
      'in a check of the plan',
      plan(`check: [{ ${script}, name: x }]\nthreadGroups: [{ name: G, steps: [{ get: /a }] }]`),
    ],
    ['in a check of the group', group(`check: [{ ${script}, name: x }], steps: [{ get: /a }]`)],
    ['as a step', group(`steps: [{ get: /a }, { ${script} }]`)],
    ['as a step in a controller', group(`steps: [{ loop: 2, steps: [{ get: /a }, { ${script} }] }]`)],
    ['in a choice', group(`steps: [{ choose: [{ weight: 1, steps: [{ get: /a }, { ${script} }] }] }]`)],
    ['in a wait', group(`steps: [{ poll: true, attempts: 1, steps: [{ get: /a }, { ${script} }] }]`)],
    [
      'in a transaction',
      group(`steps: [{ transaction: t, steps: [{ get: /a, check: [{ ${script}, name: x }] }] }]`),
    ],
    [
      'in a matrix',
      group(`steps: [{ matrix: { size: [1, 2] }, steps: [{ get: /a, check: [{ ${script}, name: x }] }] }]`),
    ],
    ['in an outcome', step(`on: { failed: [{ ${script} }] }`)],
    ['in clean-up', step(`cleanUp: [{ ${script} }]`)],
    ['in a check of clean-up', step(`cleanUp: [{ get: /b, check: [{ ${script}, name: x }] }]`)],
    ['in a flow', plan(`flows: { f: [{ get: /a }, { ${script} }] }\nthreadGroups: [{ name: G, flow: f }]`)],
    ['in set-up', plan(`setUp: [{ ${script} }]\nthreadGroups: [{ name: G, steps: [{ get: /a }] }]`)],
    ['in tear-down', plan(`tearDown: [{ ${script} }]\nthreadGroups: [{ name: G, steps: [{ get: /a }] }]`)],
    ["in a user's set-up", group(`setUp: [{ ${script} }], steps: [{ get: /a }]`)],
    ["in a user's tear-down", group(`tearDown: { steps: [{ ${script} }] }, steps: [{ get: /a }]`)],
    [
      "in a check of a user's set-up",
      group(`setUp: [{ get: /b, check: [{ ${script}, name: x }] }], steps: [{ get: /a }]`),
    ],
  ])('%s', async (_, yaml) => {
    expect(await engineOf(yaml)).toBe('an engine');
  });

  it('and without any, no engine is loaded', async () => {
    expect(await engineOf(step('assert: [{ contains: script }]'))).toBe('Error: the plan has no scripts');
  });
});
