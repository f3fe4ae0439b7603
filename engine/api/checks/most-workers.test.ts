import { describe, expect, it } from 'vitest';
import { checkWorkers } from './most-workers.ts';

const gigabytes = (count: number) => count * 2 ** 30;

describe('checkWorkers', () => {
  it.each([
    [2, 24, 64],
    [64, 1, 8],
    [1, 0.05, 1],
  ])('with %i processors and %d GiB lets %i through, and no more', (processors, memory, most) => {
    const machine = { processors, memoryBytes: gigabytes(memory) };
    checkWorkers(undefined, machine);
    checkWorkers(most, machine);
    expect(() => checkWorkers(most + 1, machine)).toThrow(`at most ${most} worker threads`);
    expect(() => checkWorkers(1e9, machine)).toThrow('--workers 1000000000: this machine holds at most');
  });
});
