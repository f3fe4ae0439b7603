import { storedConversion } from '../function-forms.ts';

/** `${__uppercase(text,variable)}` (jmeter-plugins). */
export const uppercase = storedConversion('__uppercase', (text) => text.toUpperCase());
