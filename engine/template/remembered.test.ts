import { describe, expect, it } from 'vitest';
import { remembered } from './remembered.ts';

describe('remembered', () => {
  it('makes once what is asked for again, and forgets the oldest beyond the limit', () => {
    const made: string[] = [];
    const get = remembered((text) => ({ size: made.push(text) }), 2);
    for (const text of ['a', 'b', 'a', 'c', 'b', 'a']) get(text);
    expect(made).toEqual(['a', 'b', 'c', 'a']);
  });
});
