import { describe, expect, it } from 'vitest';
import type { Json } from '../../model/json.ts';
import { testScope } from '../../template/test-support/scope.ts';
import { testAnswer } from '../test-support/answer.ts';
import { jsonPath } from './json-path.ts';

function extracted(
  path: string,
  document: Json | undefined,
  match: unknown = 'first',
): Record<string, string> {
  const scope = testScope();
  const extract = jsonPath.build('x', {
    render: () => ({ jsonPath: path, match, default: '-', applyTo: 'main' }),
  });
  extract(testAnswer({ json: document }), scope);
  return Object.fromEntries(scope.variables);
}

const store: Json = {
  items: [
    { id: 7, name: 'a' },
    { id: 8, name: null },
  ],
  open: true,
  'odd key': 'ü',
  nested: { a: [1] },
};

describe('jsonPath', () => {
  it.each([
    ['$.items[0].id', '7'],
    ['$.items[-1].id', '8'],
    ['$.open', 'true'],
    ["$['odd key']", 'ü'],
    ['$.nested', '{"a":[1]}'],
    ['$.nested.a', '[1]'],
    ['$..id', '7'],
    ['$.items[?@.id > 7].id', '8'],
    ['$.items[1].name', '-'],
    ['$.missing', '-'],
  ])('%s is %s', (path, expected) => {
    expect(extracted(path, store)['x']).toBe(expected);
  });

  it('sets every match', () => {
    expect(extracted('$.items[*].id', store, 'all')).toEqual({ x_1: '7', x_2: '8', x_matchNr: '2' });
  });

  it.each([undefined, 'text', 5, null])('finds nothing in %j', (document) => {
    expect(extracted('$.x', document)).toEqual({ x: '-', x_matchNr: '0' });
  });

  it.each(['$.[', 'id', '$.items[', ''])('refuses the path "%s" before the run', (path) => {
    expect(jsonPath.check?.({ jsonPath: path })).toContain('is not a JSONPath');
  });
});
