import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';
import { configRenderer } from '../template/render.ts';
import { testScope } from '../template/test-support/scope.ts';

const plan = (request: string) => `name: P
defaults: { http: { baseUrl: "http://127.0.0.1:9"${request.includes('headers') ? ', headers: { A: { $chance: 0.5, value: outer } }' : ''} } }
variables: { type: , id: , n: "1" }
properties: { often: 30%, seldom: 130% }
threadGroups:
  - name: G
    steps:
      - set: { type: GCS, id: "", n: "1" }
      - http: ${request}
`;

/** What the http step is given, for a user with these variables and chances. */
async function rendered(
  request: string,
  given: { readonly variables?: Record<string, string>; readonly chances?: readonly number[] } = {},
): Promise<Record<string, unknown>> {
  const { compiled } = await prepareYaml(plan(request));
  expect(structuredClone(compiled)).toEqual(compiled);
  const step = compiled.groups[0]!.steps[1]!;
  if (step.type !== 'sampler') throw new Error('expected a sampler');
  const scope = testScope({ ...given, variables: given.variables ?? {} });
  return configRenderer(step.config)(scope) as Record<string, unknown>;
}

const half = (value: string) => `{ $chance: 50%, value: ${value} }`;
const type = (rest: string) => `{ $switch: "\${type}", ${rest} }`;

