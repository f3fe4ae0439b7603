import type { PlanPool } from '../model/plan.ts';
import type { Source } from './read-sources.ts';
import type { Reading } from './reading.ts';
import { mappingOrEmpty, quote } from './shapes.ts';

/** The pools that the plan and the files it includes declare; one that is declared twice is a problem. */
export function readPools(
  sources: readonly Source[],
  { positions, problems }: Pick<Reading, 'positions' | 'problems'>,
): PlanPool[] {
  const pools = new Map<string, PlanPool>();
  for (const { root } of sources) {
    const own = mappingOrEmpty(root['pools']);
    for (const name of Object.keys(own)) {
      const at = positions.locateKey(own, name);
      if (!at) continue;
      const first = pools.get(name)?.at;
      if (first) {
        problems.add(at, `the pool ${quote(name)} is already declared in ${first.file}:${first.line}.`);
      } else pools.set(name, { name, config: mappingOrEmpty(own[name]), at });
    }
  }
  return [...pools.values()];
}
