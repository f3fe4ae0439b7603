import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { xmlAttribute, xmlText } from './xml-text.ts';

describe('xmlText', () => {
  it.each([
    ['plain, ünï 漢字 🚦', 'plain, ünï 漢字 🚦'],
    [`<a b="c" d='e'>&</a>`, '&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;&lt;/a&gt;'],
    ['two\nlines\tand\rmore', 'two\nlines\tand&#xd;more'],
    ['\0\x01\x08\x0b\x1f\ufffe\uffff', '\ufffd'.repeat(7)],
    ['half \ud83d of one', 'half \ufffd of one'],
    ['\x7f\x85', '&#x7f;&#x85;'],
  ])('of %j is %j', (text, expected) => {
    expect(xmlText(text)).toBe(expected);
  });

  it('comes back from a parser as it was, as text and as an attribute, but for what XML cannot hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const found: string[] = [];
        const parser = new SaxesParser();
        parser.on('text', (content) => found.push(content));
        parser.on('opentag', ({ attributes }) => found.push(String(attributes['b'])));
        parser.write(`<a b="${xmlAttribute(text)}">${xmlText(text)}</a>`).close();
        const expected = text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd');
        expect(found).toEqual(text === '' ? [''] : [expected, expected]);
      }),
    );
  });
});
