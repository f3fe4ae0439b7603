import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRows } from './csv-rows.ts';

describe('csvRows', () => {
  it.each([
    [
      'plain lines',
      'a,b\nc,d\n',
      ',',
      false,
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'CRLF and no last line break',
      'a,b\r\nc,d',
      ',',
      false,
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a byte-order mark', '\uFEFFa,b', ',', false, [['a', 'b']]],
    ['a tab', 'a\tb', '\\t', false, [['a', 'b']]],
    ['a delimiter of several characters', 'a||b', '||', false, [['a', 'b']]],
    ['no trimming', ' a , b ', ',', false, [[' a ', ' b ']]],
    ['an empty line has no fields', 'a\n\nb', ',', false, [['a'], [], ['b']]],
    ['quotes are text unless asked for', '"a,b"', ',', false, [['"a', 'b"']]],
    ['quotes hold delimiters', '"a,b",c', ',', true, [['a,b', 'c']]],
    ['quotes are doubled inside', '"a ""b""",c', ',', true, [['a "b"', 'c']]],
    [
      'quotes hold line breaks',
      '"a\nb",c\nd,e',
      ',',
      true,
      [
        ['a\nb', 'c'],
        ['d', 'e'],
      ],
    ],
    ['an empty quoted field', '"",x\n""', ',', true, [['', 'x'], ['']]],
    ['an empty line among quoted ones', 'a\n\nb', ',', true, [['a'], [], ['b']]],
    [
      'a last field that is empty',
      'a,\nb,',
      ',',
      true,
      [
        ['a', ''],
        ['b', ''],
      ],
    ],
    ['nothing', '', ',', true, []],
  ])('%s', (_, text, delimiter, quoted, rows) => {
    expect(csvRows(text, { delimiter, quoted })).toEqual(rows);
  });

  it('reads back whatever was quoted', () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', 'ü') });
    const rows = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, (written) => {
        const text = written
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        expect(csvRows(text, { delimiter: ',', quoted: true })).toEqual(written);
      }),
    );
  });
});
