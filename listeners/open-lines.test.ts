import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tryLines } from './open-lines.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'loadplan-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string) => join(folder, name);

describe('tryLines', () => {
  it('leaves all as it is', () => {
    writeFileSync(inFolder('old.jtl'), 'lines');
    for (const ifExists of ['append', 'overwrite'] as const) tryLines(inFolder('old.jtl'), ifExists);
    tryLines(inFolder('new.jtl'), 'refuse');
    expect(readFileSync(inFolder('old.jtl'), 'utf8')).toBe('lines');
    expect(existsSync(inFolder('new.jtl'))).toBe(false);
  });

  it.each([
    ['a folder that is not there', () => inFolder('none/a.jtl'), 'no such file or directory', 110],
    ['a folder', () => folder, 'illegal operation on a directory', 110],
    ['beneath a file', () => '/dev/null/a.jtl', 'not a directory', 110],
    ['a link into nothing', () => linkTo('none/a.jtl'), 'no such file or directory', 110],
    ['lines of before', () => withLines(), 'exists. --append adds to it, --overwrite replaces it', 104],
  ])('refuses %s', (_, file, message, exitCode) => {
    const path = file();
    const refused = () => tryLines(path, 'refuse');
    expect(refused).toThrow(message);
    expect(refused).toThrow(expect.objectContaining({ exitCode }) as Error);
  });
});

function linkTo(target: string): string {
  symlinkSync(inFolder(target), inFolder('link.jtl'));
  return inFolder('link.jtl');
}

function withLines(): string {
  writeFileSync(inFolder('full.jtl'), 'lines');
  return inFolder('full.jtl');
}
