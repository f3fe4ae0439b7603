import { messageOf } from '../../model/errors.ts';
import { dateFormats } from '../dates/date-format.ts';
import { dateNames } from '../dates/date-names.ts';
import { isoDurationMs } from '../dates/iso-duration.ts';
import type { RenderScope } from '../scope.ts';
import { argument, storing, wholeNumber, type TemplateFunction } from './function.ts';

/**
 * `${__timeShift(pattern,date,shift,locale,variable)}`: a date (now, when empty) and a duration (`P2DT3H`, `-PT5M`) later.
 * Without a pattern dates are milliseconds since 1970. What the date leaves out is this year's first of January,
 * midnight. With four arguments the last is the variable.
 *
 * As in JMeter (`TimeShift.java`) a date that cannot be read counts as now, a duration as none; both are logged.
 */
export const timeShift: TemplateFunction = {
  name: '__timeShift',
  description:
    'A date, or now, and a duration later (`P2DT3H`) or earlier (`-PT5M`), in a Java date pattern.',
  example: { template: '${__timeShift(yyyy-MM-dd,2026-02-27,P2D,,)}', gives: '2026-03-01' },
  minArguments: 4,
  maxArguments: 5,
  usage: '([pattern = milliseconds], [date = now], [shift], [locale], [variable])',
  setsVariable: -1,
  check(text, index, count) {
    if (index === 0 && text.trim() !== '') dateFormats()(text.trim(), '');
    if (index === 2 && text.trim() !== '' && isoDurationMs(text.trim()) === undefined)
      throw new RangeError(noShift(text.trim()));
    if (index === 3 && count > 4) dateNames(text);
  },
  make(args) {
    const [pattern, date, shift] = [argument(args, 0), argument(args, 1), argument(args, 2)];
    const locale = args.length > 4 ? argument(args, 3) : () => '';
    const formats = dateFormats();
    return storing(args, args.length - 1, (scope) => {
      const letters = pattern(scope).trim();
      const format = letters === '' ? milliseconds : formats(letters, locale(scope));
      const nowEpochMs = Math.floor(scope.nowEpochMs());
      const read = () => format.read(date(scope).trim(), nowEpochMs);
      const fromMs = date(scope).trim() === '' ? nowEpochMs : readOrNow(read, nowEpochMs, scope);
      return format.write(fromMs + shiftMs(shift(scope).trim(), scope));
    });
  },
};

const milliseconds = {
  read: (text: string) => wholeNumber(text, 'the date of __timeShift'),
  write: (epochMs: number) => String(epochMs),
};

function readOrNow(read: () => number, nowEpochMs: number, scope: RenderScope): number {
  try {
    return read();
  } catch (error) {
    scope.host.log('ERROR', `__timeShift takes now: ${messageOf(error)}`);
    return nowEpochMs;
  }
}

function shiftMs(text: string, scope: RenderScope): number {
  if (text === '') return 0;
  const ms = isoDurationMs(text);
  if (ms === undefined) {
    scope.host.log('ERROR', noShift(text));
  }
  return ms ?? 0;
}

function noShift(text: string): string {
  return `__timeShift does not shift: "${text}" is not a duration such as P2DT3H or -PT5M`;
}
