import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPlan } from './load-plan.ts';
import { loadFiles, problemsOf } from './test-support/load-files.ts';
import { smallLanguage } from './test-support/small-language.ts';

const plan = (include: string, rest = '') =>
  `name: Test\ninclude: ${include}\n${rest}threadGroups: [{ name: G, steps: [{ pause: 1s }] }]\n`;

describe('includes', () => {
  it('add flows, variables and properties, of fragments in fragments too', async () => {
    const loaded = await loadFiles({
      'plan.yaml': plan('[flows/a.yaml]'),
      'flows/a.yaml': 'include: ../b.yaml\nflows: { a: [{ pause: 1s }] }',
      'b.yaml': 'flows: { b: [{ flow: a }] }\nvariables: { v: 1 }\nproperties: { p: 2 }',
    });
    expect([...loaded.flows.keys()]).toEqual(['a', 'b']);
    expect(loaded.variables).toMatchObject([{ name: 'v', value: '1', at: { line: 2 } }]);
    expect(loaded.variables[0]!.at.file).toMatch(/\/b\.yaml$/);
    expect(loaded.properties).toMatchObject([{ name: 'p', value: '2', from: 'default' }]);
  });

  it('give way to the including file, and earlier ones to later', async () => {
    const loaded = await loadFiles({
      'plan.yaml': plan('[a.yaml, b.yaml]', 'variables: { x: plan }\n'),
      'a.yaml': 'variables: { x: a, y: a, z: a }\nproperties: { p: 1 }',
      'b.yaml': 'include: c.yaml\nvariables: { y: b }\nproperties: { p: 2 }',
      'c.yaml': 'variables: { y: c, z: c }',
    });
    const values = Object.fromEntries(loaded.variables.map(({ name, value }) => [name, value]));
    expect(values).toEqual({ x: 'plan', y: 'b', z: 'c' });
    expect(loaded.properties[0]).toMatchObject({ value: '2' });
  });

  it('of the same file on two ways count once', async () => {
    const files = {
      'plan.yaml': plan('[a.yaml, b.yaml]'),
      'a.yaml': 'include: c.yaml',
      'b.yaml': 'include: c.yaml',
      'c.yaml': 'flows: { c: [{ pause: 1s }] }',
    };
    expect(await problemsOf(files)).toBe('');
  });

  it.each([
    ['../x.yaml', 'lies outside of the folder of the plan'],
    ['a/../../x.yaml', 'lies outside of the folder of the plan'],
    ['/etc/passwd', 'is absolute'],
    ['C:\\x.yaml', 'is absolute'],
    ['\\\\server\\x.yaml', 'is absolute'],
    ['"a\\0b"', 'is no file name'],
    ['"."', 'lies outside of the folder of the plan'],
    ['fragmnet.yaml', 'there is no file "fragmnet.yaml". Did you mean "fragment.yaml"?'],
    ['folder', 'is a folder'],
    ['5', 'include: expected a text that is not empty or a list, found 5.'],
    ['[fragment.yaml, fragment.yml]', 'plan.yaml:2:26: include: there is no file "fragment.yml"'],
  ])('of %s are refused, at their place', async (name, message) => {
    const files = { 'plan.yaml': plan(name), 'fragment.yaml': 'flows: {}', 'folder/a.yaml': '' };
    const problems = await problemsOf(files);
    expect(problems).toContain(message);
    expect(problems).toMatch(/^plan\.yaml:2:\d+: include: /);
  });

  it('in a circle are told with the chain', async () => {
    const files = { 'plan.yaml': plan('a.yaml'), 'a.yaml': 'include: b.yaml', 'b.yaml': 'include: a.yaml' };
    expect(await problemsOf(files)).toBe(
      'b.yaml:1:10: include: a file includes itself: a.yaml → b.yaml → a.yaml.',
    );
  });

  it('are followed 20 deep and no deeper', async () => {
    const chain = (depth: number) =>
      Object.fromEntries(
        Array.from({ length: depth }, (_, i) => [
          `f${i}.yaml`,
          i + 1 < depth ? `include: f${i + 1}.yaml` : 'flows: {}',
        ]),
      );
    expect(await problemsOf({ 'plan.yaml': plan('f0.yaml'), ...chain(20) })).toBe('');
    expect(await problemsOf({ 'plan.yaml': plan('f0.yaml'), ...chain(21) })).toContain(
      'f19.yaml:1:10: include: files include each other more than 20 deep.',
    );
  });

  it('through links that lead out of the folder are refused; others are followed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'load-'));
    mkdirSync(join(folder, 'in'));
    writeFileSync(join(folder, 'secret.yaml'), 'flows: {}');
    writeFileSync(join(folder, 'in/real.yaml'), 'flows: {}');
    symlinkSync(join(folder, 'secret.yaml'), join(folder, 'in/out.yaml'));
    symlinkSync(join(folder, 'in/real.yaml'), join(folder, 'in/link.yaml'));
    const load = (name: string) => {
      const file = join(folder, `in/plan-${name}`);
      writeFileSync(file, plan(name));
      return loadPlan({ file, properties: [], propertyFiles: [], env: {} }, smallLanguage);
    };
    await expect(load('out.yaml')).rejects.toThrow('is a link to a file outside of the folder of the plan');
    await expect(load('link.yaml')).resolves.toBeDefined();
    rmSync(folder, { recursive: true });
  });

  it('may define a flow once, and hold nothing but what plans share', async () => {
    const files = {
      'plan.yaml': plan('a.yaml', 'flows: { f: [{ pause: 1s }] }\n'),
      'a.yaml': 'flows: { f: [{ pause: 2s }] }\nthreadGroups: []',
    };
    expect(await problemsOf(files)).toBe(
      'a.yaml:1:10: the flow "f" is already defined in plan.yaml:3.\n' +
        'a.yaml:2:1: unknown key "threadGroups" in an included file. It belongs at the top of the plan.',
    );
  });

  it('that are no YAML are told beside other such files, and nothing else', async () => {
    const files = {
      'plan.yaml': plan('[a.yaml, b.yaml]', 'nonsense: 1\n'),
      'a.yaml': 'a: b: c',
      'b.yaml': '',
    };
    const problems = await problemsOf(files);
    expect(problems.split('\n').map((line) => line.slice(0, 9))).toEqual(['a.yaml:1:', 'b.yaml:1:']);
  });
});
