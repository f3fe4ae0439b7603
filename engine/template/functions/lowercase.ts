import { storedConversion } from '../function-forms.ts';

/** `${__lowercase(text,variable)}` (jmeter-plugins). */
export const lowercase = storedConversion('__lowercase', (text) => text.toLowerCase());
