import type { CompiledPool } from '../model/pool.ts';
import type { SharedState } from '../model/protocol.ts';
import { ownPool } from '../user/entry-pool.ts';
import type { World } from '../user/world.ts';
import { sharedPool } from './shared-pool.ts';

/** The pools of a plan as the users of one worker find them. */
export function poolPlaces(
  pools: readonly CompiledPool[],
  { pools: memory }: SharedState,
  worker: number,
): World['pools'] {
  return new Map(
    pools.map((pool) => {
      const shared = memory[pool.name];
      if (!shared) return [pool.name, (user) => user.state(pool, () => ownPool(pool))];
      const one = sharedPool(pool, shared, worker);
      return [pool.name, () => one];
    }),
  );
}
