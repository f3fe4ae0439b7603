import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeResultsFolder } from './results-folder.ts';

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

  it('says where it cannot write', async () => {
    writeFileSync(join(parent, 'file'), '');
    await expect(makeResultsFolder(join(parent, 'file'), 'x', at)).rejects.toThrow(
      /cannot make a results folder in .*file.*--results/,
    );
  });
});
