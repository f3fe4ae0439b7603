import { expect, it } from 'vitest';
import { literalPattern } from './literal-pattern.ts';

const printable = Array.from({ length: 95 }, (_, n) => String.fromCharCode(32 + n)).join('');

it.each(['', 'u', 'g', 'i', 'gu'])('matches every printable text literally, with the flags "%s"', (flags) => {
  for (const text of Array.from(printable).concat(printable, 'a-b', 'ü🚀-\n')) {
    expect(new RegExp(`^${literalPattern(text)}$`, flags).exec(text)?.[0]).toBe(text);
  }
});
