import { describe, expect, it } from 'vitest';
import { jsonMistakes } from './check-json.ts';

const mistakes = (json: string, content: string, options: object = {}) =>
  jsonMistakes({ json, sets: ['user'], ...options }, () => new TextEncoder().encode(content)).map(
    ({ key, message }) => `${key}: ${message}`,
  );

describe('a file of JSON is looked into before the run', () => {
  it.each<[string, string, string, object, string[]]>([
    ['a key that is there', 'x.json', '[{"user":1}]', {}, []],
    ['one that some objects have', 'x.json', '[{},{"user":1}]', {}, []],
    ['one of the lines', 'x.jsonl', '{"user":1}\n{"a":2}\n\n', {}, []],
    [
      'one that none has',
      'x.json',
      '[{"usr":1}]',
      {},
      ['sets: no object in x.json has the key "user". Did you mean "usr"?'],
    ],
    [
      'one of the lines that none has',
      'x.ndjson',
      '{"name":1}\n{"age":2}\n',
      {},
      ['sets: no object in x.ndjson has the key "user". There are: name, age.'],
    ],
    [
      'a name of Object’s own',
      'x.json',
      '[{"user":1}]',
      { sets: ['toString'] },
      ['no object in x.json has the key "toString"'],
    ],
    ['an empty list', 'x.json', '[]', {}, ['json: x.json holds no row of data.']],
    ['an empty file of lines', 'x.jsonl', '\n', {}, ['json: x.jsonl holds no row of data.']],
    ['an empty list, the user ending', 'x.json', '[]', { stopAtEnd: true }, []],
    ['no list', 'x.json', '{"user":1}', {}, ['json: x.json must hold a list of objects']],
    ['no JSON', 'x.json', '[{"user":1}', {}, ['json: x.json is not JSON: ']],
    ['a line that is none', 'x.jsonl', '{"user":1}\n{"user"\n', {}, ['json: x.jsonl, line 2 is not JSON: ']],
  ])('%s', (_, file, content, options, expected) => {
    const found = mistakes(file, content, options);
    expect(found).toHaveLength(expected.length);
    expected.forEach((text, index) => expect(found[index]).toContain(text));
  });

  it('bytes that are not UTF-8 are told with their line, as in a CSV file', () => {
    const bytes = Uint8Array.from([0x7b, 0x7d, 10, 0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]);
    expect(jsonMistakes({ json: 'x.jsonl', sets: [] }, () => bytes)).toEqual([
      {
        key: 'json',
        message: 'x.jsonl: line 2: there are bytes that are not utf-8. JSON is written in UTF-8.',
      },
    ]);
  });

  it('a byte order mark is no part of the text', () => {
    expect(mistakes('x.json', '\uFEFF[{"user":1}]')).toEqual([]);
  });

  it('of a large one, what is seen of it', () => {
    const line = `${JSON.stringify({ user: 'x'.repeat(1024) })}\n`;
    const large = line.repeat(4096).slice(0, 4 * 1024 * 1024);
    expect(mistakes('x.jsonl', large, { sets: ['other'] })).toEqual([]);
    expect(mistakes('x.json', large)).toEqual([]);
  });
});
