import { describe, expect, it } from 'vitest';
import { workersFor } from './pool.ts';

describe('workersFor', () => {
  it.each([
    [0, 8, 1],
    [1, 8, 1],
    [250, 8, 1],
    [251, 8, 2],
    [10_000, 8, 7],
    [10_000, 2, 1],
    [10_000, 1, 1],
  ])('%i users on %i cores: %i', (users, cores, workers) => {
    expect(workersFor(users, cores)).toBe(workers);
  });
});
