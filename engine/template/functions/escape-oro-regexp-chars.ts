import { storedConversion } from '../function-forms.ts';

/** `${__escapeOroRegexpChars(text,variable)}`: a regular expression that matches just this text (`quotemeta`). */
export const escapeOroRegexpChars = storedConversion(
  {
    name: '__escapeOroRegexpChars',
    description: 'A regular expression that matches just this text.',
    example: { template: '${__escapeOroRegexpChars([a.b])}', gives: '\\[a\\.b\\]' },
  },
  (text) => text.replaceAll(/[^A-Za-z0-9_]/g, '\\$&'),
);
