import { storedConversion } from '../function-forms.ts';

/** `${__lowercase(text,variable)}` (jmeter-plugins). */
export const lowercase = storedConversion(
  {
    name: '__lowercase',
    description: 'The text in small letters.',
    example: { template: '${__lowercase(OPEN)}', gives: 'open' },
  },
  (text) => text.toLowerCase(),
);
