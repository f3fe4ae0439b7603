/**
 * Text for XML 1.0, escaped as JMeter's writer does it (XStream's `PrettyPrintWriter`).
 *
 * Characters that XML 1.0 cannot hold at all (most control characters, lone surrogates) become U+FFFD. JMeter
 * writes them as `&#x1;`, which its own reader takes and every other parser refuses, with the whole file.
 */
export function xmlText(text: string): string {
  return special.test(text) ? text.replace(eachSpecial, (char) => escapes[char] ?? '\uFFFD') : text;
}

/** Line breaks and tabs, which a parser would make spaces of, are kept as well. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replace(/[\n\t]/g, (char) => (char === '\n' ? '&#xa;' : '&#x9;'));
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#xd;',
  // XML 1.0 allows them, yet they are no characters to be shown: as references, as JMeter writes them.
  '\x7f': '&#x7f;',
  '\x85': '&#x85;',
};

/** What is escaped, and what XML 1.0 does not allow (§2.2, `Char`). */
const special = /[&<>"'\r\x7f\x85\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u;
const eachSpecial = new RegExp(special, 'gu');
