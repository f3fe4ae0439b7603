import { didYouMean } from '../model/did-you-mean.ts';
import type { PlanStep } from '../model/plan.ts';
import type { Reading } from './reading.ts';
import { nameList, quote } from './shapes.ts';

export type Flows = ReadonlyMap<string, readonly PlanStep[]>;

/** What the steps of a flow may come to, flows within flows put in: ten times ten of ten is soon too many. */
const maxExpandedSteps = 100_000;

/**
 * Reports `flow` steps whose flow does not exist, flows that contain themselves, and flows of flows that
 * come to too many steps. Gives the steps that are wrong: without them, flows can be put in.
 */
export function checkFlows(reading: Reading, steps: readonly PlanStep[], flows: Flows): Set<PlanStep> {
  const wrong = new Set<PlanStep>();
  const refuse = (step: PlanStep, message: string) => {
    reading.problems.add(reading.positions.locate(step.config, 'name'), message);
    wrong.add(step);
  };
  for (const list of [steps, ...flows.values()]) {
    for (const { name, step } of flowSteps(list)) {
      if (!flows.has(name)) refuse(step, unknownFlow(name, flows));
    }
  }
  const sizes = new Map<string, number>();
  for (const name of flows.keys()) measure({ name, chain: [] }, flows, sizes, refuse);
  return wrong;
}

function unknownFlow(name: string, flows: Flows): string {
  const near = didYouMean(name.slice(0, 100), flows.keys()) || ` Known: ${nameList(flows.keys())}.`;
  return `there is no flow ${quote(name)}.${near}`;
}

interface Visit {
  readonly name: string;
  /** The flows that led here, outermost first. */
  readonly chain: readonly string[];
}

type Refuse = (step: PlanStep, message: string) => void;

/** The number of steps that a flow comes to; steps that lead back or to too many are refused and count as one. */
function measure({ name, chain }: Visit, flows: Flows, sizes: Map<string, number>, refuse: Refuse): number {
  const known = sizes.get(name);
  if (known !== undefined) return known;
  const here = [...chain, name];
  const steps = flows.get(name) ?? [];
  let size = countSteps(steps);
  for (const { name: next, step } of flowSteps(steps)) {
    const start = here.indexOf(next);
    if (start >= 0) {
      refuse(step, `a flow contains itself: ${[...here.slice(start), next].join(' → ')}.`);
      continue;
    }
    const more = measure({ name: next, chain: here }, flows, sizes, refuse);
    if (size + more <= maxExpandedSteps) size += more;
    else
      refuse(
        step,
        `with flow ${quote(next)}, flow ${quote(name)} comes to more than ${maxExpandedSteps} steps.`,
      );
  }
  sizes.set(name, size);
  return size;
}

function countSteps(steps: readonly PlanStep[]): number {
  const inside = steps.map(
    (step) => countSteps(step.steps) + countSteps(step.branches.flatMap((each) => each.steps)),
  );
  return inside.reduce((sum, count) => sum + count, steps.length);
}

/** The `flow` steps of a list, at any depth. */
function flowSteps(steps: readonly PlanStep[]): { name: string; step: PlanStep }[] {
  return steps.flatMap((step) => {
    const name: unknown = 'name' in step.config ? step.config.name : undefined;
    const own = step.kind === 'flow' && typeof name === 'string' ? [{ name, step }] : [];
    return [...own, ...flowSteps(step.steps), ...step.branches.flatMap((branch) => flowSteps(branch.steps))];
  });
}
