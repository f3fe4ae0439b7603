import { describe, expect, it } from 'vitest';
import { isHostMeant, nearestPattern } from './host-pattern.ts';

describe('a pattern of hosts', () => {
  it.each([
    ['api.example.com', 'api.example.com', true],
    ['API.example.com', 'api.EXAMPLE.com', true],
    ['example.com', 'api.example.com', false],
    ['*.example.com', 'api.example.com', true],
    ['*.example.com', 'a.b.example.com', true],
    ['*.example.com', 'example.com', false],
    ['127.*', '127.0.0.1', true],
    ['a*b*c', 'a1b2c', true],
    ['a*b*c', 'acb', false],
    ['a*a', 'a', false],
    ['a*b*b', 'ab', false],
    ['*', 'anything', true],
    ['a.c', 'abc', false],
  ])('%s means %s: %s', (pattern, host, means) => expect(isHostMeant(pattern, host)).toBe(means));

  it.each([
    ['api.example.com', 'api.example.com'],
    ['b.example.com', '*.example.com'],
    ['b.test', '*'],
  ])('of several, the most exact is taken for %s: %s', (host, nearest) => {
    expect(nearestPattern(['*', '*.example.com', 'api.example.com'], host)).toBe(nearest);
  });

  it('may be missing', () => expect(nearestPattern(['a'], 'b')).toBeUndefined());
});
