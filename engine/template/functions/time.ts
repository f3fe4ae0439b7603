import { datePattern } from '../dates/date-pattern.ts';
import { remembered } from '../remembered.ts';
import { argument, storing, type TemplateFunction } from './function.ts';

/** JMeter's names for common patterns (`TimeFunction.java`). */
const aliases: Readonly<Record<string, string>> = {
  YMD: 'yyyyMMdd',
  HMS: 'HHmmss',
  YMDHMS: 'yyyyMMdd-HHmmss',
};

/**
 * `${__time(pattern,variable)}`: now. Without a pattern, milliseconds since 1970; `/1000` divides them; else a
 * Java date pattern, in the machine's time zone.
 */
export const time: TemplateFunction = {
  name: '__time',
  description: 'Now, in a Java date pattern; without one, in milliseconds since 1970.',
  example: { template: '${__time(yyyy-MM-dd)}', gives: '2026-03-01', varies: true },
  minArguments: 0,
  maxArguments: 2,
  usage: '([pattern], [variable])',
  setsVariable: 1,
  check(text, index) {
    if (index === 0) timeFormat(text);
  },
  make(args) {
    const pattern = argument(args, 0);
    const formats = remembered(timeFormat);
    return storing(args, 1, (scope) => formats(pattern(scope))(scope.nowEpochMs()));
  },
};

function timeFormat(pattern: string): (epochMs: number) => string {
  if (pattern === '') return (epochMs) => String(Math.floor(epochMs));
  const divisor = /^\/(\d+)$/.exec(pattern)?.[1];
  if (Number(divisor) === 0) throw new RangeError(`__time cannot divide by 0, found "${pattern}"`);
  if (divisor) return (epochMs) => String(Math.floor(epochMs / Number(divisor)));
  return datePattern(aliases[pattern] ?? pattern);
}
