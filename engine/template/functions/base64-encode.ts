import { storedConversion } from '../function-forms.ts';

/** `${__base64Encode(text,variable)}`: Base64 of the text in UTF-8, with padding (jmeter-plugins). */
export const base64Encode = storedConversion('__base64Encode', (text) =>
  Buffer.from(text, 'utf8').toString('base64'),
);
