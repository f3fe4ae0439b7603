import { expect, it } from 'vitest';
import { costOf } from './price.ts';

const tebibyte = 2 ** 40;
const hourMs = 3_600_000;

it.each([
  ['on demand', { bytesBilled: tebibyte / 2, slotMs: 99 }, { perTebibyte: 6.25, perSlotHour: 0 }, 3.125],
  ['least of a table', { bytesBilled: 10 * 2 ** 20 }, { perTebibyte: 6.25, perSlotHour: 0 }, 62.5 / 2 ** 20],
  ['capacity', { bytesBilled: tebibyte, slotMs: 2 * hourMs }, { perTebibyte: 0, perSlotHour: 0.06 }, 0.12],
  ['both', { bytesBilled: tebibyte, slotMs: hourMs }, { perTebibyte: 6, perSlotHour: 0.5 }, 6.5],
  ['no price', {}, { perTebibyte: 0, perSlotHour: 0 }, 0],
  ['the cache', { isCacheHit: true }, { perTebibyte: 6.25, perSlotHour: 0.06 }, 0],
  ['bytes not told', { slotMs: 5 }, { perTebibyte: 6.25, perSlotHour: 0 }, null],
  ['slots not told', { bytesBilled: 5 }, { perTebibyte: 6.25, perSlotHour: 0.06 }, null],
] as const)('%s', (_name, facts, price, cost) => {
  const told = { bytesBilled: undefined, slotMs: undefined, isCacheHit: undefined, ...facts };
  const found = costOf(told, price);
  expect(found === null ? null : Number(found.toPrecision(12))).toBe(cost && Number(cost.toPrecision(12)));
});
