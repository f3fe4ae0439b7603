import { describe, expect, it } from 'vitest';
import { datePattern } from './date-pattern.ts';

const at = new Date(2026, 0, 5, 0, 7, 8, 9).getTime();

describe('datePattern', () => {
  it.each([
    ['yyyy-MM-dd', '2026-01-05'],
    ['yy', '26'],
    ['d.M.', '5.1.'],
    ['MMM MMMM', 'Jan January'],
    ['EEE EEEE', 'Mon Monday'],
    ['HH kk hh h', '00 24 12 12'],
    ['m:s', '7:8'],
    ['S SS SSS SSSSSS', '0 00 009 009000'],
    ['D', '5'],
    ["'at' HH 'o''clock' ''", "at 00 o'clock '"],
    ['a', 'AM'],
    ['K k', '0 24'],
    ['G GGGG GGGGG', 'AD Anno Domini A'],
    ['Q QQ QQQ QQQQ', '1 01 Q1 1st quarter'],
    ['L LLL LLLL LLLLL MMMMM', '1 Jan January J J'],
    ['E EEEEE', 'Mon M'],
    ['e ccc', '2 Mon'],
    ['YYYY w ww W F', '2026 2 02 2 1'],
    ['A N n', '428009 428009000000 9000000'],
    ['yyyy[-MM]', '2026-01'],
    ['uuuu u yy', '2026 2026 26'],
  ])('%s is %s', (pattern, expected) => {
    expect(datePattern(pattern)(at)).toBe(expected);
  });

  it('writes the zone so that the time can be read back', () => {
    const text = datePattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX")(at);
    expect(new Date(text).getTime()).toBe(at);
  });

  it.each([
    ['de', 'EEE d. MMMM', 'Mo 5. Januar'],
    ['en_GB', 'e w', '1 2'],
    ['fr', 'EEEE d MMMM', 'lundi 5 janvier'],
  ])('in %s, %s is %s', (locale, pattern, expected) => {
    expect(datePattern(pattern, locale)(at)).toBe(expected);
  });

  it.each([
    [2024, 12, 29, '2025 1', '2024 52'],
    [2025, 12, 31, '2026 1', '2026 1'],
    [2027, 1, 1, '2027 1', '2026 53'],
    [2021, 1, 3, '2021 2', '2020 53'],
  ])('counts the week of %i-%i-%i as Americans and as ISO 8601 do', (year, month, day, american, iso) => {
    const time = new Date(year, month - 1, day).getTime();
    expect([datePattern('YYYY w')(time), datePattern('YYYY w', 'de')(time)]).toEqual([american, iso]);
  });
});
