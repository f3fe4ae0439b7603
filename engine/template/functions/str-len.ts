import { storedConversion } from '../function-forms.ts';

/** `${__strLen(text,variable)}`: its length in UTF-16 units (jmeter-plugins). */
export const strLen = storedConversion(
  {
    name: '__strLen',
    description: 'The length of a text.',
    example: { template: '${__strLen(open)}', gives: '4' },
  },
  (text) => String(text.length),
);
