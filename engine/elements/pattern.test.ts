import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePattern } from '../template/pattern.ts';
import { groupCount } from './pattern.ts';
import { remembered } from '../template/remembered.ts';

describe('parsePattern', () => {
  it('matches what JavaScript matches where no flags stand at the start', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab.|]{0,6}$/), fc.stringMatching(/^[ab\n]{0,6}$/), (pattern, text) => {
        expect(parsePattern(pattern).test(text)).toBe(new RegExp(pattern).test(text));
        expect(parsePattern(pattern, { whole: true }).test(text)).toBe(
          new RegExp(`^(?:${pattern})$`).test(text),
        );
      }),
    );
  });

  it.each([
    ['(?i)a', 'i'],
    ['(?smi)a', 'ims'],
    ['(?ii)a', 'i'],
    ['(?=a)a', ''],
    ['(?:a)', ''],
    ['(?<n>a)', ''],
  ])('%s has the flags "%s"', (pattern, flags) => {
    expect(parsePattern(pattern).flags).toBe(flags);
  });
});

describe('groupCount', () => {
  it.each([
    ['a', 0],
    ['(a)(?:b)((c))', 3],
    ['(a)|\\(b', 1],
    ['', 0],
  ])('of %s is %d', (pattern, count) => {
    expect(groupCount(parsePattern(pattern, { global: true }))).toBe(count);
  });
});

describe('remembered', () => {
  it('makes each of the last texts once, and keeps no endless series', () => {
    const made: string[] = [];
    const valueOf = remembered((text) => made.push(text), 2);
    ['a', 'a', 'b', 'a', 'c', 'a'].forEach((text) => valueOf(text));
    expect(made).toEqual(['a', 'b', 'c', 'a']);
  });
});
