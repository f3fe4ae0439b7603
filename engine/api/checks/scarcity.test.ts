import { describe, expect, it } from 'vitest';
import { prepareYaml } from '../../../test/support/prepare-yaml.ts';
import { plannedConnections } from './planned-connections.ts';
import { scarcities, supplyOfMachine } from './scarcity.ts';

const groups = (text: string) => `name: x\nthreadGroups:\n${text}`;
const group = (name: string, threads: number, steps: string, more = '') =>
  `  - { name: ${name}, threads: ${threads}, loops: 1${more}, steps: [${steps}] }\n`;

describe('plannedConnections', () => {
  it.each<[string, string, Record<string, number>]>([
    [
      'one a user and origin',
      group('A', 7, "{ get: 'http://a:1/x' }, { get: 'http://a:1/y' }, { get: 'http://b/' }"),
      { 'http://a:1': 7, 'http://b': 7 },
    ],
    [
      'groups add up',
      group('A', 7, "{ get: 'http://a/' }") + group('B', 2, "{ get: 'http://a/' }"),
      { 'http://a': 9 },
    ],
    [
      'one after the other does not',
      group('A', 7, "{ get: 'http://a/' }") + group('B', 9, "{ get: 'http://a/' }", ', startAfter: A'),
      { 'http://a': 9 },
    ],
    [
      'resources of pages',
      group('A', 7, "{ get: { path: 'http://a/', embedded: true } }"),
      { 'http://a': 42 },
    ],
    [
      'as many as the plan says',
      group('A', 7, "{ get: { path: 'http://a/', embedded: { parallel: 2 } } }"),
      { 'http://a': 14 },
    ],
    ['not those that are shared', group('A', 7, "{ get: { path: 'http://a/', connections: shared } }"), {}],
    ['inside controllers', group('A', 7, "{ loop: 2, steps: [{ get: 'http://a/' }] }"), { 'http://a': 7 }],
    [
      'of an address made by a template',
      group('A', 7, "{ get: 'http://${__P(h,a)}${__time()}/' }"),
      { 'an address that templates make': 7 },
    ],
  ])('%s', async (_case, text, expected) => {
    const { compiled } = await prepareYaml(groups(text));
    expect(Object.fromEntries(plannedConnections(compiled))).toEqual(expected);
  });
});

describe('scarcities', () => {
  const planned = new Map([['http://a', 400]]);
  it.each<[string, Parameters<typeof scarcities>[1], RegExp[]]>([
    ['enough of everything', { openFiles: 1024, filesInUse: 30, ports: 28_232 }, []],
    ['nothing known', { openFiles: null, filesInUse: 0, ports: null }, []],
    ['just enough files', { openFiles: 470, filesInUse: 30, ports: null }, []],
    [
      'too few files',
      { openFiles: 256, filesInUse: 30, ports: null },
      [/at least 400 connections.*ulimit -n allows: 256.*run ulimit -n 1024 first/],
    ],
    [
      'too few ports',
      { openFiles: null, filesInUse: 30, ports: 50 },
      [/at least 400 connections to http:\/\/a.*leaves 50 local ports/],
    ],
  ])('%s', (_case, supply, sentences) => {
    const found = scarcities(planned, supply);
    expect(found).toHaveLength(sentences.length);
    for (const [n, sentence] of sentences.entries()) expect(found[n]).toMatch(sentence);
  });

  it('reads the supply of this machine', () => {
    expect(supplyOfMachine().filesInUse).toBeGreaterThanOrEqual(0);
  });
});
