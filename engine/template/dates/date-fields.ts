import { digits, either, named, year, zone, type DateField, type Value, type Words } from './date-field.ts';
import { nameStyle } from './date-names.ts';
import { weekOfMonth, weekOfYear } from './date-weeks.ts';
import { gmtOffset, isoOffset, offsetSource, offsetText, zoneId, zoneName, zoneSource } from './date-zone.ts';

const month: Value = (date) => date.getMonth() + 1;
const quarter: Value = (date) => Math.floor(date.getMonth() / 3) + 1;
const quarters: Words = (_, width) =>
  ['1st', '2nd', '3rd', '4th'].map((nth) =>
    width === 3 ? `Q${nth.slice(0, 1)}` : width === 4 ? `${nth} quarter` : nth.slice(0, 1),
  );
const weekday: Value = (date) => date.getDay();
const weekdays: Words = (names, width) => names.weekdays(nameStyle(width));
const dayOfWeek = either(
  digits('ignored', (date, { firstWeekday }) => ((date.getDay() - firstWeekday + 7) % 7) + 1),
  named('weekday', weekday, weekdays),
);
const quarterOfYear = either(digits('quarter', quarter), named('quarter', quarter, quarters, 1));
const dayMs = (date: Date) =>
  ((date.getHours() * 60 + date.getMinutes()) * 60 + date.getSeconds()) * 1000 + date.getMilliseconds();
const perMs = 1_000_000;

/** Every letter that a date pattern may hold, with its meaning in `java.time.format.DateTimeFormatter`. */
export const dateFields: Readonly<Record<string, DateField>> = {
  G: named(
    'era',
    (date) => Number(date.getFullYear() > 0),
    (names, width) => names.eras(nameStyle(width)),
  ),
  y: year('year', (date) => (date.getFullYear() > 0 ? date.getFullYear() : 1 - date.getFullYear())),
  u: year('year', (date) => date.getFullYear()),
  Q: quarterOfYear,
  q: quarterOfYear,
  M: either(
    digits('month', month),
    named('month', month, (names, width) => names.months(nameStyle(width)), 1),
  ),
  L: either(
    digits('month', month),
    named('month', month, (names, width) => names.lonelyMonths(nameStyle(width)), 1),
  ),
  Y: year('weekYear', (date, names) => weekOfYear(date, names).year),
  w: digits('week', (date, names) => weekOfYear(date, names).week),
  W: digits('ignored', weekOfMonth),
  D: digits('dayOfYear', dayOfYear),
  d: digits('day', (date) => date.getDate()),
  F: digits('ignored', (date) => Math.ceil(date.getDate() / 7)),
  E: named('weekday', weekday, weekdays),
  e: dayOfWeek,
  c: dayOfWeek,
  a: named(
    'half',
    (date) => Math.floor(date.getHours() / 12),
    (names) => names.halves(),
  ),
  H: digits('hour', (date) => date.getHours()),
  k: digits(
    'hour',
    (date) => date.getHours() || 24,
    (text) => Number(text) % 24,
  ),
  K: digits('halfHour', (date) => date.getHours() % 12),
  h: digits(
    'halfHour',
    (date) => date.getHours() % 12 || 12,
    (text) => Number(text) % 12,
  ),
  m: digits('minute', (date) => date.getMinutes()),
  s: digits('second', (date) => date.getSeconds()),
  S: {
    ...digits(
      'millisecond',
      (date) => date.getMilliseconds(),
      (text) => Number(text.padEnd(3, '0').slice(0, 3)),
    ),
    write: (date, width) =>
      String(date.getMilliseconds()).padStart(3, '0').padEnd(width, '0').slice(0, width),
    source: (width) => `\\d{${width}}`,
  },
  A: digits('dayMs', dayMs),
  n: digits(
    'millisecond',
    (date) => date.getMilliseconds() * perMs,
    (text) => Math.floor(Number(text) / perMs),
  ),
  N: digits(
    'dayMs',
    (date) => dayMs(date) * perMs,
    (text) => Math.floor(Number(text) / perMs),
  ),
  V: zone(zoneSource, zoneId),
  v: zone(zoneSource, (date, width) => zoneName(date, width < 4 ? 'shortGeneric' : 'longGeneric')),
  z: zone(zoneSource, (date, width) => zoneName(date, width < 4 ? 'short' : 'long')),
  O: zone(offsetSource, (date, width) => gmtOffset(date, width >= 4)),
  X: zone(offsetSource, (date, width) => (date.getTimezoneOffset() === 0 ? 'Z' : isoOffset(date, width))),
  x: zone(offsetSource, isoOffset),
  Z: zone(offsetSource, (date, width) =>
    width < 4 ? offsetText(date, '') : width === 4 ? gmtOffset(date, true) : isoOffset(date, 5),
  ),
};

function dayOfYear(date: Date): number {
  const midnight = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return 1 + (midnight - Date.UTC(date.getFullYear(), 0, 1)) / 86_400_000;
}
