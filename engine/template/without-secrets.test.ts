import { describe, expect, it } from 'vitest';
import { withoutSecrets } from './without-secrets.ts';

const long = `${'ab"'.repeat(40)}end`;

describe('withoutSecrets', () => {
  it.each([
    ['expected "k", found "ok"', { value: 'k', shown: '***' }, 'expected "***", found "ok"'],
    [
      '1 of 11 at 127.0.0.1:1 failed: 1',
      { value: { a: '1' }, shown: { a: '***' } },
      '*** of 11 at 127.0.0.1:1 failed: ***',
    ],
    ['no pass at /a/x pass/y', { value: ['/a/x pass/y'], shown: ['/a/***/y'] }, 'no pass at /a/***/y'],
    ['/a/x%20pass%2Fy', { value: 'x pass/y', shown: '***' }, '/a/***'],
    ['found "a\\"b\\"c..."', { value: 'a"b"c...', shown: '***' }, 'found "***"'],
    ['a number 7 and 42', { value: { n: 42, m: 7 }, shown: { n: '***', m: 7 } }, 'a number 7 and ***'],
    ['expected "a-b.c", found a-b.c-d', { value: 'a-b.c', shown: '***' }, 'expected "***", found a-b.c-d'],
    ['nothing', { value: '', shown: '' }, 'nothing'],
    // Quotations that leave off the rest.
    [JSON.stringify(`${long.slice(0, 50)}…`), { value: long, shown: '***' }, '"***…"'],
    [JSON.stringify(`is ${long.slice(0, 4)}…`), { value: `is ${long}`, shown: 'is ***' }, '"is ***…"'],
    ['is…', { value: `is ${long}`, shown: 'is ***' }, 'is…'],
    ['Get pa… and more', { value: 'password', shown: '***' }, 'Get pa… and more'],
  ])('%s', (text, told, expected) => {
    expect(withoutSecrets(text, told)).toBe(expected);
  });
});
