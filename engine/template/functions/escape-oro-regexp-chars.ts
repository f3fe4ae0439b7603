import { storedConversion } from '../function-forms.ts';

/** `${__escapeOroRegexpChars(text,variable)}`: a regular expression that matches just this text (`quotemeta`). */
export const escapeOroRegexpChars = storedConversion('__escapeOroRegexpChars', (text) =>
  text.replaceAll(/[^A-Za-z0-9_]/g, '\\$&'),
);
