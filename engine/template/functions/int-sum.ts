import { sum } from '../function-forms.ts';

const limit = 2 ** 31;

/** `${__intSum(1,2,…,variable)}`: whole numbers of 32 bits; a sum beyond them wraps round (`IntSum.java`). */
export const intSum = sum<number>(
  {
    name: '__intSum',
    description: 'The sum of whole numbers of 32 bits.',
    example: { template: '${__intSum(1,2,${n})}', given: { n: '5' }, gives: '8' },
  },
  {
    zero: 0,
    read(text) {
      const value = Number(text);
      return /^[-+]?\d+$/.test(text) && value >= -limit && value < limit ? value : undefined;
    },
    add: (a, b) => (a + b) | 0,
    write: String,
  },
);
