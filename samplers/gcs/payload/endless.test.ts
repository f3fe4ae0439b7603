import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endlessPieces } from './endless.ts';

const MiB = 2 ** 20;
const bytes = (compressibility: number, seed: number, from: number, to: number) =>
  Buffer.concat([...endlessPieces({ compressibility, seed }, from, to)]);

describe('an endless stream', () => {
  it.each([0, 0.25, 0.5, 0.7, 0.95, 1])('of compressibility %f is made smaller so much by gzip', (share) => {
    const content = bytes(share, 7, 0, 4 * MiB);
    expect(content).toHaveLength(4 * MiB);
    expect(Math.abs(1 - gzipSync(content).length / content.length - share)).toBeLessThan(0.01);
  });

  it('of the same seed has the same bytes, of another one others', () => {
    expect(bytes(0.3, 1, 0, 3 * MiB).equals(bytes(0.3, 1, 0, 3 * MiB))).toBe(true);
    expect(bytes(0.3, 1, 0, MiB).equals(bytes(0.3, 2, 0, MiB))).toBe(false);
  });

  it('does not repeat itself', () => {
    expect(bytes(0, 1, 0, MiB).equals(bytes(0, 1, MiB, 2 * MiB))).toBe(false);
  });

  it('is the same in parts, wherever it is cut', () => {
    const whole = bytes(0.4, 3, 0, 3 * MiB);
    fc.assert(
      fc.property(fc.nat(3 * MiB), fc.nat(3 * MiB), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        return bytes(0.4, 3, from, to).equals(whole.subarray(from, to));
      }),
      { numRuns: 20 },
    );
  });

  it('goes on after as much as no disk holds', () => {
    const far = 9 * 10 ** 15;
    expect(bytes(0, 1, far, far + 10)).toHaveLength(10);
  });
});
