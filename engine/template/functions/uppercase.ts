import { storedConversion } from '../function-forms.ts';

/** `${__uppercase(text,variable)}` (jmeter-plugins). */
export const uppercase = storedConversion(
  {
    name: '__uppercase',
    description: 'The text in capitals.',
    example: { template: '${__uppercase(open)}', gives: 'OPEN' },
  },
  (text) => text.toUpperCase(),
);
