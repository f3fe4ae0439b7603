import { sum } from '../function-forms.ts';

/** `${__doubleSum(1.5,2,…,variable)}`. A whole sum ends in `.0`, as Java writes it (jmeter-plugins). */
export const doubleSum = sum('__doubleSum', {
  zero: 0,
  read: (text) => (text === '' || Number.isNaN(Number(text)) ? undefined : Number(text)),
  add: (a, b) => a + b,
  write: (total) => (Number.isInteger(total) ? `${total}.0` : String(total)),
});
