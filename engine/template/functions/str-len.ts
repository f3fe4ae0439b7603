import { storedConversion } from '../function-forms.ts';

/** `${__strLen(text,variable)}`: its length in UTF-16 units (jmeter-plugins). */
export const strLen = storedConversion('__strLen', (text) => String(text.length));
