import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { dataSet } from '../../../engine/generate/data-set.ts';
import { readDataSet, type WrittenDataSet } from '../../../engine/generate/written.ts';
import { madeContent } from './made-file.ts';
import { MadeFiles } from './made-files.ts';

const facts: WrittenDataSet = { generate: 'facts', rows: 300, seed: 7, bad: 0, format: 'csv', header: true };

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < 100; index++) {
    await Promise.resolve();
    yield Buffer.alloc(10_000, index);
  }
}
const whole = Buffer.concat(Array.from({ length: 100 }, (_, index) => Buffer.alloc(10_000, index)));
const read = (content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) => buffer(Readable.from(content));

describe.each([
  ['in memory', 10_000_000],
  ['in a file', 25_000],
])('made content %s', (where, mostBytes) => {
  it('is the same from any place to any other, also side by side', async () => {
    const made = await madeContent(pieces(), mostBytes);
    expect([made.sizeBytes, made.bytes === null]).toEqual([whole.length, where === 'in a file']);
    const ranges = [
      [0, whole.length],
      [12_345, 700_001],
      [999_999, 1_000_000],
      [5, 5],
    ] as const;
    const all = await Promise.all(ranges.map(([from, to]) => read(made.open(from, to))));
    ranges.forEach(([from, to], index) => expect(all[index]?.equals(whole.subarray(from, to))).toBe(true));
    await made.close();
  });
});

describe('made files', () => {
  it('are made once for all who want them at the same time, and again only when they were forgotten', async () => {
    const files = new MadeFiles();
    const [one, other] = await Promise.all([files.take(facts), files.take({ ...facts })]);
    expect(one.bytes).toBe(other.bytes);
    expect(one.bytes?.equals(await buffer(dataSet(readDataSet(facts))))).toBe(true);
    for (let seed = 1; seed <= 4; seed++) (await files.take({ ...facts, seed })).release();
    expect((await files.take(facts)).bytes).not.toBe(one.bytes);
    one.release();
    expect((await read(one.open(0, 10))).length).toBe(10);
  });

  it('that cannot be made are told to all, and tried again', async () => {
    const files = new MadeFiles();
    const wrong = { ...facts, generate: 'nothing-known' };
    await expect(files.take(wrong)).rejects.toThrow('nothing-known');
    await expect(files.take(wrong)).rejects.toThrow('nothing-known');
  });
});
