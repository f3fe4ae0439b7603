import { expect, it } from 'vitest';
import { statusMatcher } from './status.ts';

it.each([
  [['200'], '200', true],
  [['2xx'], '204', true],
  [['2xx'], '404', false],
  [['200', '404'], '404', true],
  [['3'], '3', true],
  [['notExact'], 'notExact', true],
  [['notExact'], 'notE1act', false],
  [['invalidQuery'], 'invalidQuery', true],
  [['healing.not_detected'], 'healing.not_detected', true],
  [['healing.not_detected'], 'healing.not_healed', false],
  [['2xx'], 'Non HTTP response code: java.net.SocketException', false],
])('%j takes %s: %s', (codes, code, expected) => {
  expect(statusMatcher(codes)(code)).toBe(expected);
});
