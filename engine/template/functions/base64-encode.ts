import { storedConversion } from '../function-forms.ts';

/** `${__base64Encode(text,variable)}`: Base64 of the text in UTF-8, with padding (jmeter-plugins). */
export const base64Encode = storedConversion(
  {
    name: '__base64Encode',
    description: 'The text in Base64, as UTF-8 and with padding.',
    example: { template: '${__base64Encode(Grüße)}', gives: 'R3LDvMOfZQ==' },
  },
  (text) => Buffer.from(text, 'utf8').toString('base64'),
);
