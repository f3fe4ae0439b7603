import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineCrc32c } from './combine.ts';
import { Crc32c } from './crc32c.ts';

const crcOf = (...pieces: Uint8Array[]) => {
  const sum = new Crc32c();
  for (const piece of pieces) sum.update(piece);
  return sum.value();
};

describe('combining CRC32C', () => {
  it('gives the checksum of both texts one after the other', () => {
    const bytes = fc.uint8Array({ maxLength: 5000 });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(combineCrc32c(crcOf(a), crcOf(b), b.length)).toBe(crcOf(a, b));
      }),
    );
  });

  it('holds for lengths beyond 32 bits', () => {
    // A second text of 2^33 zeroes is 2^13 times one of 2^20, combined by doubling.
    const zeroes = new Uint8Array(2 ** 20);
    let [crc, length] = [crcOf(zeroes), zeroes.length];
    while (length < 2 ** 33) [crc, length] = [combineCrc32c(crc, crc, length), 2 * length];
    const start = crcOf(Uint8Array.of(1, 2, 3));
    let stepwise = start;
    for (let done = 0; done < 2 ** 33; done += 2 ** 20)
      stepwise = combineCrc32c(stepwise, crcOf(zeroes), 2 ** 20);
    expect(combineCrc32c(start, crc, length)).toBe(stepwise);
  });
});
