import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insideFolder } from './inside-folder.ts';
import { planHost } from './plan-host.ts';

const place = realpathSync(mkdtempSync(join(tmpdir(), 'inside-')));
const plan = join(place, 'plan');

beforeAll(() => {
  mkdirSync(join(plan, 'data'), { recursive: true });
  mkdirSync(join(place, 'outside'));
  writeFileSync(join(plan, 'data/a.csv'), 'a');
  writeFileSync(join(place, 'outside/secret.csv'), 'secret');
  const links = {
    'plan/link.csv': 'data/a.csv',
    'plan/out.csv': '../outside/secret.csv',
    'plan/over.csv': 'out.csv',
    'plan/folder': '../outside',
    'plan/data/up': '..',
    'plan/nowhere.csv': '../outside/new.csv',
    'plan/later.csv': 'data/new.csv',
    'plan/round.csv': 'round.csv',
    entrance: 'plan',
  };
  for (const [link, to] of Object.entries(links)) symlinkSync(to, join(place, link));
});
afterAll(() => rmSync(place, { recursive: true }));

describe('insideFolder', () => {
  it.each([
    ['a file', 'data/a.csv', 'data/a.csv'],
    ['an absolute path', join(plan, 'data/a.csv'), 'data/a.csv'],
    ['a way out and back', '../plan/data/a.csv', 'data/a.csv'],
    ['a link', 'link.csv', 'data/a.csv'],
    ['a link to a folder', 'data/up/data/a.csv', 'data/a.csv'],
    ['a file that is to be written', 'data/new.csv', 'data/new.csv'],
    ['one in a folder that is not there', 'new/new.csv', 'new/new.csv'],
    ['a link to a file that is to be written', 'later.csv', 'data/new.csv'],
    ['a path through a file', 'data/a.csv/b', 'data/a.csv/b'],
    ['a name that begins with two dots', '..a.csv', '..a.csv'],
  ])('follows %s', (_case, path, leads) => {
    expect(relative(plan, insideFolder(plan, path))).toBe(leads);
  });

  it.each([
    ['the folder above', '..'],
    ['a file above', '../outside/secret.csv'],
    ['an absolute path', '/etc/passwd'],
    ['a link', 'out.csv'],
    ['a link to a link', 'over.csv'],
    ['a file in a linked folder', 'folder/secret.csv'],
    ['a new file in a linked folder', 'folder/new.csv'],
    ['a link to a file that is to be written', 'nowhere.csv'],
    ['a folder that is not there', '../other/new.csv'],
  ])('refuses %s that leads out', (_case, path) => {
    expect(() => insideFolder(plan, path)).toThrow(
      `the file "${path}" lies outside the plan's folder, where plans may not go`,
    );
  });

  it('knows the folder by a link to it', () => {
    expect(insideFolder(join(place, 'entrance'), 'data/a.csv')).toBe(join(plan, 'data/a.csv'));
    expect(insideFolder(plan, join(place, 'entrance/data/a.csv'))).toBe(join(plan, 'data/a.csv'));
  });

  it('ends at links that go round', () => {
    expect(() => insideFolder(plan, 'round.csv')).toThrow('ELOOP');
  });
});

describe('planHost', () => {
  const host = planHost(plan, () => undefined);

  it('neither reads nor writes through a link that leads out', () => {
    expect(() => host.readFile('out.csv', '')).toThrow('outside');
    expect(() => host.readBytes('out.csv')).toThrow('outside');
    expect(() => host.open('out.csv')).toThrow('outside');
    expect(() => host.writeFile('out.csv', 'x', 'overwrite')).toThrow('outside');
    expect(() => host.writeFile('nowhere.csv', 'x', 'append')).toThrow('outside');
    expect(readFileSync(join(place, 'outside/secret.csv'), 'utf8')).toBe('secret');
  });

  it.each([
    ['MD5', '900150983cd24fb0d6963f7d28e17f72'],
    ['SHA-1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['sha256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['SHA3-256', '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532'],
    ['SHA-512/256', '53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23'],
  ])('knows %s by its name in Java', (algorithm, digest) => {
    expect(host.digest(algorithm, 'abc')).toBe(digest);
  });

  it('reads and writes through a link that stays', () => {
    host.writeFile('later.csv', 'new', 'overwrite');
    expect(host.readFile('data/new.csv', '')).toBe('new');
    expect(host.readFile('link.csv', '')).toBe('a');
  });
});
