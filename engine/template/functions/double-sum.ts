import { sum } from '../function-forms.ts';

/** `${__doubleSum(1.5,2,…,variable)}`. A whole sum ends in `.0`, as Java writes it (jmeter-plugins). */
export const doubleSum = sum(
  {
    name: '__doubleSum',
    description: 'The sum of numbers with fractions; a whole one ends in `.0`.',
    example: { template: '${__doubleSum(1.5,2,3.25)}', gives: '6.75' },
  },
  {
    zero: 0,
    read: (text) => (text === '' || Number.isNaN(Number(text)) ? undefined : Number(text)),
    add: (a, b) => a + b,
    write: (total) => (Number.isInteger(total) ? `${total}.0` : String(total)),
  },
);
