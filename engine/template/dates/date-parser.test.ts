import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateParser } from './date-parser.ts';
import { datePattern } from './date-pattern.ts';

const now = new Date(2026, 10, 22, 12, 34, 56, 789).getTime();
const local = (...[year, month, ...rest]: [number, number, ...number[]]) =>
  new Date(year, month - 1, ...rest).getTime();

describe('dateParser', () => {
  it.each<[string, string, number]>([
    ['yyyy-MM-dd', '2018-02-03', local(2018, 2, 3)],
    ['yyyyMMddHHmmssSSS', '20180203040506007', local(2018, 2, 3, 4, 5, 6, 7)],
    ['yy-M-d', '18-2-3', local(2018, 2, 3)],
    ['dd/MM/yyyy', '3/2/2018', local(2018, 2, 3)],
    ['yyyy', '2018', local(2018, 1, 1)],
    ['dd MM', '03 02', local(2026, 2, 3)],
    ['HH:mm', '04:05', local(2026, 1, 1, 4, 5)],
    ['d MMM yyyy', '3 FEB 2018', local(2018, 2, 3)],
    ['MMMM d', 'february 3', local(2026, 2, 3)],
    ['EEE, d MMM yyyy', 'Sat, 3 Feb 2018', local(2018, 2, 3)],
    ['h:mm a d', '12:05 AM 2', local(2026, 1, 2, 0, 5)],
    ['K a', '3 pm', local(2026, 1, 1, 15)],
    ['k', '24', local(2026, 1, 1)],
    ['yyyy-DDD', '2024-060', local(2024, 2, 29)],
    ["YYYY-'W'ww-e", '2026-W01-1', local(2025, 12, 28)],
    ['QQQ yyyy', 'Q3 2018', local(2018, 7, 1)],
    ['yyyy-MM-dd[ HH:mm[:ss]]', '2018-02-03', local(2018, 2, 3)],
    ['yyyy-MM-dd[ HH:mm[:ss]]', '2018-02-03 04:05:06', local(2018, 2, 3, 4, 5, 6)],
    ['yyyy-MM-dd', '2018-02-31', local(2018, 2, 28)],
    ["yyyy'.'MM", '2018.02', local(2018, 2, 1)],
    ['yyyy-MM-dd HH:mmX', '2018-02-03 04:05+02', Date.UTC(2018, 1, 3, 2, 5)],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2018-02-03T04:05:06Z', Date.UTC(2018, 1, 3, 4, 5, 6)],
    ['yyyy-MM-dd HH:mm Z', '2018-02-03 04:05 -0130', Date.UTC(2018, 1, 3, 5, 35)],
    ['yyyy-MM-dd HH:mm O', '2018-02-03 04:05 GMT+1', Date.UTC(2018, 1, 3, 3, 5)],
    ['yyyy-MM-dd HH:mm VV', '2018-07-03 04:05 Europe/Berlin', Date.UTC(2018, 6, 3, 2, 5)],
    ['yyyy-MM-dd HH:mm z', '2018-02-03 04:05 CET', Date.UTC(2018, 1, 3, 3, 5)],
    ['y G', '1 BC', new Date(local(2026, 1, 1)).setFullYear(0)],
    ['A', '3600000', local(2026, 1, 1, 1)],
    ['N', '1000000', local(2026, 1, 1, 0, 0, 0, 1)],
    ['s n', '1 5000000', local(2026, 1, 1, 0, 0, 1, 5)],
  ])('%s reads %s', (pattern, text, expected) => {
    expect(new Date(dateParser(pattern)(text, now)).toISOString()).toBe(new Date(expected).toISOString());
  });

  // As java.time.format.DateTimeFormatter of JDK 17 reads them; SimpleDateFormat agrees but for the year of HHmm.
  it.each<[string, string, number]>([
    ['yyyyMMdd', '20260101', local(2026, 1, 1)],
    ['yyyyMMdd', '20260301', local(2026, 3, 1)],
    ['yyyyMM', '202612', local(2026, 12, 1)],
    ['yyyyMMddHH', '2026010123', local(2026, 1, 1, 23)],
    ['yyyyMMddHHmm', '202601012359', local(2026, 1, 1, 23, 59)],
    ['yyyyMMddHHmmss', '20260301112233', local(2026, 3, 1, 11, 22, 33)],
    ['yyyyMMddHHmmssSSS', '20260301112233456', local(2026, 3, 1, 11, 22, 33, 456)],
    ['ddMMyyyy', '31122026', local(2026, 12, 31)],
    ['MMddyyyy', '12312026', local(2026, 12, 31)],
    ['yyMMdd', '260301', local(2026, 3, 1)],
    ['ddMMyy', '010326', local(2026, 3, 1)],
    ['yyyyDDD', '2026060', local(2026, 3, 1)],
    ['HHmm', '0905', local(2026, 1, 1, 9, 5)],
    ['uuuuMMdd', '20260301', local(2026, 3, 1)],
    ['yMMdd', '20260301', local(2026, 3, 1)],
    ['ddMMMyyyy', '01Mar2026', local(2026, 3, 1)],
    ["yyyyMMdd'T'HHmmss", '20260301T112233', local(2026, 3, 1, 11, 22, 33)],
    ['yyyyMMdd-HHmmss', '20260301-112233', local(2026, 3, 1, 11, 22, 33)],
    ['yyyyMMddHHmmssXXX', '20260301112233+01:00', Date.UTC(2026, 2, 1, 10, 22, 33)],
    ['yyyyMMddHHmmssZ', '20260301112233+0100', Date.UTC(2026, 2, 1, 10, 22, 33)],
    ['yyyyMMdd', '20260231', local(2026, 2, 28)],
    ['yyyyMMdd[HHmm]', '20260301', local(2026, 3, 1)],
  ])('without separators, %s reads %s', (pattern, text, expected) => {
    expect(new Date(dateParser(pattern)(text, now)).toISOString()).toBe(new Date(expected).toISOString());
  });

  it.each([
    ['yyyyMMdd', '2026011'],
    ['yyyyMMdd', '202601011'],
    ['yyyyMMdd', '2026131'],
    ['yyyyMM', '20261'],
  ])('without separators, %s refuses %s, as Java does', (pattern, text) => {
    expect(() => dateParser(pattern)(text, now)).toThrow('is not a date of the pattern');
  });

  it.each([
    ['de', 'd. MMMM yyyy', '3. März 2018', local(2018, 3, 3)],
    ['fr_FR', 'd MMMM yyyy', '3 février 2018', local(2018, 2, 3)],
  ])('in %s, %s reads %s', (locale, pattern, text, expected) => {
    expect(dateParser(pattern, locale)(text, now)).toBe(expected);
  });

  it.each([
    ['yyyy', '18', 'is not a date of the pattern "yyyy"'],
    ['yyyy-MM-dd', '2018-02-03 ', 'is not a date of the pattern'],
    ['MM', '13', 'its month is 13, expected 1 to 12'],
    ['HH', '24', 'its hour is 24'],
    ['VV', 'Mars/Olympus', 'the time zone "Mars/Olympus" is not known'],
    ['bb', '1', 'the letter "b"'],
    ["yyyy'", '2018', 'a quote without an end'],
    ['yyyy]', '2018', 'a "]" without a "["'],
  ])('%s refuses %s: %s', (pattern, text, message) => {
    expect(() => dateParser(pattern)(text, now)).toThrow(message);
  });

  it.each([
    'yyyyMMddHHmmssSSS',
    'EEEE, d MMMM yyyy hh:mm:ss.SSS a',
    "yyyy-DDD'T'A",
    'YYYY ww EEE N',
    'uuuu-MM-dd HH:mm:ss n XXX',
  ])('reads back what %s writes', (pattern) => {
    const times = fc.date({ min: new Date(2000, 0, 1), max: new Date(2099, 0, 1), noInvalidDate: true });
    fc.assert(
      fc.property(times, (date) => {
        expect(dateParser(pattern)(datePattern(pattern)(date.getTime()), now)).toBe(date.getTime());
      }),
    );
  });
});
