import { describe, expect, it } from 'vitest';
import { heapMbFor } from './worker-heap.ts';

const gb = 2 ** 30;

describe('the heap of a worker', () => {
  it.each([
    [1, 64 * gb, 0, 4096],
    [1, 8 * gb, 0, 3072],
    [3, 16 * gb, 0, 3072],
    [3, 64 * gb, 4 * gb, 768],
    [3, 16 * gb, 2 ** 63, 3072],
    [7, 1 * gb, 0, 256],
  ])('%i workers, memory %i of which %i may be used: %i MB', (workers, totalBytes, allowedBytes, mb) => {
    expect(heapMbFor(workers, { totalBytes, allowedBytes })).toBe(mb);
  });
});
