import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tryWhole, writeWhole } from './write-whole.ts';

let folder = '';
const path = (name: string) => join(folder, name);

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'write-whole-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('writeWhole', () => {
  it('writes a new file, and replaces another', async () => {
    await tryWhole(path('a'));
    expect(existsSync(path('a'))).toBe(false);
    await writeWhole(path('a'), 'one');
    await tryWhole(path('a'));
    await writeWhole(path('a'), 'two');
    expect(readFileSync(path('a'), 'utf8')).toBe('two');
  });

  it('writes through a link, and leaves the link', async () => {
    writeFileSync(path('target'), 'old');
    symlinkSync('target', path('link'));
    await writeWhole(path('link'), 'new');
    expect(readFileSync(path('target'), 'utf8')).toBe('new');
    expect(lstatSync(path('link')).isSymbolicLink()).toBe(true);
  });

  it.skipIf(!existsSync('/dev/full'))('tells of a device that takes nothing, and leaves it', async () => {
    symlinkSync('/dev/full', path('full'));
    await tryWhole(path('full'));
    await expect(writeWhole(path('full'), 'x')).rejects.toMatchObject({
      message: expect.stringContaining('no space left on device') as string,
      exitCode: 110,
    });
    expect(lstatSync(path('full')).isSymbolicLink()).toBe(true);
    expect(lstatSync('/dev/full').isCharacterDevice()).toBe(true);
  });

  it('leaves no unfinished file where it cannot be put in place', async () => {
    mkdirSync(path('folder'));
    await expect(tryWhole(path('folder'))).rejects.toThrow('it is a directory');
    await expect(writeWhole(path('folder'), 'x')).rejects.toThrow('illegal operation on a directory');
    await expect(writeWhole(path('nowhere/x'), 'x')).rejects.toThrow('no such file or directory');
    expect(existsSync(path('folder.tmp'))).toBe(false);
  });
});
