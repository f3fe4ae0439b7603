import { storedConversion } from '../function-forms.ts';

/** `${__MD5(text,variable)}`: in hexadecimal (jmeter-plugins). */
export const md5 = storedConversion(
  {
    name: '__MD5',
    description: 'The MD5 digest of the text, in hexadecimal.',
    example: { template: '${__MD5(abc)}', gives: '900150983cd24fb0d6963f7d28e17f72' },
  },
  (text, { host }) => host.digest('MD5', text),
);
