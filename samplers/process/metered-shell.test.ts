import { expect, it } from 'vitest';
import { cpuMsOf } from './metered-shell.ts';

it.each([
  ['dash', '0m0.000000s 0m0.000000s\n0m2.200000s 0m0.010000s\n', 2210],
  ['bash', '0m0.002s 0m0.001s\n1m2.034s 0m0.206s\n', 62_240],
  ['a shell with a decimal comma', '0m0,002s 0m0,001s\n0m0,034s 0m0,000s\n', 34],
  ['a shell that was killed', '', undefined],
  ['half a line', '0m0.002s 0m0.001s\n0m2.0', undefined],
])('the processor time of children is read from %s', (_, printed, expected) => {
  expect(cpuMsOf(printed)).toBe(expected);
});
