import { noReads } from './reads.ts';
import type { Reads } from './reads.ts';
import type { Writing } from './writing.ts';

/** Does the work, and gives what it read apart from all else. */
export function gather<Value>(writing: Writing, work: () => Value): readonly [Value, Reads] {
  const before = writing.reads;
  const reads = noReads();
  writing.reads = reads;
  try {
    return [work(), reads];
  } finally {
    writing.reads = before;
  }
}

/** How much was read so far; the same number afterwards means that a constant was read. */
export function readCount({ reads }: Writing): number {
  return reads.columns.length + reads.queries.length;
}
