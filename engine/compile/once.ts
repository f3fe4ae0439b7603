import type { ContentWish } from '../model/carried.ts';
import type {
  CompiledController,
  CompiledGroup,
  CompiledPart,
  CompiledPlan,
  CompiledStep,
} from '../model/compiled-plan.ts';
import type { ConfigNode } from '../model/template.ts';
import { isObject } from './config.ts';

export interface OnceOptions {
  /** How often a loop among the steps may go round. */
  readonly passes: number;
  /** What is shown of requests and answers. */
  readonly wish: ContentWish;
}

/**
 * The plan as one user goes through it once: set-up, the groups one after another with one user and one loop, tear-down. Nothing
 * is judged, and nothing is read beside. A matrix goes through its cells once; rows of transactions stand beside their samples.
 * What waits for the clock or for others is left out while the plan runs (`traced`).
 */
export function onceThrough(plan: CompiledPlan, { passes, wish }: OnceOptions): CompiledPlan {
  const { variables = [], contents = [] } = plan.carried ?? {};
  return {
    ...plan,
    groups: oneAfterAnother(plan.groups),
    thresholds: [],
    trends: [],
    monitors: [],
    pairs: [],
    carried: { variables, contents: [...contents, wish] },
    traced: { passes },
  };
}

/** Groups without users have none here either. */
function oneAfterAnother(groups: readonly CompiledGroup[]): CompiledGroup[] {
  const order = inOrder(groups);
  return groups.map((group, index) => {
    const place = order.indexOf(index);
    const { setUp, tearDown, ...own } = group;
    return {
      ...own,
      threads: Math.min(group.threads, 1),
      rampUpMs: 0,
      delayMs: 0,
      loops: 1,
      durationMs: null,
      startAfter: order[place - 1] ?? null,
      steps: group.steps.map(once),
      ...(setUp && { setUp: part(setUp) }),
      ...(tearDown && { tearDown: part(tearDown) }),
    };
  });
}

/** The places of the groups of the load: as they are written, but each after the one that it waits for. */
function inOrder(groups: readonly CompiledGroup[]): number[] {
  const order = new Set<number>();
  const add = (index: number | null) => {
    const group = index === null ? undefined : groups[index];
    if (index === null || group?.phase !== 'main' || order.has(index)) return;
    add(group.startAfter);
    order.add(index);
  };
  groups.forEach((_, index) => add(index));
  return [...order];
}

function part({ steps, measure }: CompiledPart): CompiledPart {
  return { steps: steps.map(once), measure };
}

function once(step: CompiledStep): CompiledStep {
  if (step.type === 'sampler') return step;
  return {
    ...step,
    config: changed(step),
    steps: step.steps.map(once),
    branches: step.branches.map((branch) => ({ ...branch, steps: branch.steps.map(once) })),
  };
}

function changed({ controller, config }: CompiledController): ConfigNode {
  if (controller === 'matrix') return withKeys(config, { iterations: 1, warmUp: 0 });
  return controller === 'transaction' ? withKeys(config, { parent: false }) : config;
}

/** A configuration in which these keys have these values. */
function withKeys(node: ConfigNode, values: Readonly<Record<string, unknown>>): ConfigNode {
  if ('constant' in node && isObject(node.constant)) {
    return { ...node, constant: { ...node.constant, ...values } };
  }
  if (!('object' in node)) return node;
  const own = node.object.filter(([key]) => !Object.hasOwn(values, key));
  const set = Object.entries(values).map(([key, constant]) => [key, { constant }] as const);
  return { object: [...own, ...set] };
}
