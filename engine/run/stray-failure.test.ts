import { describe, expect, it } from 'vitest';
import { UnderWay, type Operation } from '../user/under-way.ts';
import { laidToSamples } from './stray-failure.ts';

function underWay(count: number): { readonly list: UnderWay; readonly failures: string[] } {
  const list = new UnderWay();
  const failures: string[] = [];
  for (let n = 0; n < count; n++) {
    const operation: Operation = {
      untilEpochMs: Infinity,
      previous: null,
      next: null,
      giveUp: () => undefined,
      stop: () => undefined,
      fail: (error) => failures.push(`${error.name}: ${error.message}`),
    };
    list.add(operation);
  }
  return { list, failures };
}

describe('a failure outside the operations of a worker', () => {
  it('is that of the one sample that is under way', () => {
    const { list, failures } = underWay(1);
    expect(laidToSamples(new TypeError('no job'), list)).toBeNull();
    expect(failures).toEqual([expect.stringMatching(/^TypeError: stray: TypeError: no job/)]);
  });

  it.each([
    [0, 'no sample was under way'],
    [3, '3 samples were under way, which failed'],
  ])('fails the run when it can be laid to none: %i', (count, text) => {
    const { list, failures } = underWay(count);
    expect(laidToSamples('lost', list)).toContain(text);
    expect(failures).toHaveLength(count);
  });
});
