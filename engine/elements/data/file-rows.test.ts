import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRow, separatorOf } from './csv-row.ts';
import { FileRows } from './file-rows.ts';
import { lineForm, quotedForm } from './row-form.ts';
import { openText } from './text-file.ts';
import { testScope } from '../../template/test-support/scope.ts';

/** All rows of a CSV file with this text, read twice: as they are found, then from the last to the first. */
function csvRows(text: string, form: { readonly delimiter: string; readonly quoted: boolean }) {
  const { host } = testScope({ files: new Map([['x.csv', text]]) });
  const { file, text: decode, bytes } = openText(host, 'x.csv', 'utf-8');
  const delimiter = bytes(separatorOf(form.delimiter));
  const rows = new FileRows(file, form.quoted ? quotedForm(delimiter) : lineForm, (row) =>
    csvRow(decode(row), form),
  );
  while (!rows.complete) rows.readAhead();
  const all = Array.from({ length: rows.known }, (_, index) => rows.at(index));
  const back = Array.from({ length: rows.known }, (_, index) => rows.at(rows.known - 1 - index));
  expect(back.reverse()).toEqual(all);
  return all;
}

describe('the rows of a CSV file', () => {
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
    [
      'CR alone',
      'a,b\rc,d\r\re,f\r',
      ',',
      false,
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
      ],
    ],
    ['CR alone among others', 'a\rb\r\nc\nd\r', ',', false, [['a'], ['b'], ['c'], ['d']]],
    [
      'CR alone, with quotes',
      'a,"b"\rc,d\r',
      ',',
      true,
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a byte-order mark', '\uFEFFa,b', ',', false, [['a', 'b']]],
    ['a tab', 'a\tb', '\\t', false, [['a', 'b']]],
    ['a delimiter of several characters', 'a||b', '||', false, [['a', 'b']]],
    ['no trimming', ' a , b ', ',', false, [[' a ', ' b ']]],
    ['an empty line is passed over', 'a\n\nb\n\r\n\n', ',', false, [['a'], ['b']]],
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
    ['an empty line among quoted ones is passed over', 'a\n\nb\r\n\r\n', ',', true, [['a'], ['b']]],
    ['what follows a closing quote is kept', '"a"b,c', ',', true, [['ab', 'c']]],
    ['a quote within a field is text', 'a"b,"c"', ',', true, [['a"b', 'c']]],
    ['a quote that is never closed takes the rest', 'a,"b\nc', ',', true, [['a', 'b\nc']]],
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

  it('are the same wherever the blocks that are read end', () => {
    const field = fc.string({
      unit: fc.constantFrom('a', ';', '"', '\n', '\r', 'ü', '\u{1F600}'),
      maxLength: 12,
    });
    const rows = fc.array(fc.tuple(field, field), { minLength: 3, maxLength: 9 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 40_000 }), (some, long) => {
        const written = [...Array.from({ length: 400 }, () => some).flat(), ['x'.repeat(long), 'y'], ...some];
        const text = written
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(';;'))
          .join('\r\n');
        expect(csvRows(text, { delimiter: ';;', quoted: true })).toEqual(written);
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    ['iso-8859-1', Buffer.from('ä;b\n', 'latin1'), ['ä', 'b']],
    ['utf-16le', Buffer.from('ä;b\n', 'utf16le'), ['ä', 'b']],
    ['windows-1251', Buffer.from([0xc0, 59, 98]), ['А', 'b']],
  ])('may be in %s', (encoding, content, expected) => {
    const host = {
      ...testScope().host,
      readFile: () => new TextDecoder(encoding).decode(content),
      open: () => ({
        sizeBytes: content.length,
        read: (into: Uint8Array, offset: number) => content.copy(into, 0, offset),
      }),
    };
    const { file, text } = openText(host, 'x', encoding, ';');
    const rows = new FileRows(file, lineForm, (row) => csvRow(text(row), { delimiter: ';', quoted: false }));
    rows.readAhead();
    expect(rows.at(0)).toEqual(expected);
  });

  it('tell of a row without end instead of filling the memory', () => {
    const content = new Uint8Array(17 * 1024 * 1024).fill(97);
    content[0] = 34;
    const file = {
      sizeBytes: 2 * content.length,
      read: (into: Uint8Array) => {
        into.set(content.subarray(0, into.length));
        return into.length;
      },
    };
    const rows = new FileRows(file, quotedForm(new Uint8Array([44])), () => 0);
    expect(() => rows.readAhead()).toThrow(
      'row 1 is longer than 16 MiB. Is there a quote that is never closed?',
    );
  });
});
