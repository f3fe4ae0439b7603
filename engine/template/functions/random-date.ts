import { messageOf } from '../../model/errors.ts';
import { civilDay } from '../dates/date-weeks.ts';
import { dateFormats, type DateFormat } from '../dates/date-format.ts';
import { dateNames } from '../dates/date-names.ts';
import type { RenderScope } from '../scope.ts';
import { argument, storing, type TemplateFunction } from './function.ts';

/**
 * `${__RandomDate(pattern,start,end,locale,variable)}`: a day from start (today, when empty) until before end, both in
 * the Java date pattern. Dates that cannot be read, or an end that is not after the start, are logged and give no
 * text (`RandomDate.java`, which goes on from 1970 when a date cannot be read).
 */
export const randomDate: TemplateFunction = {
  name: '__RandomDate',
  description: 'A day by chance, from the first date until before the second.',
  example: {
    template: '${__RandomDate(yyyy-MM-dd,2026-01-01,2026-12-31,,)}',
    gives: '2026-08-13',
    varies: true,
  },
  minArguments: 3,
  maxArguments: 5,
  usage: '([pattern = yyyy-MM-dd], [start = today], end, [locale], [variable])',
  setsVariable: 4,
  check(text, index) {
    if (index === 0 && text !== '') dateFormats()(text.trim(), '');
    if (index === 3) dateNames(text);
  },
  make(args) {
    const [pattern, start] = [argument(args, 0, 'yyyy-MM-dd'), argument(args, 1)];
    const [end, locale] = [argument(args, 2), argument(args, 3)];
    const formats = dateFormats();
    return storing(args, 4, (scope) => {
      const format = formats(pattern(scope).trim(), locale(scope).trim());
      try {
        const nowEpochMs = scope.nowEpochMs();
        const first = start(scope).trim();
        const from = first === '' ? new Date(nowEpochMs) : new Date(format.read(first, nowEpochMs));
        return randomDay(
          { from, until: new Date(format.read(end(scope).trim(), nowEpochMs)), format },
          scope,
        );
      } catch (error) {
        scope.host.log('ERROR', `__RandomDate: ${messageOf(error)}`);
        return '';
      }
    });
  },
};

interface Days {
  readonly from: Date;
  readonly until: Date;
  readonly format: DateFormat;
}

function randomDay({ from, until, format }: Days, scope: RenderScope): string {
  const days = day(until) - day(from);
  if (days <= 0)
    throw new RangeError(`the end ${until.toDateString()} is not after the start ${from.toDateString()}`);
  const chosen = new Date(0);
  chosen.setFullYear(from.getFullYear(), from.getMonth(), from.getDate() + Math.floor(scope.random() * days));
  chosen.setHours(0, 0, 0, 0);
  return format.write(chosen.getTime());
}

function day(date: Date): number {
  return civilDay(date.getFullYear(), date.getMonth(), date.getDate());
}
