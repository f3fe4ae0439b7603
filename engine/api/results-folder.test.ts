import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeResultsFolder, tryResultsFolder } from './results-folder.ts';

let parent: string;
beforeEach(() => (parent = mkdtempSync(join(tmpdir(), 'loadplan-'))));
afterEach(() => rmSync(parent, { recursive: true }));

const at = new Date(2026, 10, 2, 3, 4, 5);

describe('makeResultsFolder', () => {
  it.each([
    ['Quickstart', '2026-11-02T03-04-05-quickstart'],
    ['API: load & más!', '2026-11-02T03-04-05-api-load-m-s'],
    ['…', '2026-11-02T03-04-05-plan'],
  ])('names the folder of "%s" %s', async (plan, expected) => {
    expect(basename(await makeResultsFolder(join(parent, 'results'), plan, at))).toBe(expected);
  });

  it('never takes the folder of another run', async () => {
    const folders = await Promise.all([1, 2, 3].map(() => makeResultsFolder(parent, 'x', at)));
    expect(new Set(folders).size).toBe(3);
  });
});

describe('tryResultsFolder', () => {
  it('leaves what was there, and nothing else', async () => {
    await tryResultsFolder(join(parent, 'a', 'b'));
    expect(readdirSync(parent)).toEqual([]);
    await tryResultsFolder(parent);
    expect(readdirSync(parent)).toEqual([]);
  });

  it.each([
    [
      'a file',
      () => place('file'),
      /cannot make a results folder in .*file: .*file is not a directory\. .*--results/,
    ],
    ['a file above', () => join(place('file'), 'x', 'y'), /: .*not a directory\./],
    ['a link that leads nowhere', () => link('gone'), /: .* is a link that leads nowhere\./],
    ['links in a ring', () => link('link'), /: too many symbolic links encountered\./],
    ['a name that is too long', () => join(parent, 'x'.repeat(300)), /: name too long\./],
    [
      '/proc, where nothing can be made',
      () => '/proc/nope/results',
      /\/proc\/nope\/results: no such file or directory\./,
    ],
  ])('says with the system’s word what is in the way: %s', async (_, folder, message) => {
    const at = folder();
    for (const act of [() => tryResultsFolder(at), () => makeResultsFolder(at, 'x', new Date(0))]) {
      const error: unknown = await act().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ exitCode: 110 });
      expect(String(error)).toMatch(message);
    }
  });
});

function place(name: string): string {
  writeFileSync(join(parent, name), '');
  return join(parent, name);
}

function link(target: string): string {
  rmSync(join(parent, 'link'), { force: true });
  symlinkSync(join(parent, target), join(parent, 'link'));
  return join(parent, 'link');
}
