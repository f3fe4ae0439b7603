import type { DateParts } from './date-field.ts';
import type { DateNames } from './date-names.ts';
import { civilDay, firstWeekStart } from './date-weeks.ts';
import { zonedEpochMs } from './date-zone.ts';

const limits = [
  ['quarter', 1, 4],
  ['month', 1, 12],
  ['day', 1, 31],
  ['dayOfYear', 1, 366],
  ['week', 1, 53],
  ['hour', 0, 23],
  ['halfHour', 0, 11],
  ['minute', 0, 59],
  ['second', 0, 59],
  ['dayMs', 0, 86_399_999],
] as const;

/**
 * Milliseconds since 1970 of what was read of a date. What is missing is this year, January, the first, midnight;
 * a 31st of a shorter month is its last day, as in Java. Throws a `RangeError` for a month 13 and the like.
 */
export function resolvedEpochMs(
  parts: DateParts,
  names: DateNames,
  nowEpochMs: number,
  text: string,
): number {
  for (const [part, least, most] of limits) {
    const value = parts.numbers.get(part) ?? least;
    if (value < least || value > most) {
      throw new RangeError(`${text} is not a date: its ${part} is ${value}, expected ${least} to ${most}`);
    }
  }
  const day = dayOf(parts, names, nowEpochMs);
  const timeMs = timeOfDayMs(parts);
  if (parts.zone) return zonedEpochMs(day * 86_400_000 + timeMs, parts.zone);
  const shown = new Date(day * 86_400_000 + timeMs);
  const local = new Date(0);
  local.setFullYear(shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate());
  local.setHours(
    shown.getUTCHours(),
    shown.getUTCMinutes(),
    shown.getUTCSeconds(),
    shown.getUTCMilliseconds(),
  );
  return local.getTime();
}

/** As a civil day: days since 1970-01-01 on the calendar. */
function dayOf({ numbers }: DateParts, names: DateNames, nowEpochMs: number): number {
  const written = numbers.get('year') ?? new Date(nowEpochMs).getFullYear();
  const year = numbers.get('era') === 0 ? 1 - written : written;
  const dayOfYear = numbers.get('dayOfYear');
  if (dayOfYear !== undefined) return civilDay(year, 0, dayOfYear);
  const week = numbers.get('week');
  if (week !== undefined && !numbers.has('month')) {
    const start = firstWeekStart(civilDay(numbers.get('weekYear') ?? year, 0, 1), names);
    const weekday = numbers.get('weekday') ?? names.firstWeekday;
    return start + (week - 1) * 7 + ((weekday - names.firstWeekday + 7) % 7);
  }
  const monthIndex = (numbers.get('month') ?? (numbers.get('quarter') ?? 1) * 3 - 2) - 1;
  return civilDay(year, monthIndex, Math.min(numbers.get('day') ?? 1, lastDayOf(year, monthIndex)));
}

function lastDayOf(year: number, monthIndex: number): number {
  return new Date(Date.UTC(2000 + (year % 400), monthIndex + 1, 0)).getUTCDate();
}

/** Throws a `RangeError` for a day that its month, or its year, does not have. */
export function checkDay({ numbers }: DateParts, text: string): void {
  const [year = 2000, month, day = 1] = (['year', 'month', 'day'] as const).map((part) => numbers.get(part));
  const isNone = month !== undefined && day > lastDayOf(year, month - 1);
  if (isNone || (numbers.get('dayOfYear') ?? 1) > (lastDayOf(year, 1) === 29 ? 366 : 365))
    throw new RangeError(`${text} is not a date: there is no such day`);
}

function timeOfDayMs({ numbers }: DateParts): number {
  const dayMs = numbers.get('dayMs');
  if (dayMs !== undefined) return dayMs;
  const at = (part: 'half' | 'halfHour' | 'minute' | 'second' | 'millisecond') => numbers.get(part) ?? 0;
  const hours = numbers.get('hour') ?? at('half') * 12 + at('halfHour');
  return ((hours * 60 + at('minute')) * 60 + at('second')) * 1000 + at('millisecond');
}
