import { describe, expect, it } from 'vitest';
import { gmtOffset, isoOffset, offsetText, zonedEpochMs } from './date-zone.ts';

const ahead = (minutes: number) => ({ getTimezoneOffset: () => -minutes }) as Date;

describe('offsets', () => {
  it.each([
    [60, '+0100', ['+01', '+0100', '+01:00', '+0100', '+01:00'], 'GMT+1', 'GMT+01:00'],
    [-210, '-0330', ['-0330', '-0330', '-03:30', '-0330', '-03:30'], 'GMT-3:30', 'GMT-03:30'],
    [600, '+1000', ['+10', '+1000', '+10:00', '+1000', '+10:00'], 'GMT+10', 'GMT+10:00'],
    [0, '+0000', ['+00', '+0000', '+00:00', '+0000', '+00:00'], 'GMT', 'GMT'],
  ])('%i minutes are %s', (minutes, plain, iso, gmt, fullGmt) => {
    const date = ahead(minutes);
    expect(offsetText(date, '')).toBe(plain);
    expect([1, 2, 3, 4, 5].map((width) => isoOffset(date, width))).toEqual(iso);
    expect([gmtOffset(date, false), gmtOffset(date, true)]).toEqual([gmt, fullGmt]);
  });
});

describe('zonedEpochMs', () => {
  const noon = Date.UTC(2026, 6, 1, 12);
  it.each([
    ['Z', 12 * 60],
    ['utc', 12 * 60],
    ['+02', 10 * 60],
    ['GMT-3:30', 15 * 60 + 30],
    ['+05:30', 6 * 60 + 30],
    ['Asia/Kolkata', 6 * 60 + 30],
    ['America/New_York', 16 * 60],
  ])('noon in %s is %i minutes after midnight in UTC', (zone, minutes) => {
    expect(zonedEpochMs(noon, zone)).toBe(Date.UTC(2026, 6, 1, 0, minutes));
  });

  it('knows both sides of a change of the clocks', () => {
    expect(zonedEpochMs(Date.UTC(2026, 2, 29, 1, 59), 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 0, 59));
    expect(zonedEpochMs(Date.UTC(2026, 2, 29, 3, 0), 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1, 0));
  });
});
