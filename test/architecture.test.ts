import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import tableJson from './architecture.json' with { type: 'json' };
import { violations, type Sources, type Table } from './architecture.ts';

const table: Table = tableJson;
const root = join(import.meta.dirname, '..');
/** What is no part of the product, or made of it. */
const others = new Set([
  'bench',
  'coverage',
  'dist',
  'docs',
  'node_modules',
  'plans',
  'results',
  'schemas',
  'scripts',
  'test',
]);
/** Every folder of the product that is in the table: a new one is an unlisted folder until it is. */
const tops = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !others.has(entry.name) && !entry.name.startsWith('.'))
  .map(({ name }) => name);

function sources(): Sources {
  const files = tops.flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('test-support'))
      .map((file) => join(top, file)),
  );
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

describe('the house', () => {
  it('keeps to test/architecture.json', () => {
    const all = sources();
    expect(all.size).toBeGreaterThan(50);
    expect(violations(all, table)).toEqual([]);
  });

  it('reaches every package it depends on through one door', () => {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    ) as {
      dependencies: object;
      optionalDependencies: object;
    };
    const doors = Object.values(table).flatMap(({ packages = [] }) => packages);
    expect(doors.sort()).toEqual(Object.keys({ ...dependencies, ...optionalDependencies }).sort());
  });
});

describe('violations', () => {
  const small: Table = {
    a: { uses: [], pure: true },
    b: { uses: ['a', 'c/index.ts'], packages: ['undici'] },
    c: { uses: [] },
  };
  it.each<[string, Record<string, string>, string[]]>([
    [
      'nothing wrong',
      {
        'a/x.ts': '',
        'b/y.ts': "import '../a/x.ts'; import { z } from '../c/index.ts'; import u from 'undici';",
      },
      [],
    ],
    [
      'an import against the table',
      { 'a/x.ts': "import '../b/y.ts';", 'b/y.ts': '' },
      ['a/x.ts imports b/y.ts, which a may not'],
    ],
    [
      'a type import counts',
      { 'a/x.ts': "import type { Y } from '../b/y.ts';", 'b/y.ts': '' },
      ['a/x.ts imports b/y.ts, which a may not'],
    ],
    [
      'another file than the one allowed',
      { 'b/y.ts': "import '../c/other.ts';", 'c/other.ts': '' },
      ['b/y.ts imports c/other.ts, which b may not'],
    ],
    [
      'a package through another door',
      { 'c/z.ts': "import 'undici';" },
      ['c/z.ts imports the package undici, for which c is not the door'],
    ],
    [
      'a scoped package',
      { 'c/z.ts': "import '@hono/node-server/x';" },
      ['c/z.ts imports the package @hono/node-server, for which c is not the door'],
    ],
    [
      'node in a pure folder',
      { 'a/x.ts': "import 'node:fs';" },
      ['a/x.ts is in a pure folder and imports node:fs'],
    ],
    [
      'the clock in a pure folder',
      { 'a/x.ts': 'const now = Date.now();' },
      ['a/x.ts is in a pure folder and uses Date.now'],
    ],
    ['not in a comment', { 'a/x.ts': '// Date.now()\n/* Math.random() */' }, []],
    [
      'an unlisted folder',
      { 'd/x.ts': '' },
      ['d/x.ts lies in a folder that test/architecture.json does not list'],
    ],
    [
      'a cycle within a folder',
      { 'c/x.ts': "import './y.ts';", 'c/y.ts': "import type { X } from './x.ts';" },
      ['import cycle: c/x.ts → c/y.ts → c/x.ts'],
    ],
  ])('finds %s', (_, files, expected) => {
    expect(violations(new Map(Object.entries(files)), small)).toEqual(expected);
  });

  it('finds a second door in the table', () => {
    expect(violations(new Map(), { ...small, c: { uses: [], packages: ['undici'] } })).toEqual([
      'the package undici has two doors: b and c',
    ]);
  });
});
