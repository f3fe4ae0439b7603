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
  ])('%s is %s', (pattern, expected) => {
    expect(datePattern(pattern)(at)).toBe(expected);
  });

  it('writes the zone so that the time can be read back', () => {
    const text = datePattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX")(at);
    expect(new Date(text).getTime()).toBe(at);
  });
});
