import type { CompiledGroup, CompiledStep } from './compiled-plan.ts';
import type { PlanStep } from './plan.ts';

/** Every step of a list and what stands inside it, in the order in which they are written. */
export function* walkSteps(steps: readonly CompiledStep[]): Generator<CompiledStep> {
  for (const step of steps) {
    yield step;
    if (step.type === 'sampler') continue;
    yield* walkSteps(step.steps);
    for (const branch of step.branches) yield* walkSteps(branch.steps);
  }
}

/** Every step that the users of a group may perform. */
export function* walkGroup({ setUp, steps, tearDown }: CompiledGroup): Generator<CompiledStep> {
  yield* walkSteps([...(setUp?.steps ?? []), ...steps, ...(tearDown?.steps ?? [])]);
}

/** The lists of steps that stand directly in a step of the author's: its own, its branches, its outcomes, its clean-up. */
export function innerSteps({ steps, branches, on = [], cleanUp = [] }: PlanStep): (readonly PlanStep[])[] {
  return [steps, ...[...branches, ...on].map((branch) => branch.steps), cleanUp];
}
