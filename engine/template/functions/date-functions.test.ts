import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render, type Given } from '../test-support/render.ts';

const nowEpochMs = new Date(2026, 10, 22, 12, 34, 56, 789).getTime();

describe('functions on dates', () => {
  it.each<[string, Given, string]>([
    ['${__timeShift(,,,)}', {}, String(nowEpochMs)],
    ['${__timeShift(,,PT1S,)}', {}, String(nowEpochMs + 1000)],
    ['${__timeShift(,1000,-PT1S,)}', {}, '0'],
    ['${__timeShift(yyyy-MM-dd,,P-1D,)}', {}, '2026-11-21'],
    ['${__timeShift(dd/MM/yyyy,21/01/2018,P2D,)}', {}, '23/01/2018'],
    ["${__timeShift(yyyy-MM-dd'T'HH:mm,2026-02-27T23:30,P1DT1H,,)}", {}, '2026-03-01T00:30'],
    ['${__timeShift(dd MMMM,05 März,P1D,de_DE,)}', {}, '06 März'],
    ['${__timeShift(HH:mm dd.MM.yyyy,08:15 22.11.2026,PT45M,)}', {}, '09:00 22.11.2026'],
    ['${__timeShift(d MMM yyyy HH,5 may 2025 07,,)}', {}, '5 May 2025 07'],
    ['${__timeShift(yyyy-MM-dd,not a date,,)}', {}, '2026-11-22'],
    ['${__timeShift(yyyy-MM-dd,,P1M,)}', {}, '2026-11-22'],
    ['${__dateTimeConvert(01212018,MMddyyyy,dd/MM/yyyy)}', {}, '21/01/2018'],
    ['${__dateTimeConvert(1000,,s)}', {}, '1'],
    ['${__dateTimeConvert(noon,HH,mm)}', {}, ''],
    ['${__dateTimeConvert(5,d,yyyy-MM-dd HH:mm)}', {}, '2026-01-05 00:00'],
    ['${__RandomDate(,2026-01-01,2026-01-11,,)}', { chances: [0] }, '2026-01-01'],
    ['${__RandomDate(,2026-01-01,2026-01-11,,)}', { chances: [0.9999] }, '2026-01-10'],
    ['${__RandomDate(dd MM yyyy,,24 11 2026)}', { chances: [0.5] }, '23 11 2026'],
    ['${__RandomDate(,2026-01-01,2026-01-01,,)}', {}, ''],
    ['${__RandomDate(,soon,2026-01-01,,)}', {}, ''],
    ['${__time(D)}', {}, '326'],
    ['${__dateTimeConvert(20260101,yyyyMMdd,yyyy-MM-dd)}', {}, '2026-01-01'],
    ['${__dateTimeConvert(20260301112233,yyyyMMddHHmmss,yyyy-MM-dd HH:mm:ss)}', {}, '2026-03-01 11:22:33'],
    ['${__timeShift(yyyyMMdd,20260301,-P1D,,)}', {}, '20260228'],
    ['${__timeShift(yyyyMMddHHmm,202603010010,-PT20M,,)}', {}, '202602282350'],
    ['${__RandomDate(yyyyMMdd,20260101,20260111,,)}', { chances: [0.9999] }, '20260110'],
  ])('%s with %o is %s', (text, given, expected) => {
    expect(render(text, { nowEpochMs, ...given }).text).toBe(expected);
  });

  it.each([
    ['${__timeShift(yyyy,,,v)}', '2026'],
    ['${__timeShift(yyyy,,,,v)}', '2026'],
    ['${__dateTimeConvert(0,,S,v)}', '0'],
    ['${__RandomDate(yyyy,2026,2027,,v)}', '2026'],
  ])('%s sets v', (text, value) => {
    expect(render(text, { nowEpochMs }).scope.variables.get('v')).toBe(value);
  });

  it.each([
    ['${__timeShift(yyyy-MM-dd,x,,)}', '"x" is not a date of the pattern "yyyy-MM-dd"'],
    ['${__timeShift(,,soon,)}', '"soon" is not a duration'],
    ['${__dateTimeConvert(13,MM,d)}', 'its month is 13, expected 1 to 12'],
    ['${__RandomDate(,2026-01-02,2026-01-01)}', 'is not after the start'],
  ])('%s logs %s', (text, line) => {
    expect(render(text, { nowEpochMs }).scope.logged[0]).toContain(line);
  });

  it.each([
    ['${__timeShift(bb,,,)}', 'the letter "b"'],
    ['${__timeShift(yyyy,,,not_a_locale!,v)}', 'the locale "not_a_locale!"'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => render(text, { nowEpochMs })).toThrow(message);
  });

  it('gives days from the start until before the end, whatever chance says', () => {
    const day = fc.integer({ min: 0, max: 3000 });
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 900 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (first, days, chance) => {
          const iso = (n: number) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10);
          const { text } = render(`\${__RandomDate(,${iso(first)},${iso(first + days)},,)}`, {
            chances: [chance],
          });
          expect(text >= iso(first) && text < iso(first + days)).toBe(true);
        },
      ),
    );
  });
});
