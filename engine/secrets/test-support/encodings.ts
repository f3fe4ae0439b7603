/** Ways in which programs write a text; what a secret is looked for in. */
export const encodings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  encodeURIComponent,
  'percent signs, lower case': (text) =>
    encodeURIComponent(text).replaceAll(/%../g, (found) => found.toLowerCase()),
  encodeURI,
  'the path of a URL': (text) => {
    const url = new URL('http://h/');
    url.pathname = `/${text}`;
    return url.pathname.slice(1);
  },
  'the query of a URL': (text) => {
    const url = new URL('http://h/');
    url.search = text.replaceAll('#', '%23');
    return url.search.slice(1);
  },
  'a form': (text) => new URLSearchParams({ a: text }).toString().slice(2),
  'every byte a percent sign': (text) =>
    Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'percent signs twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  XML: (text) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;'),
  'decimal entities': (text) =>
    Array.from(text, (one) => (/\w/.test(one) ? one : `&#${String(one.codePointAt(0))};`)).join(''),
  'hexadecimal entities': (text) =>
    Array.from(text, (one) => `&#x${(one.codePointAt(0) ?? 0).toString(16)};`).join(''),
  'names of HTML': (text) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('ü', '&uuml;')
      .replaceAll('ß', '&szlig;')
      .replaceAll('<', '&lt;'),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  'JSON in ASCII': (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll('/', '\\/')
      .replaceAll(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'JSON in JSON': (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
  Base64: (text) => Buffer.from(text).toString('base64'),
  'Base64 for URLs': (text) => Buffer.from(text).toString('base64url'),
  'a Basic header': (text) => `Basic ${Buffer.from(`ann:${text}`).toString('base64')}`,
  'Base64 at the third place': (text) => Buffer.from(`{"a":"12","b":"${text}","c":1}`).toString('base64'),
  'Base64 at the second place': (text) => Buffer.from(`x${text}yz`).toString('base64'),
  hexadecimal: (text) => Buffer.from(text).toString('hex'),
  'UTF-8 read as Latin-1': (text) => Buffer.from(text).toString('latin1'),
  'UTF-8 read as Windows-1252': (text) => new TextDecoder('windows-1252').decode(Buffer.from(text)),
  'read as Latin-1, in percent signs': (text) => encodeURIComponent(Buffer.from(text).toString('latin1')),
  'Latin-1 read as UTF-8': (text) => Buffer.from(text.replaceAll(/[^\0-\xff]/gu, '?'), 'latin1').toString(),
  'ASCII only': (text) => text.replaceAll(/[^\0-\x7f]/gu, '?'),
};

/** The secrets of the tests, by what is hard about them. */
export const secrets: Readonly<Record<string, string>> = {
  'one letter': 'k',
  'a digit': '1',
  'a word': 'test',
  digits: '482915',
  letters: 's3cretValue',
  spaces: 'two words here',
  'a space at the end': 'trailing-space ',
  'signs of URLs': 'a/b&c+d=e?f#g',
  'signs of XML': `<a href="it's">`,
  umlauts: 'schlüßel-für-tür',
  'umlauts beside signs': 'ü/& +=ö;ä',
  emoji: 'key😀🔑secret',
  'other scripts': 'пароль-密码-パス',
  'percent signs': '100%25%zz%41',
  dollars: 'pa$$w${x}rd',
  backslashes: 'C:\\new\\u0041\\',
  'a line end': 'first line\nsecond line\n',
  entities: 'a&amp;b&#65;c',
  'Base64 itself': 'c2VjcmV0IHZhbHVl+/==',
  'much of it': 'Ab3/+ ü&"'.repeat(450),
};
