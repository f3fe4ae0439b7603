import { describe, expect, it } from 'vitest';
import { alignRows } from './table.ts';
import { cutEnd, cutMiddle, textWidth } from './visible-text.ts';

describe('textWidth', () => {
  it.each([
    ['', 0],
    ['Login', 5],
    ['Anmeldung für Käufer', 20],
    ['e\u0301te\u0301', 3],
    ['ログイン', 8],
    ['ﾛｸﾞｲﾝ', 5],
    ['登录', 4],
    ['로그인', 6],
    ['\u1112\u1161\u11ab', 2],
    ['Ａ１！', 6],
    ['「一」、', 8],
    ['🚀', 2],
    ['👩🏽‍💻', 2],
    ['🇩🇪', 2],
    ['❤️', 2],
    ['❤', 1],
    ['✓ → … —', 7],
    ['สวัสดี', 4],
    ['नमस्ते', 4],
    ['\u200b', 0],
    ['€', 1],
  ])('of %j is %i', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe('what is too wide is cut', () => {
  it.each([
    ['abcdefghij', 10, 'abcdefghij', 'abcdefghij'],
    ['abcdefghij', 7, 'abc…hij', 'abcdef…'],
    ['abcdefghij', 6, 'abc…ij', 'abcde…'],
    ['登录登录登录', 7, '登…录', '登录登…'],
    ['登录登录登录', 6, '登…录', '登录…'],
    ['🚀🚀🚀🚀', 5, '🚀…🚀', '🚀🚀…'],
    ['e\u0301e\u0301e\u0301e\u0301', 3, 'e\u0301…e\u0301', 'e\u0301e\u0301…'],
  ])('%s to %i columns', (text, width, middle, end) => {
    expect([cutMiddle(text, width), cutEnd(text, width)]).toEqual([middle, end]);
    expect(textWidth(cutMiddle(text, width))).toBeLessThanOrEqual(width);
  });

  it('where there is a limit', () => {
    const long = 'x'.repeat(5000);
    expect([cutMiddle(long, Infinity), cutEnd(long, Infinity)]).toEqual([long, long]);
  });
});

it('lines of a table have one width, whatever is in them', () => {
  const rows = [
    ['name', 'samples'],
    ['登录 🚀', '1'],
    ['e\u0301te\u0301', '登录'],
  ];
  const lines = alignRows(rows, 12);
  expect(lines.map(textWidth)).toEqual([21, 21, 21]);
  expect(lines[1]).toBe('登录 🚀            1'.replace('            1', `${' '.repeat(5)}${' '.repeat(8)}1`));
});
