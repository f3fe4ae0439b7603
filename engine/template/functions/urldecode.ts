import { conversion } from '../function-forms.ts';

/** `${__urldecode(text)}`: what `__urlencode` encodes (`UrlDecode.java`). Other text is an error. */
export const urldecode = conversion(
  {
    name: '__urldecode',
    description: 'The text that was percent-encoded as forms are.',
    example: { template: '${__urldecode(a+b%26c)}', gives: 'a b&c' },
  },
  (text) => {
    try {
      return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
      throw new RangeError(`__urldecode: "${text}" is not UTF-8 text in percent-encoding`);
    }
  },
);
