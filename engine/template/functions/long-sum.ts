import { sum } from '../function-forms.ts';

/** `${__longSum(1,2,…,variable)}`: whole numbers of 64 bits; a sum beyond them wraps round (`LongSum.java`). */
export const longSum = sum<bigint>(
  {
    name: '__longSum',
    description: 'The sum of whole numbers of 64 bits.',
    example: { template: '${__longSum(2147483647,1)}', gives: '2147483648' },
  },
  {
    zero: 0n,
    read(text) {
      const value = /^[-+]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
      return value === undefined || value !== BigInt.asIntN(64, value) ? undefined : value;
    },
    add: (a, b) => BigInt.asIntN(64, a + b),
    write: String,
  },
);
