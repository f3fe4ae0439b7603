import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import avsc from 'avsc';
import { afterAll, describe, expect, it } from 'vitest';
import { dataSet } from './data-set.ts';
import { avroToJsonLines } from './read-avro.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-avro-'));
const [path, into] = [join(folder, 'rows.avro'), join(folder, 'rows.jsonl')];
afterAll(() => rmSync(folder, { recursive: true }));

async function read(bytes: Uint8Array) {
  writeFileSync(path, bytes);
  const fields = await avroToJsonLines(path, into);
  return { kinds: fields.map(({ kind }) => kind), lines: readFileSync(into, 'utf8') };
}

async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** A file by the package's own writer. */
async function written(schema: avsc.Schema, rows: readonly unknown[], codec = 'null') {
  const asItIs = (bytes: Buffer, done: (problem: null, packed: Buffer) => void) => done(null, bytes);
  const codecs = { null: asItIs, snappy: asItIs } as unknown as avsc.CodecOptions;
  const encoder = new avsc.streams.BlockEncoder(schema, { codec, codecs });
  for (const row of rows) encoder.write(row);
  encoder.end();
  return collected(encoder);
}

const record = (...types: avsc.Schema[]) => ({
  type: 'record' as const,
  name: 'row',
  fields: types.map((type, index) => ({ name: `f${index}`, type })),
});

describe('an Avro file', () => {
  it('gives the rows that were written', async () => {
    const of = { schema: 'large', rows: 2000, seed: 4 } as const;
    const { lines } = await read(await collected(dataSet({ ...of, format: 'avro', compression: 'deflate' })));
    const rows = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object);
    const expected = rows((await collected(dataSet({ ...of, format: 'jsonl' }))).toString());
    expect(rows(lines)).toHaveLength(2000);
    expect(Object.keys(rows(lines)[0] ?? {})).toEqual(Object.keys(expected[0] ?? {}));
    const ids = (all: object[]) => all.map((row) => Object.values(row)[0] as unknown);
    expect(ids(rows(lines))).toEqual(ids(expected));
  });

  it.each([
    ['int', 'integer', -5, -5],
    [['null', 'long'], 'integer', 7, 7],
    [['null', 'string'], 'text', null, null],
    ['double', 'number', NaN, 'NaN'],
    ['bytes', 'binary', Buffer.from('ab'), 'YWI='],
    [{ type: 'enum', name: 'e', symbols: ['A', 'B'] }, 'text', 'B', 'B'],
    [
      { type: 'long', logicalType: 'timestamp-micros' },
      'timestamp',
      1_234_567,
      '1970-01-01T00:00:01.234567Z',
    ],
    [{ type: 'long', logicalType: 'timestamp-micros' }, 'timestamp', -1, '1969-12-31T23:59:59.999999Z'],
    [{ type: 'long', logicalType: 'timestamp-millis' }, 'timestamp', 5, '1970-01-01T00:00:00.005000Z'],
    [{ type: 'int', logicalType: 'date' }, 'date', 1, '1970-01-02'],
  ] as const)('%j is %s', async (type, kind, value, shown) => {
    const { kinds, lines } = await read(await written(record(type as avsc.Schema), [{ f0: value }]));
    expect(kinds).toEqual([kind]);
    expect(JSON.parse(lines)).toEqual({ f0: shown });
  });

  it.each([
    ['what is something else', () => Promise.resolve(Buffer.from('id,name\n1,a\n')), 'does not begin'],
    ['nothing', () => Promise.resolve(Buffer.alloc(0)), 'cut short'],
    [
      'half a file',
      async () => (await written(record('string'), [{ f0: 'abcd' }])).subarray(0, -9),
      'cut short',
    ],
    [
      'a wrong mark',
      async () => {
        const bytes = await written(record('string'), [{ f0: 'abcd' }]);
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        return bytes;
      },
      'does not end with its mark',
    ],
    ['a list', () => written(record({ type: 'array', items: 'int' }), [{ f0: [1] }]), 'only simple types'],
    ['no record', () => written('int', [1]), 'no record'],
    ['snappy', () => written(record('int'), [{ f0: 1 }], 'snappy'), 'compressed by snappy'],
  ] as const)('%s is refused with a sentence', async (_, bytes, sentence) => {
    await expect(bytes().then(read)).rejects.toThrow(sentence);
  });
});
