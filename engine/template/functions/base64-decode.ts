import { storedConversion } from '../function-forms.ts';

/**
 * `${__base64Decode(text,variable)}`: the UTF-8 text that was encoded, also in the URL alphabet. What is not of
 * either alphabet is passed over (jmeter-plugins, as Apache Commons Codec).
 */
export const base64Decode = storedConversion('__base64Decode', (text) =>
  Buffer.from(text, 'base64').toString('utf8'),
);
