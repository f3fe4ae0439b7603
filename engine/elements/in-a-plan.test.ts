import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';
import type { CompiledSampler } from '../model/compiled-plan.ts';

const plan = (extract: readonly string[], assert: readonly string[]) => `name: T
threadGroups:
  - name: G
    steps:
      - get: http://127.0.0.1:9/
        extract:
          first: $.first
${extract.map((each) => `          ${each}\n`).join('')}        assert:
          - status: 2xx
${assert.map((each) => `          - ${each}\n`).join('')}`;

const extracts = [
  "a: { regex: 'id=(\\d+)', template: '$1$', match: 2, default: none, from: headers }",
  "b: { boundary: { left: 'x' }, from: url }",
  'c: { header: location }',
  'd: { jmesPath: a.b, source: a }',
  "e: { css: 'a[href]', attribute: href, match: all }",
  "f: { xpath: '//p:a', namespaces: { p: urn } }",
];

const asserts = [
  '{ contains: ok }',
  "{ contains: [a, '${a_g1}'], any: true, in: headers }",
  '{ notContains: ok, message: there }',
  "{ matches: '\\d+', whole: true }",
  "{ equals: 'x${b}' }",
  '{ jsonPath: $.data.items, minLength: 1 }',
  '{ jsonPath: $.status, oneOf: [completed, failed, 5] }',
  "{ jsonPath: $.status, equals: '${a}' }",
  '{ jmesPath: a, equals: 5, contains: b, matches: c }',
  '{ size: { atLeast: 1 }, of: all }',
  "{ xpath: '//a', contains: b }",
  '{ xml: true }',
  '{ header: content-type, contains: json }',
  '{ hash: md5, equals: d41d8cd98f00b204e9800998ecf8427e }',
  '{ duration: 2s }',
];

describe('extractors and assertions in a plan', () => {
  it('are known by one of their keys', async () => {
    const { compiled } = await prepareYaml(plan(extracts, asserts));
    const step = compiled.groups[0]?.steps[0] as CompiledSampler;
    expect(step.extractors.map(({ variable, kind }) => `${variable} ${kind}`)).toEqual([
      'first jsonPath',
      'a regex',
      'b boundary',
      'c header',
      'd jmesPath',
      'e css',
      'f xpath',
    ]);
    expect(step.assertions.map(({ kind }) => kind).join(' ')).toBe(
      'status contains contains notContains matches equals jsonPath jsonPath jsonPath jmesPath size xpath xml header hash duration',
    );
  });

  it.each([
    ["a: { regex: '(' }", 'Unterminated group'],
    ["a: { regex: '(a)', template: $2$ }", 'speaks of group 2'],
    ["a: { css: 'a[' }", 'is not a CSS selector'],
    ['a: { boundary: {} }', 'boundary'],
    ["a: { regex: a, source: '${b}' }", 'source'],
    ['a: { header: a, from: body }', 'unknown key "from"'],
    ['a: { regex: a, css: b }', 'expected one kind'],
  ])('refuses the extractor %s', async (written, expected) => {
    expect((await mistakes(plan([written], []))).join('\n')).toContain(expected);
  });

  it.each([
    ["{ matches: '(' }", 'Unterminated group'],
    ['{ contains: [] }', 'contains'],
    ['{ xml: false }', 'xml'],
    ['{ size: { least: 1 } }', 'unknown key "least"'],
    ['{ hash: md5, equals: abc }', 'has 32 hexadecimal digits'],
    ["{ contains: '${nobody}' }", 'nobody'],
  ])('refuses the assertion %s', async (written, expected) => {
    expect((await mistakes(plan([], [written]))).join('\n')).toContain(expected);
  });
});
