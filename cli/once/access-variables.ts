import type { CompiledPlan } from '../../engine/model/compiled-plan.ts';
import { walkGroup } from '../../engine/model/walk-steps.ts';
import { givesAccess } from '../../listeners/access-names.ts';

/** Variables that the plan sends where they give access: in such headers, and as credentials under `auth`. */
export function accessVariables({ groups }: CompiledPlan): Set<string> {
  const names = new Set<string>();
  for (const step of groups.flatMap((group) => [...walkGroup(group)])) {
    if (step.type === 'sampler') look(step.config, false, names);
  }
  return names;
}

/** Entries of objects are pairs of a key and what stands there. */
function look(node: unknown, isAccess: boolean, names: Set<string>): void {
  if (!isObject(node)) return;
  if (isAccess && 'variable' in node && typeof node.variable === 'string') names.add(node.variable);
  const [key] = Array.isArray(node) && node.length === 2 ? Array.from<unknown>(node) : [];
  const isGiven = typeof key === 'string' && (givesAccess(key) || key === 'auth');
  for (const inner of Object.values(node)) look(inner, isAccess || isGiven, names);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
