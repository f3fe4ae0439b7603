import type { CompiledGroup, CompiledPlan } from '../../model/compiled-plan.ts';
import { knownConfigs } from '../../model/known-part.ts';
import { walkGroup } from '../../model/walk-steps.ts';

/** Downloads at a time of a page whose resources are loaded, when the plan does not say. */
const usualParallel = 6;
const unknownOrigin = 'an address that templates make';

/**
 * How many connections the users of a plan keep open at the same time, by origin, as far as the plan tells before it runs.
 * Groups that follow one another are not counted together.
 */
export function plannedConnections(plan: CompiledPlan): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const [index, group] of plan.groups.entries()) {
    if (group.phase !== 'main' || group.startAfter !== null) continue;
    for (const [origin, count] of mostOfChain(plan.groups, index))
      total.set(origin, (total.get(origin) ?? 0) + count);
  }
  return total;
}

/** The larger of a group and each group that starts when it has ended. */
function mostOfChain(groups: readonly CompiledGroup[], index: number): ReadonlyMap<string, number> {
  const group = groups[index];
  const most = new Map(group ? connectionsOf(group) : []);
  const later = new Map<string, number>();
  for (const [next, { startAfter }] of groups.entries()) {
    if (startAfter !== index || next === index) continue;
    for (const [origin, count] of mostOfChain(groups, next))
      later.set(origin, (later.get(origin) ?? 0) + count);
  }
  for (const [origin, count] of later) most.set(origin, Math.max(most.get(origin) ?? 0, count));
  return most;
}

/** One connection a user to each origin, several where resources of pages are loaded. Those from a shared pool are not planned. */
function connectionsOf(group: CompiledGroup): Map<string, number> {
  const each = new Map<string, number>();
  for (const config of knownConfigs(walkGroup(group), 'http')) {
    if (config['connections'] === 'shared') continue;
    const origin = originOf(config['path']) ?? originOf(config['baseUrl']) ?? unknownOrigin;
    each.set(origin, Math.max(each.get(origin) ?? 0, parallelOf(config['embedded'])));
  }
  return new Map([...each].map(([origin, count]) => [origin, count * group.threads]));
}

function originOf(url: unknown): string | null {
  if (typeof url !== 'string' || !/^https?:/i.test(url) || !URL.canParse(url)) return null;
  return new URL(url).origin;
}

function parallelOf(embedded: unknown): number {
  if (embedded === true) return usualParallel;
  if (typeof embedded !== 'object' || embedded === null) return 1;
  return 'parallel' in embedded && typeof embedded.parallel === 'number' ? embedded.parallel : usualParallel;
}
