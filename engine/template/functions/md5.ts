import { storedConversion } from '../function-forms.ts';

/** `${__MD5(text,variable)}`: in hexadecimal (jmeter-plugins). */
export const md5 = storedConversion('__MD5', (text, { host }) => host.digest('MD5', text));
