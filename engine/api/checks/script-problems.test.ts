import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../../test/support/prepare-yaml.ts';
import { scriptMistake } from './script-problems.ts';

describe('the syntax of a script', () => {
  it.each([
    [
      'var a = 1;\nvar b = ;',
      "this is not JavaScript: Unexpected token ';' (line 2, column 9 of the script)",
    ],
    ['if (x {', /Unexpected token '\{' \(line 1, column 7 of the script\)/],
    ['return "a', /Invalid or unexpected token \(line 1, column 8/],
    ['}', /^this is not JavaScript: Unexpected token '\}'/],
    ['}); (function () {', /^this is not JavaScript/],
    ['import x from "y"', /^this is not JavaScript: Cannot use import statement/],
    ['await fetch("x")', /^this is not JavaScript: await is only valid/],
    ['a = 08', /^this is not JavaScript: .*strict mode/],
  ])('%j is wrong', (script, message) => {
    expect(scriptMistake(script)).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
  });

  it.each([
    '',
    'return 1',
    'vars.set("a", prev.json().b)',
    '// only a comment',
    'for (const x of []) { log.info(x) }',
  ])('%j is right', (script) => {
    expect(scriptMistake(script)).toBeNull();
  });
});

const plan = (parts: string) => `name: T
threadGroups:
  - name: G
    ${parts}
`;
const step = 'steps: [{ get: http://127.0.0.1:9/ }]';

describe('scripts of a plan are parsed before the run', () => {
  it.each([
    ['as a step', plan("steps: [{ script: 'a b' }]"), '4:23'],
    ['before a sampler', plan("steps: [{ get: http://127.0.0.1:9/, before: [{ script: 'a b' }] }]"), '4:60'],
    ['after all samplers of a group', plan(`after: [{ script: 'a b' }]\n    ${step}`), '4:23'],
    ['as an assertion', plan(`assert: [{ script: 'a b' }]\n    ${step}`), '4:24'],
    ['as a check', plan(`check: [{ script: 'a b', name: c }]\n    ${step}`), '4:23'],
    ['in a controller', plan("steps: [{ loop: 2, steps: [{ script: 'a b' }] }]"), '4:42'],
    ['in a branch', plan("steps: [{ choose: [{ weight: 1, steps: [{ script: 'a b' }] }] }]"), '4:55'],
    ['in the set-up', `setUp: [{ script: 'a b' }]\n${plan(step)}`, '1:19'],
    ['in a flow', `flows: { f: [{ script: 'a b' }] }\n${plan('flow: f')}`, '1:24'],
    [
      'in what is done about a failure',
      plan("steps: [{ get: http://127.0.0.1:9/, on: { failed: [{ script: 'a b' }] } }]"),
      '4:66',
    ],
  ])('%s', async (_, text, at) => {
    expect((await mistakes(text)).map((line) => line.replace(/ \(line.*/, ''))).toEqual([
      `plan.yaml:${at}: this is not JavaScript: Unexpected identifier 'b'`,
    ]);
  });

  it('and those that are right stay', async () => {
    await expect(
      prepareYaml(plan('steps: [{ script: \'const a = 1; vars.set("b", a)\' }]')),
    ).resolves.toBeDefined();
  });
});
