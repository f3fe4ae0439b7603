import { describe, expect, it } from 'vitest';
import { Crc32c } from './crc32c.ts';

/** The vectors of RFC 3720, appendix B.4, and the check value of the CRC catalogue. */
describe('CRC32C', () => {
  it.each([
    ['nothing', new Uint8Array(0), 0x00000000],
    ['123456789', new TextEncoder().encode('123456789'), 0xe3069283],
    ['32 zeroes', new Uint8Array(32), 0x8a9136aa],
    ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['0 to 31', Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
  ])('of %s is the published one', (_, bytes, expected) => {
    const sum = new Crc32c();
    sum.update(bytes);
    expect(sum.value()).toBe(expected);
  });

  it('is the same in pieces, and Base64 has the highest byte first', () => {
    const sum = new Crc32c();
    for (const piece of ['123', '', '456789']) sum.update(new TextEncoder().encode(piece));
    expect(sum.base64()).toBe('4waSgw==');
  });
});
