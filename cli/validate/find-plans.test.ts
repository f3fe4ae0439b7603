import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPlans } from './find-plans.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'loadplan-find-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const plan = 'name: A\nthreadGroups: []\n';
const fragment = 'flows: { f: [{ pause: 1s }] }\n';

async function found(files: Record<string, string>, ...named: string[]) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const { plans, fragments, others, empty } = await findPlans(named.map((name) => join(folder, name)));
  const short = (list: readonly string[]) => list.map((file) => file.slice(folder.length + 1)).join(' ');
  return [plans, fragments, others, empty].map(short);
}

describe('findPlans', () => {
  it.each<[string, Record<string, string>, string[], string[]]>([
    [
      'files as they are named',
      { 'b.yaml': plan, 'a.yaml': plan },
      ['b.yaml', 'a.yaml'],
      ['b.yaml a.yaml', '', '', ''],
    ],
    ['the same file once', { 'a.yaml': plan }, ['a.yaml', './a.yaml', '.'], ['a.yaml', '', '', '']],
    [
      'of a folder all plans, by name',
      { 'b.yml': plan, 'a.json': '{ "threadGroups": [] }', 'c/d/e.yaml': plan, 'x.txt': plan },
      [''],
      ['a.json b.yml c/d/e.yaml', '', '', ''],
    ],
    [
      'one whose groups are misspelled',
      { 'a.yaml': 'thread_groups: []\n', 'b.yaml': 'threadGruops: []\n' },
      [''],
      ['a.yaml b.yaml', '', '', ''],
    ],
    [
      'one that says so in its first line',
      { 'a.yaml': '# yaml-language-server: $schema=../plan.schema.json\nnmae: x\n' },
      [''],
      ['a.yaml', '', '', ''],
    ],
    [
      'what they include as part of them',
      { 'a.yaml': `${plan}include: [parts/f.yaml]\n`, 'parts/f.yaml': fragment },
      [''],
      ['a.yaml', 'parts/f.yaml', '', ''],
    ],
    [
      'the same, named',
      { 'a.yaml': `${plan}include: [f.yaml]\n`, 'f.yaml': fragment },
      ['f.yaml', 'a.yaml'],
      ['a.yaml', 'f.yaml', '', ''],
    ],
    [
      'the same of a broken plan',
      { 'a.yaml': `${plan}include:\n  - f.yaml\nx: [}\n`, 'f.yaml': fragment },
      [''],
      ['a.yaml', 'f.yaml', '', ''],
    ],
    [
      'a fragment that nothing includes only when named',
      { 'a.yaml': plan, 'f.yaml': fragment },
      [''],
      ['a.yaml', '', 'f.yaml', ''],
    ],
    ['a fragment that is named as a plan', { 'f.yaml': fragment }, ['f.yaml'], ['f.yaml', '', '', '']],
    [
      'nothing of results, hidden folders and packages',
      {
        'a.yaml': plan,
        'results/1/plan.yaml': plan,
        'results/1/run.json': '{}',
        '.git/b.yaml': plan,
        'node_modules/c.yaml': plan,
      },
      [''],
      ['a.yaml', '', '', ''],
    ],
    ['a folder without a plan as such', { 'c/package.json': '{}' }, ['c'], ['', '', 'c/package.json', 'c']],
    ['what is not there as a plan', {}, ['nope.yaml'], ['nope.yaml', '', '', '']],
  ])('finds %s', async (_, files, named, expected) => {
    expect(await found(files, ...named)).toEqual(expected);
  });
});
