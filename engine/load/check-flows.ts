import { didYouMean } from '../model/did-you-mean.ts';
import { maxSteps } from '../model/limits.ts';
import type { PlanFlow, PlanStep } from '../model/plan.ts';
import { checkParameters } from './check-parameters.ts';
import { innerSteps } from '../model/walk-steps.ts';
import type { Reading } from './reading.ts';
import { nameList, quote } from './shapes.ts';

export type Flows = ReadonlyMap<string, PlanFlow>;

/** Flows within flows. */
const maxFlowDepth = 50;

/**
 * Reports `flow` steps whose flow does not exist, flows that contain themselves, flows of flows that
 * are too deep or too many, and parameters that are missing or unknown. Gives the steps that are wrong: without them, flows can be put in.
 */
export function checkFlows(reading: Reading, steps: readonly PlanStep[], flows: Flows): Set<PlanStep> {
  const wrong = new Set<PlanStep>();
  const refuse = (step: PlanStep, message: string) => {
    reading.problems.add(reading.positions.locate(step.config, 'name'), message);
    wrong.add(step);
  };
  const walk: Walk = { flows, known: new Map(), refuse };
  for (const name of flows.keys()) measureFlow(name, [], walk);
  measure(steps, [], walk);
  for (const { name, step } of flowSteps([steps, ...[...flows.values()].map((flow) => flow.steps)].flat())) {
    const flow = flows.get(name);
    if (flow) checkParameters(reading, step, { name, parameters: flow.parameters });
  }
  return wrong;
}

function unknownFlow(name: string, flows: Flows): string {
  const near = didYouMean(name.slice(0, 100), flows.keys()) || ` Known: ${nameList(flows.keys())}.`;
  return `there is no flow ${quote(name)}.${near}`;
}

interface Walk {
  readonly flows: Flows;
  /** The flows that have been measured. */
  readonly known: Map<string, Extent>;
  readonly refuse: (step: PlanStep, message: string) => void;
}

interface Extent {
  /** Number of steps, flows put in. */
  readonly steps: number;
  /** Levels of flows within. */
  readonly depth: number;
}

function measureFlow(name: string, chain: readonly string[], walk: Walk): Extent {
  const known = walk.known.get(name) ?? measure(walk.flows.get(name)?.steps ?? [], [...chain, name], walk);
  walk.known.set(name, known);
  return known;
}

/** What steps come to. Those that lead nowhere, back or too far are refused and count as one. */
function measure(list: readonly PlanStep[], chain: readonly string[], walk: Walk): Extent {
  let extent: Extent = { steps: countSteps(list), depth: 0 };
  for (const { name, step } of flowSteps(list)) {
    const refusal = refuse(name, chain, walk.flows);
    const inside = refusal === null ? measureFlow(name, chain, walk) : { steps: 0, depth: 0 };
    const sum = { steps: extent.steps + inside.steps, depth: Math.max(extent.depth, inside.depth + 1) };
    const excess = refusal ?? tooMuch(sum);
    if (excess === null) extent = sum;
    else walk.refuse(step, excess);
  }
  return extent;
}

function refuse(name: string, chain: readonly string[], flows: Flows): string | null {
  if (!flows.has(name)) return unknownFlow(name, flows);
  const start = chain.indexOf(name);
  if (start >= 0) return `a flow contains itself: ${[...chain.slice(start), name].join(' → ')}.`;
  return chain.length > maxFlowDepth ? tooDeep : null;
}

const tooDeep = `flows stand within each other more than ${maxFlowDepth} deep.`;

function tooMuch({ steps, depth }: Extent): string | null {
  if (depth > maxFlowDepth) return tooDeep;
  return steps > maxSteps ? `with this flow, there are more than ${maxSteps} steps.` : null;
}

function countSteps(steps: readonly PlanStep[]): number {
  const inside = steps.map((step) => countSteps(innerSteps(step).flat()));
  return inside.reduce((sum, count) => sum + count, steps.length);
}

/** The `flow` steps of a list, at any depth. */
function flowSteps(steps: readonly PlanStep[]): { name: string; step: PlanStep }[] {
  return steps.flatMap((step) => {
    const name: unknown = 'name' in step.config ? step.config.name : undefined;
    const own = step.kind === 'flow' && typeof name === 'string' ? [{ name, step }] : [];
    return [...own, ...innerSteps(step).flatMap(flowSteps)];
  });
}
