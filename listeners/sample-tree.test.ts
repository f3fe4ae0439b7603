import { describe, expect, it } from 'vitest';
import { sampleOf } from '../engine/metrics/test-support/samples.ts';
import { sampleTrees, type SampleTree } from './sample-tree.ts';

/** `a(a-0 a-1)`. */
const shape = ({ sample: { label }, parts }: SampleTree): string =>
  label + (parts.length === 0 ? '' : `(${parts.map(shape).join(' ')})`);

describe('sampleTrees', () => {
  it.each([
    ['', ''],
    ['a b', 'a b'],
    ['a >a-0 >a-1 b', 'a(a-0 a-1) b'],
    ['pay >a >a-0 >a-1 >b >c >c-0', 'pay(a(a-0 a-1) b c(c-0))'],
    ['a >a-0 >a-0-0 >a-0-1 >a-1', 'a(a-0(a-0-0 a-0-1) a-1)'],
    ['a >x >a-7', 'a(x a-7)'],
    ['a a', 'a a'],
    ['>a-0 b', 'a-0 b'],
  ])('of the rows "%s" are "%s"', (rows, expected) => {
    const batch = rows
      .split(' ')
      .filter(Boolean)
      .map((row) => sampleOf({ label: row.replace('>', ''), kind: row.startsWith('>') ? 'sub' : 'sample' }));
    expect(sampleTrees(batch).map(shape).join(' ')).toBe(expected);
  });
});
