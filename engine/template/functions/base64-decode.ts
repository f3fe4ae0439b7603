import { storedConversion } from '../function-forms.ts';

/**
 * `${__base64Decode(text,variable)}`: the UTF-8 text that was encoded, also in the URL alphabet. What is not of
 * either alphabet is passed over (jmeter-plugins, as Apache Commons Codec).
 */
export const base64Decode = storedConversion(
  {
    name: '__base64Decode',
    description: 'The UTF-8 text that was encoded in Base64, in its usual or its URL alphabet.',
    example: { template: '${__base64Decode(R3LDvMOfZQ==)}', gives: 'Grüße' },
  },
  (text) => Buffer.from(text, 'base64').toString('utf8'),
);
