import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cut, wrap } from './wrap.ts';

it.each([
  ['one two three', 7, '', ['one two', 'three']],
  ['one two three', 9, '  ', ['  one two', '  three']],
  ['incomprehensible word', 5, '', ['incomprehensible', 'word']],
  ['', 10, '  ', []],
])('wrap("%s", %d, "%s") is %j', (text, columns, indent, lines) => {
  expect(wrap(text, columns, indent)).toEqual(lines);
});

it('wrap keeps every word in order, and no line is too long that holds two', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 30 });
  fc.assert(
    fc.property(words, fc.integer({ min: 4, max: 40 }), (given, columns) => {
      const lines = wrap(given.join(' '), columns, '  ');
      expect(lines.flatMap((line) => line.trim().split(' '))).toEqual(given);
      for (const line of lines.filter((each) => each.trim().includes(' ')))
        expect(line.length).toBeLessThanOrEqual(columns);
    }),
  );
});

it('cut leaves room for the sign that something was cut', () => {
  expect([cut('abcdef', 6), cut('abcdef', 4)]).toEqual(['abcdef', 'abc…']);
});
