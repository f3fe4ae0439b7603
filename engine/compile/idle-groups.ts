import type { CompiledGroup } from '../model/compiled-plan.ts';
import type { Compilation } from './compilation.ts';

/**
 * A load in which no user ever starts would measure nothing: a mistake in each of its groups. One group without users
 * beside others that have some is none.
 */
export function checkIdle(compilation: Compilation, groups: readonly CompiledGroup[]): void {
  const load = groups.filter(({ phase }) => phase === 'main');
  if (load.length === 0 || !load.every((group) => idleKey(group) !== null)) return;
  for (const group of load) {
    const written = compilation.plan.threadGroups.find(({ name }) => name === group.name);
    const key = idleKey(group) ?? 'threads';
    const at = (written && compilation.locate(written.config, key)) ?? written?.at;
    const found = key === 'threads' ? 'no threads' : 'a duration of 0';
    compilation.problem(
      `the group "${group.name}" has ${found}, and no other group has users: the run would measure nothing. Give it some.`,
      at,
    );
  }
}

/** What keeps all users of a group from starting; null: nothing does. */
function idleKey({ threads, durationMs }: CompiledGroup): 'threads' | 'duration' | null {
  if (threads === 0) return 'threads';
  return durationMs === 0 ? 'duration' : null;
}
