import { expect, it } from 'vitest';
import { Recent } from './recent.ts';

it('the last 32 keys are remembered, by identity', () => {
  const recent = new Recent<object, number>();
  const keys = Array.from({ length: 33 }, () => ({}));
  keys.forEach((key, i) => expect(recent.add(key, i)).toBe(i));
  expect(keys.map((key) => recent.get(key))).toEqual([
    undefined,
    ...Array.from({ length: 32 }, (_, i) => i + 1),
  ]);
  expect(recent.get({})).toBeUndefined();
});
