import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecords, splitRecord, type CsvRecord } from './csv-records.ts';

async function* chunksOf(text: string, size: number): AsyncGenerator<string> {
  for (let i = 0; i < text.length; i += size) yield await Promise.resolve(text.slice(i, i + size));
}

async function recordsOf(text: string, size = 7): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const found of csvRecords(chunksOf(text, size))) records.push(...found);
  return records;
}

describe('csvRecords', () => {
  it.each<[string, [number, string, boolean][]]>([
    ['', []],
    [
      'a,b\nc,d\n',
      [
        [1, 'a,b', true],
        [2, 'c,d', true],
      ],
    ],
    [
      'a,b\r\nc,d\r\n',
      [
        [1, 'a,b', true],
        [2, 'c,d', true],
      ],
    ],
    [
      'a,"x\ny"\nc\n',
      [
        [1, 'a,"x\ny"', true],
        [3, 'c', true],
      ],
    ],
    [
      'a,"say ""\n"\nc\n',
      [
        [1, 'a,"say ""\n"', true],
        [3, 'c', true],
      ],
    ],
    [
      'a\nb',
      [
        [1, 'a', true],
        [2, 'b', false],
      ],
    ],
    [
      'a\n"b\nc',
      [
        [1, 'a', true],
        [2, '"b\nc', false],
      ],
    ],
    ['"\n\n\n"\n', [[1, '"\n\n\n"', true]]],
  ])('reads %j', async (text, expected) => {
    const records = await recordsOf(text);
    expect(records.map(({ line, text: found, isWhole }) => [line, found, isWhole])).toEqual(expected);
  });

  it('reads the same however the file is cut into pieces', async () => {
    const pieces = fc.array(fc.constantFrom('a', ',', '"', '\n', '"x\ny"'), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(pieces, fc.integer({ min: 1, max: 9 }), async (text, size) => {
        expect(await recordsOf(text.join(''), size)).toEqual(await recordsOf(text.join(''), 1000));
      }),
    );
  });

  it('gives up on a quote that does not close and goes on behind it', async () => {
    const records = await recordsOf(
      `"${'x'.repeat(70)}\n`.concat(`${'y'.repeat(99)}\n`.repeat(11_000), 'end\n'),
      100_000,
    );
    expect(records[0]?.text.length).toBeGreaterThan(1024 * 1024);
    expect(records.at(-1)?.text).toBe('end');
  });
});

describe('splitRecord', () => {
  it.each([
    ['a,b,', ['a', 'b', '']],
    ['"a,b",c', ['a,b', 'c']],
    ['"say ""hi""",c', ['say "hi"', 'c']],
    ['"",c', ['', 'c']],
    ['"x\ny"', ['x\ny']],
  ])('cuts %j', (text, fields) => {
    expect(splitRecord(text, ',')).toEqual(fields);
  });
});
