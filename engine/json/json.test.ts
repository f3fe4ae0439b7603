import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals } from './compare-decimals.ts';
import { sameJson } from './compare-json.ts';
import { exactNumber } from './exact-number.ts';
import { writeJson } from './json-text.ts';
import { keepsDigits, readJson, readJsonIn } from './read-json.ts';

describe('readJson and writeJson', () => {
  it.each([
    '9007199254740993',
    '-12345678901234567890',
    '{"a":[9007199254740993,{"b":0.123456789012345678901234567890}]}',
    '[1e21,1E5,1.5e-7,1E400]',
    '{"a":1e21,"b":"1e21","c":null,"d":[true,false]}',
    '[1234567890.1234567]',
    '{"id":9007199254740993,"price":1.10,"zero":-0}',
    '{"__proto__":9007199254740993}',
    '{"a":"\uE000exact:5","b":[]}',
  ])('keep %s as it is', (text) => {
    expect(writeJson(readJson(text))).toBe(text);
  });

  it.each([
    ['{"a":1,"b":[2.5,"9007199254740993"]}', false],
    ['["3f2b8c1e-9a7d-4e5f-8b6c-1d2e3f4a5b6c","2026-01-01T10:00", "a0000000000000000"]', false],
    ['[9007199254740991]', true],
    ['[1e5]', true],
  ])('of %s, the lossless reader is used: %s', (text, expected) => {
    expect(keepsDigits(readJson(text))).toBe(expected);
  });

  it.each([
    '{"a":9007199254740993',
    '[9007199254740993,]',
    '9007199254740993x',
    '[01234567890123456789]',
    '',
  ])('refuse %s', (text) => {
    expect(readJsonIn(text)).toBeUndefined();
  });

  it('take the last of equal keys, as JSON.parse does', () => {
    expect(writeJson(readJson('{"a":9007199254740993,"a":9007199254740995}'))).toBe('{"a":9007199254740995}');
  });

  it('read what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(writeJson(readJson(text)))).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('compareDecimals', () => {
  it.each([
    ['9007199254740993', '9007199254740992', 1],
    ['1e21', '1000000000000000000000', 0],
    ['-0', '0', 0],
    ['1.10', '1.1', 0],
    ['0.1e-400', '0', 1],
    ['-1E400', '-1E399', -1],
    ['.5', '0.50', 0],
    ['+7', '007', 0],
    ['12345678901234567890', '12345678901234567891', -1],
    ['100', '99', 1],
    ['-100', '-99', -1],
  ])('%s against %s: %s', (left, right, expected) => {
    expect(Math.sign(compareDecimals(left, right)) + 0).toBe(expected);
  });

  it.each(['', '.', 'a', '1e', '0x10', '1_000'])('takes no "%s"', (text) => {
    expect(compareDecimals(text, '1')).toBeNaN();
  });

  it('is right for all whole numbers', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
        expect(Math.sign(compareDecimals(String(a), String(b))) + 0).toBe(a === b ? 0 : a < b ? -1 : 1);
      }),
    );
  });
});

describe('sameJson', () => {
  it.each([
    ['{"a":[1e3,9007199254740993]}', '{"a":[1000,9007199254740993.0]}', true],
    ['[9007199254740993]', '[9007199254740992]', false],
    ['{"a":1,"b":1e0}', '{"b":1,"a":1}', true],
    ['{"a":1}', '{"a":1,"b":1}', false],
    ['null', '{}', false],
  ])('%s and %s: %s', (left, right, expected) => {
    expect(sameJson(readJson(left), readJson(right))).toBe(expected);
  });

  it('tells a number with all its digits from an empty mapping', () => {
    expect(sameJson(exactNumber('9007199254740993'), {})).toBe(false);
  });
});
