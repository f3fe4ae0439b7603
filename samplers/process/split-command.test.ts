import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitCommand } from './split-command.ts';

it.each([
  ['pytest -q tests', ['pytest', '-q', 'tests']],
  ['  a \t b\nc ', ['a', 'b', 'c']],
  [`a 'b c' "d e"`, ['a', 'b c', 'd e']],
  [`a'b'"c"d`, ['abcd']],
  [`a '' ""`, ['a', '', '']],
  ['a b\\ c \\"', ['a', 'b c', '"']],
  [`"a \\" \\$ \\n" '\\'`, ['a " $ \\n', '\\']],
  ['echo $HOME *.csv | wc > out; x', ['echo', '$HOME', '*.csv', '|', 'wc', '>', 'out;', 'x']],
  ['', []],
  [' ', []],
])('%j is %j', (text, words) => {
  expect(splitCommand(text)).toEqual(words);
});

it.each(["a 'b", 'a "b', 'a "b\\"', 'a \\'])('%j leaves a quote open', (text) => {
  expect(splitCommand(text)).toBeNull();
});

it('splits as the shell does what holds nothing to expand', () => {
  const pieces = fc.constantFrom('a', 'b c', "'", '"', "'x y'", '"p q"', '\\ ', '\\\\', ' ', '""', '-');
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
      (text) => {
        const words = splitCommand(text);
        fc.pre(words !== null);
        const printed = execFileSync('/bin/sh', [
          '-c',
          `for word in ${text.replaceAll('\n', ' ')}
do printf '%s\\n' "$word"; done`,
        ]);
        expect(words.map((word) => `${word}\n`).join('')).toBe(printed.toString());
      },
    ),
    { numRuns: 40 },
  );
});
