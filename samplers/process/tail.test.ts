import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Tail } from './tail.ts';

it('keeps the end, however it is cut into chunks, and counts all', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 20 })), fc.nat(40), (chunks, limit) => {
      const tail = new Tail(limit);
      for (const chunk of chunks) tail.add(Buffer.from(chunk));
      const all = Buffer.from(chunks.join(''));
      expect(tail.content()).toEqual(limit === 0 ? Buffer.alloc(0) : all.subarray(-limit));
      expect([tail.bytes, tail.isCut]).toEqual([all.length, all.length > limit]);
    }),
  );
});

it('holds no more than a little over twice its limit of an endless stream', () => {
  const tail = new Tail(1000);
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 20_000; i++) tail.add(Buffer.alloc(10_000, i));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150e6);
  expect([tail.bytes, tail.content().length]).toEqual([200e6, 1000]);
});
