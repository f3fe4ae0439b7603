import { conversion } from '../function-forms.ts';

/** `${__urldecode(text)}`: what `__urlencode` encodes (`UrlDecode.java`). Other text is an error. */
export const urldecode = conversion('__urldecode', (text) => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new RangeError(`__urldecode: "${text}" is not UTF-8 text in percent-encoding`);
  }
});
