import { expect, it } from 'vitest';
import { studentT975 } from './student-t.ts';

// Tables of Student's t, two-sided 95 %: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
it.each([
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [4, 2.776],
  [5, 2.571],
  [6, 2.447],
  [9, 2.262],
  [10, 2.228],
  [19, 2.093],
  [29, 2.045],
  [60, 2.0],
  [100, 1.984],
  [1_000_000, 1.96],
])('with %s degrees of freedom the quantile is %s', (degrees, expected) => {
  expect(Math.abs(studentT975(degrees) / expected - 1)).toBeLessThan(degrees < 6 ? 0.003 : 0.0003);
});
