import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { ownText } from './own-text.ts';

/** Megabytes that are still held once `count` texts of 10 MB have been made and a piece was kept of each. */
function heldMb(keep: (piece: string) => string, count: number): number {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
  const before = process.memoryUsage().heapUsed + process.memoryUsage().external;
  const kept = Array.from({ length: count }, (_, n) => {
    const text = `${Buffer.alloc(10_000_000, 97).toString('latin1')}"id":"0123456789abcdefghij${n}"`;
    return keep(/"id":"([^"]+)"/.exec(text)?.[1] ?? '');
  });
  gc();
  const after = process.memoryUsage().heapUsed + process.memoryUsage().external;
  expect(new Set(kept).size).toBe(count);
  return (after - before) / 1e6;
}

it('a piece of a large text does not keep the whole', () => {
  expect(heldMb((piece) => piece, 10)).toBeGreaterThan(90);
  // What V8 remembers of the last match, and three texts more on Node 24, however many there were.
  expect(heldMb(ownText, 10)).toBeLessThan(60);
});

it.each(['', 'short', 'x'.repeat(13), 'ü🚀\ud800'.repeat(20), 'y'.repeat(1_000_001)])(
  'is the same text',
  (text) => {
    expect(ownText(text)).toBe(text);
  },
);
