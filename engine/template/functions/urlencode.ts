import { conversion } from '../function-forms.ts';

/** `${__urlencode(text)}`: as forms are encoded, in UTF-8: a space is `+`; letters, digits and `.-*_` stay (`UrlEncode.java`). */
export const urlencode = {
  ...conversion('__urlencode', (text) =>
    encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '?'))
      .replaceAll('%20', '+')
      .replaceAll(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`),
  ),
  constant: true,
};
