import { describe, expect, it } from 'vitest';
import { testScope } from '../template/test-support/scope.ts';
import { chooseMatch } from './match.ts';

describe('chooseMatch', () => {
  it.each([
    ['first', ['a', 'b'], { x: 'a', x_matchNr: '2' }],
    [2, ['a', 'b'], { x: 'b', x_matchNr: '2' }],
    [3, ['a', 'b'], { x: 'none', x_matchNr: '2' }],
    ['first', [], { x: 'none', x_matchNr: '0' }],
    ['random', [], { x: 'none', x_matchNr: '0' }],
    ['all', ['a', 'b'], { x_1: 'a', x_2: 'b', x_matchNr: '2' }],
    ['all', [], { x: 'none', x_matchNr: '0' }],
  ] as const)('%s of %j', (match, values, expected) => {
    const scope = testScope();
    chooseMatch(scope, 'x', values, { match, default: 'none' });
    expect(Object.fromEntries(scope.variables)).toEqual(expected);
  });

  it.each([
    [0, 'a'],
    [0.49, 'b'],
    [0.99, 'c'],
  ])('random by chance %d is %s', (chance, expected) => {
    const scope = testScope({ chances: [chance] });
    chooseMatch(scope, 'x', ['a', 'b', 'c'], { match: 'random', default: '' });
    expect(scope.variables.get('x')).toBe(expected);
  });

  it.each([
    ['first', ['a', 'b'], 0],
    [2, ['a', 'b'], 1],
    [3, ['a', 'b'], -1],
    ['random', [], -1],
    ['all', ['a'], 0],
    ['all', [], -1],
  ] as const)('%s of %j is the place %d', (match, values, place) => {
    expect(chooseMatch(testScope(), 'x', values, { match, default: '' })).toBe(place);
  });

  it('takes away what a longer result left', () => {
    const scope = testScope();
    chooseMatch(scope, 'x', ['a', 'b', 'c'], { match: 'all', default: '' });
    chooseMatch(scope, 'x', ['d'], { match: 'all', default: '' });
    expect(Object.fromEntries(scope.variables)).toEqual({ x_1: 'd', x_matchNr: '1' });
  });
});
