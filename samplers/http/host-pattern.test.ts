import fc from 'fast-check';
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

  it('means every host from which it was made by putting * for a part', () => {
    const host = fc.stringMatching(/^[a-z.]{1,12}$/);
    fc.assert(
      fc.property(host, fc.nat(12), fc.nat(12), fc.nat(12), (name, ...cuts) => {
        const [from = 0, to = 0, last = 0] = cuts.toSorted((a, b) => a - b);
        expect(isHostMeant(`${name.slice(0, from)}*${name.slice(to)}`, name)).toBe(true);
        expect(isHostMeant(`${name.slice(0, from)}*${name.slice(to, last)}*`, name)).toBe(true);
      }),
    );
  });

  it('may be missing', () => expect(nearestPattern(['a'], 'b')).toBeUndefined());
});
