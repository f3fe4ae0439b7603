import type { Sample } from '../engine/model/sample.ts';

/** A sample and what it is made of. */
export interface SampleTree {
  readonly sample: Sample;
  readonly parts: SampleTree[];
}

/**
 * The samples of a batch with their parts inside them.
 *
 * Rows of parts follow their sample. `Log in-0` and `Log in-1`, in this order, are parts of the `Log in` before them,
 * which may itself be part of a transaction with `parent`; any other part belongs to the outermost.
 */
export function sampleTrees(batch: readonly Sample[]): SampleTree[] {
  const trees: SampleTree[] = [];
  let open: SampleTree[] = []; // from the outermost to the last one seen
  for (const sample of batch) {
    const tree: SampleTree = { sample, parts: [] };
    const [outermost] = open;
    if (sample.kind === 'sub' && outermost) {
      const isPartOf = (whole: SampleTree) => sample.label === `${whole.sample.label}-${whole.parts.length}`;
      const depth = Math.max(0, open.findLastIndex(isPartOf));
      (open[depth] ?? outermost).parts.push(tree);
      open = [...open.slice(0, depth + 1), tree];
    } else {
      trees.push(tree);
      open = [tree];
    }
  }
  return trees;
}
