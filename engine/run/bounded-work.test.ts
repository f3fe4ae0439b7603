import { describe, expect, it } from 'vitest';
import { boundedWork } from './bounded-work.ts';

const bounded = boundedWork({ leastMs: 20 });

describe('work that is bounded', () => {
  it('gives what it gives, undefined too', () => {
    const nothing: unknown = undefined;
    expect([bounded('a', 1, () => 7), bounded('a', null, () => nothing)]).toEqual([7, nothing]);
  });

  it('throws what it throws', () => {
    const error = new TypeError('mine');
    expect(() =>
      bounded('a', 1, () => {
        throw error;
      }),
    ).toThrow(error);
  });

  it('may hold more of it', () => {
    expect(bounded('outer', 1, () => bounded('inner', 1, () => 1) + 1)).toBe(2);
  });

  it.each([
    ['a pattern', () => /(?=a)^(a+)+$/.test(`${'a'.repeat(60)}b`)],
    [
      'a loop',
      () => {
        for (;;);
      },
    ],
    [
      'a loop that catches',
      () => {
        for (;;) {
          try {
            for (;;);
          } catch {
            // It cannot be caught.
          }
        }
      },
    ],
  ])('%s is ended, and what comes after it works', (what, act) => {
    expect(() => bounded(what, 40_000, act)).toThrow(
      new RangeError(
        `${what} took longer than 60 ms on a text of 40,000 characters and was ended. Make it simpler, or have it look at less`,
      ),
    );
    expect(bounded('a', 1, () => 'whole')).toBe('whole');
  });
});
