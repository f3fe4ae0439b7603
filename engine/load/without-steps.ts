import type { PlanStep } from '../model/plan.ts';

/** The steps, at any depth, without some; the same list when there are none to leave out. */
export function withoutSteps(steps: readonly PlanStep[], left: ReadonlySet<PlanStep>): readonly PlanStep[] {
  if (left.size === 0) return steps;
  return steps
    .filter((step) => !left.has(step))
    .map((step) => ({
      ...step,
      steps: withoutSteps(step.steps, left),
      branches: step.branches.map((branch) => ({ ...branch, steps: withoutSteps(branch.steps, left) })),
    }));
}
