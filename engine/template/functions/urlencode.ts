import { conversion } from '../function-forms.ts';

/** `${__urlencode(text)}`: as forms are encoded, in UTF-8: a space is `+`; letters, digits and `.-*_` stay (`UrlEncode.java`). */
export const urlencode = {
  ...conversion(
    {
      name: '__urlencode',
      description: 'The text percent-encoded as forms are: a space becomes `+`.',
      example: { template: '${__urlencode(a b&c)}', gives: 'a+b%26c' },
    },
    (text) =>
      encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '?'))
        .replaceAll('%20', '+')
        .replaceAll(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`),
  ),
  constant: true,
};