describe('a choice', () => {
  it.each([
    // By chance, at the start, in the middle and at the end.
    [`{ json: { a: ${half('1')}, b: 2 } }`, { chances: [0.4] }, '{"a":1,"b":2}'],
    [`{ json: { a: ${half('1')}, b: 2 } }`, { chances: [0.5] }, '{"b":2}'],
    [`{ json: { a: 1, b: ${half('2')}, c: 3 } }`, { chances: [0.9] }, '{"a":1,"c":3}'],
    [`{ json: { a: 1, b: ${half('2')} } }`, { chances: [0.9] }, '{"a":1}'],
    [`{ json: { a: ${half('1')}, b: ${half('2')} } }`, { chances: [0.9, 0.9] }, '{}'],
    [`{ json: { a: ${half('1')}, b: ${half('2')} } }`, { chances: [0.9, 0.1] }, '{"b":2}'],
    [`{ json: [${half('x')}, y, ${half('[z]')}] }`, { chances: [0.9, 0.1] }, '["y",["z"]]'],
    [
      `{ json: { deep: { list: [{ a: ${half('"${n}"')} }] } } }`,
      { variables: { n: '7' }, chances: [0] },
      '{"deep":{"list":[{"a":"7"}]}}',
    ],
    ['{ json: { a: { $chance: "${often}", value: 1 } } }', { chances: [0.29] }, '{"a":1}'],
    [
      '{ json: { a: { $chance: "${n}", value: 1 } } }',
      { variables: { n: '100%' }, chances: [0.99] },
      '{"a":1}',
    ],
    [`{ json: { a: { $chance: 50%, value: ${half('1')} } } }`, { chances: [0, 0.9] }, '{}'],
    // By a condition.
    [
      `{ json: { id: { $when: "\${id} != ''", value: "\${id}" } } }`,
      { variables: { id: 'i1' } },
      '{"id":"i1"}',
    ],
    [`{ json: { id: { $when: "\${id} != ''", value: "\${id}" } } }`, {}, '{}'],
    [
      `{ json: { n: { $when: "\${n} > 5", value: { $number: "\${n}" } } } }`,
      { variables: { n: '6' } },
      '{"n":6}',
    ],
    // By a text.
    [
      `{ json: { to: ${type('cases: { GCS: { bucket: b }, API: { url: u } }')} } }`,
      { variables: { type: 'API' } },
      '{"to":{"url":"u"}}',
    ],
    [
      `{ json: { to: ${type('cases: { GCS: 1 }, default: null')} } }`,
      { variables: { type: 'X' } },
      '{"to":null}',
    ],
    [`{ json: { to: ${type('cases: { GCS: 1 }')} } }`, {}, '{}'],
    [`{ json: { to: ${type("cases: { '': none }")} } }`, {}, '{"to":"none"}'],
    [
      `{ json: ${type('cases: { GCS: { bucket: b } }, default: {}')} }`,
      { variables: { type: 'GCS' } },
      '{"bucket":"b"}',
    ],
    ['{ json: { $json: "${n}" } }', { variables: { n: '{"a":[true,1]}' } }, '{"a":[true,1]}'],
  ])('%s with %o is sent as %s', async (request, given, expected) => {
    expect((await rendered(request, given))['json']).toBe(expected);
  });

  it.each([
    [`{ query: { page: 1, status: ${half('open')}, size: 10 } }`, { chances: [0.9] }, 'page=1&size=10'],
    [`{ query: { page: 1, status: ${half('open')} } }`, { chances: [0.1] }, 'page=1&status=open'],
    [`{ query: { status: ${half('[a, b]')}, size: 10 } }`, { chances: [0.1] }, 'status=a&status=b&size=10'],
    [`{ query: { status: [a, ${half('"b c"')}] } }`, { chances: [0.1] }, 'status=a&status=b%20c'],
    [`{ query: { status: ${half('"${n}"')} } }`, { variables: { n: 'ü' }, chances: [0.1] }, 'status=%C3%BC'],
    [`{ query: { status: ${half('x')} } }`, { chances: [0.9] }, ''],
    [`{ query: ${type('cases: { GCS: { a: 1 }, API: { b: 2 } }')} }`, { variables: { type: 'API' } }, 'b=2'],
  ])('%s with %o is the query %s', async (request, given, expected) => {
    expect((await rendered(request, given))['query']).toBe(expected);
    const form = request.replace('query:', 'form:');
    expect((await rendered(form, given))['form']).toBe(expected);
  });

  it.each([
    ['{ headers: {} }', { chances: [0.9] }, {}],
    ['{ headers: {} }', { chances: [0.1] }, { A: 'outer' }],
    [
      `{ headers: { a: { $when: "\${id} != ''", value: "\${id}" }, B: b } }`,
      { variables: { id: 'i' } },
      { a: 'i', B: 'b' },
    ],
    [`{ headers: { a: ${type('cases: { GCS: g }, default: d')} } }`, {}, { a: 'd' }],
    [`{ headers: { a: { $chance: 50%, value: ${type('cases: { GCS: g }')} } } }`, { chances: [0] }, {}],
  ])('%s with %o gives the headers %o', async (request, given, expected) => {
    expect((await rendered(request, given))['headers']).toEqual(expected);
  });

  it.each([
    [
      '{ json: { a: { $chance: 150%, value: 1 } } }',
      'plan.yaml:9:39: expected a chance from 0% to 100%, such as 30% or 0.3, found "150%"',
    ],
    [
      '{ query: { a: { $chanse: 50%, value: 1 } } }',
      'plan.yaml:9:29: a: expected a text or a number, or a list of them, found a map. Did you mean "$chance"?',
    ],
    ['{ form: { a: [{ b: 1 }] } }', 'a: expected a text or a number, or a list of them, found a map.'],
    ['{ json: { a: { $chance: "${seldom}", value: 1 } } }', 'found "130%"'],
    ['{ json: { a: { $chance: often, value: 1 } } }', 'found "often"'],
    [
      '{ json: { a: { $chance: 50%, valu: 1 } } }',
      'plan.yaml:9:50: unknown key "valu" beside $chance. Did you mean "value"?',
    ],
    ['{ json: { a: { $chance: 50%, valu: 1 } } }', '$chance needs "value" beside it'],
    ['{ json: { a: { $when: "${id} =", value: 1 } } }', 'plan.yaml:9:37: "${id} =" is not a comparison'],
    ['{ json: { a: { $when: "${idd} == 1", value: 1 } } }', 'nothing sets the variable "idd"'],
    ['{ json: { a: { $when: true, value: "${idd}" } } }', 'nothing sets the variable "idd"'],
    [
      '{ json: { a: { $switch: "${typ}", cases: { x: 1 } } } }',
      'nothing sets the variable "typ". Did you mean "type"?',
    ],
    ['{ json: { a: { $switch: "${type}", cases: [] } } }', 'cases: expected a map from texts to values'],
    ['{ json: { a: { $switch: "${type}", cases: { x: "${idd}" } } } }', 'nothing sets the variable "idd"'],
    ['{ json: { $chance: 50%, value: 1 } }', 'the whole cannot be left out'],
    ['{ json: { $switch: "${type}", cases: { x: 1 } } }', 'give $switch a default'],
    ['{ query: { $chance: 50%, value: 1 } }', 'expected a map of names and values'],
    ['{ headers: { A: { $chance: 50%, value: 5 } } }', 'headers.A.value: expected a text, found 5'],
    [
      '{ headers: { A: { $switch: x, cases: { x: [1] } } } }',
      'headers.A.cases.x: expected a text, found a list',
    ],
    ['{ timeout: { $chance: 50%, value: 5s } }', 'timeout: expected a duration'],
  ])('%s is a mistake: %s', async (request, message) => {
    expect((await mistakes(plan(request))).join('\n')).toContain(message);
  });

  it('that renders to no chance fails the sample', async () => {
    const request = '{ json: { a: { $chance: "${n}", value: 1 } } }';
    await expect(rendered(request, { variables: { n: 'much' } })).rejects.toThrow('found "much"');
  });
});
