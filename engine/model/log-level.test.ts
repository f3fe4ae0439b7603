import { expect, it } from 'vitest';
import { isLogged, type LogThreshold } from './log-level.ts';

it.each<[LogThreshold, string[]]>([
  ['ALL', ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL_ERROR', 'OUT', 'ERR']],
  ['DEBUG', ['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL_ERROR', 'OUT', 'ERR']],
  ['INFO', ['INFO', 'WARN', 'ERROR', 'FATAL_ERROR', 'OUT', 'ERR']],
  ['ERROR', ['ERROR', 'FATAL_ERROR', 'OUT', 'ERR']],
  ['OFF', []],
])('-L %s keeps %j', (threshold, kept) => {
  const all = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL_ERROR', 'OUT', 'ERR'];
  expect(all.filter((level) => isLogged(level, threshold))).toEqual(kept);
});
