import { beforeAll, describe, expect, it } from 'vitest';
import { testScope } from '../template/test-support/scope.ts';
import { jmesPath as jmesPathAssertion } from './assertions/jmes-path.ts';
import { jsonPath as jsonPathAssertion } from './assertions/json-path.ts';
import type { ElementUser, Extractor } from './element.ts';
import { jmesPath } from './extractors/jmes-path.ts';
import { jsonPath } from './extractors/json-path.ts';
import { loadKinds } from './load-kinds.ts';
import { change } from './processors/change.ts';
import { testAnswer } from './test-support/answer.ts';
import { processed } from './test-support/processed.ts';

/** Two neighbours that are one double, and numbers that JavaScript writes in another way. */
const body = `{"id":9007199254740993,"long":123456789012345678901234567890,"exp":1e21,"big":1E400,"price":1.10,"zero":-0,
"exact":0.123456789012345678901234567890,"deep":{"ids":[9007199254740993,9007199254740992,5]},
"items":[{"id":9007199254740992,"n":"a"},{"id":9007199254740993,"n":"b"},{"id":7,"n":"c"}]}`;

const answer = testAnswer({ text: body });

function extracted(kind: Extractor, config: object): string | undefined {
  const scope = testScope();
  const render = () => ({ match: 'first', default: 'none', applyTo: 'main', ...config });
  kind.build('x', { render })(answer, scope);
  return scope.variables.get('x');
}

beforeAll(() => loadKinds([{ kind: 'jmesPath' }]));

describe('numbers keep their digits', () => {
  it.each([
    ['$.id', '9007199254740993'],
    ['$.long', '123456789012345678901234567890'],
    ['$.exp', '1e21'],
    ['$.big', '1E400'],
    ['$.price', '1.10'],
    ['$.zero', '-0'],
    ['$.exact', '0.123456789012345678901234567890'],
    ['$.deep', '{"ids":[9007199254740993,9007199254740992,5]}'],
    ['$..ids[0]', '9007199254740993'],
    ['$.items[?@.id == 9007199254740993].n', 'b'],
    ['$.items[?@.id > 9007199254740992].n', 'b'],
    ['$.items[?@.id < 9007199254740993].n', 'a'],
    ['$.items[?@.id == $.id].n', 'b'],
    ['$.items[?@.id != $.id && @.id >= 9007199254740992].n', 'a'],
    ['$.items[?!(@.id <= 9007199254740992)].n', 'b'],
    ['$.items[?@ == $.items[1]].n', 'b'],
    ['$[?@ == 1000000000000000000000]', '1e21'],
    ['$[?@ == 1.1]', '1.10'],
    ['$.id.text', 'none'],
    ['$.id[*]', 'none'],
  ])('by the JSONPath %s: %s', (path, expected) => {
    expect(extracted(jsonPath, { jsonPath: path })).toBe(expected);
  });

  it.each([
    ['id', '9007199254740993'],
    ['big', '1E400'],
    ['price', '1.10'],
    ['deep', '{"ids":[9007199254740993,9007199254740992,5]}'],
    ['deep.ids[1]', '9007199254740992'],
    ['items[?id == `9007199254740993`].n', 'b'],
    ['items[?id > `9007199254740992`].n', 'b'],
    ['items[?id == `9007199254740993`].id', '9007199254740993'],
    ['max(deep.ids)', '9007199254740993'],
    ['min(deep.ids)', '5'],
    ['max_by(items, &id).n', 'b'],
    ['sort_by(items, &id)[2].n', 'b'],
    ['to_string(id)', '9007199254740993'],
    ["join(',', deep.ids[].to_string(@))", '9007199254740993,9007199254740992,5'],
    ['length(items)', '3'],
    ['type(id)', 'number'],
    ['id.text', 'none'],
    ['{a: id}', '{"a":9007199254740993}'],
    ['contains(deep.ids, `9007199254740993`) && exp', '1e21'],
  ])('by the JMESPath %s: %s', (path, expected) => {
    expect(extracted(jmesPath, { jmesPath: path })).toBe(expected);
  });

  it.each([
    ['$.id', { equals: '9007199254740993' }, true],
    ['$.id', { equals: '9007199254740992' }, false],
    ['$.id', { contains: '0993' }, true],
    ['$.id', { matches: '^9007199254740993$' }, true],
    ['$.id', { oneOf: ['9007199254740992', '9007199254740993'] }, true],
    ['$.price', { equals: 1.1 }, true],
    ['$.price', { equals: '1.10' }, true],
    ['$.exp', { equals: '1000000000000000000000' }, true],
    ['$.deep.ids', { equals: '9007199254740993' }, true],
    ['$.deep.ids', { equals: '[9007199254740993,9007199254740992,5]' }, true],
    ['$.items', { minLength: 3, maxLength: 3 }, true],
    ['$.id', { minLength: 0 }, false],
    ['$.id', { isNull: false }, true],
  ])('in the assertion of %s with %o: %s', (path, options, passes) => {
    const user = testScope() as unknown as ElementUser;
    const site = { slot: 0, at: '' };
    const config = { whole: false, not: false, applyTo: 'main', ...options };
    const byJsonPath = jsonPathAssertion.build({ render: () => ({ jsonPath: path, ...config }) }, site);
    const byJmesPath = jmesPathAssertion.build(
      { render: () => ({ jmesPath: path.slice(2), ...config }) },
      site,
    );
    expect([byJsonPath(answer, user) === null, byJmesPath(answer, user) === null]).toEqual([passes, passes]);
  });

  it('in a changed object', () => {
    const variables = { config: '{"id":9007199254740993,"rate":1e-7,"a":{"b":123456789012345678901}}' };
    const given = { change: 'config', beneath: 'a', merge: '{"c":true,"n":1.10e3}', toggle: 'c' };
    expect(processed(change, given, { variables })).toEqual({
      config: '{"id":9007199254740993,"rate":1e-7,"a":{"b":123456789012345678901,"c":false,"n":1.10e3}}',
    });
  });
});
