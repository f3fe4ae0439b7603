import { beforeAll, describe, expect, it } from 'vitest';
import { boundPatterns } from '../run/bounded-patterns.ts';
import { mayTakeLong } from './pattern-cost.ts';
import { parsePattern } from './pattern.ts';

beforeAll(boundPatterns);

describe('a pattern that V8 can match in linear time', () => {
  it.each(['(a+)+$', '"id":"([^"]+)"', '(a|a)*b', '(?:x*)*y'])('%s is bounded by it', (pattern) => {
    expect(mayTakeLong(parsePattern(pattern), 10_000_000)).toBe(false);
  });

  it('may find many matches in a long text, of which each looks far', () => {
    const pattern = parsePattern('x[^]*?y|x', { global: true });
    expect([mayTakeLong(pattern, 1000), mayTakeLong(pattern, 1_000_000)]).toEqual([false, true]);
  });
});

describe('of other patterns the repetitions are counted', () => {
  it.each([
    ['(?i)name="token"', 1_000_000, false],
    ['(?i)name="([^"]+)"', 5_000, false],
    ['(?i)name="([^"]+)"', 50_000, true],
    ['(?i)a.*b.*c', 400, false],
    ['(?i)a.*b.*c', 5_000, true],
    ['(?=a)^(a+)+$', 40, true],
    ['(?=a)^(a|a)*$', 40, true],
    ['(?=a)^(?:a?){20}b', 40, true],
    ['(?=a)^((ab)*c)*$', 40, true],
    ['(?=a)^(?:(?:ab))*$', 40, false],
    ['(?<name>a+)\\k<name>', 5_000, false],
    ['(?=x)[*+(]\\*\\+\\(', 1_000_000, false],
    ['(a{1,30}){1,30}', 40, true],
    ['(?!a)(foo|bar)=(\\w+)', 5_000, false],
  ])('%s on %d characters may take long: %s', (pattern, characters, expected) => {
    expect(mayTakeLong(parsePattern(pattern), characters)).toBe(expected);
  });
});
