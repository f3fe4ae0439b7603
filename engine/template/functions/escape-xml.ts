import { conversion } from '../function-forms.ts';

const entities: Readonly<Record<string, string>> = {
  '"': '&quot;',
  '&': '&amp;',
  "'": '&apos;',
  '<': '&lt;',
  '>': '&gt;',
};

/** Characters that XML 1.0 has no place for, surrogates without partner among them; and those best written as numbers. */
const impossible = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;
const controls = /[\x7f-\x84\x86-\x9f]/g;

/** `${__escapeXml(text)}`: for text and attributes of XML 1.0, which cannot hold some characters: they go (`EscapeXml.java`). */
export const escapeXml = {
  ...conversion(
    {
      name: '__escapeXml',
      description: 'The text as it may stand in XML 1.0.',
      example: { template: '${__escapeXml(<a> & "b")}', gives: '&lt;a&gt; &amp; &quot;b&quot;' },
    },
    (text) =>
      text
        .replaceAll(impossible, '')
        .replaceAll(/["&'<>]/g, (character) => entities[character] ?? '')
        .replaceAll(controls, (character) => `&#${character.charCodeAt(0)};`),
  ),
  constant: true,
};
