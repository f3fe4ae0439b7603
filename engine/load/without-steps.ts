import type { PlanBranch, PlanGroup, PlanStep } from '../model/plan.ts';

/** The steps, at any depth, without some; the same list when there are none to leave out. */
export function withoutSteps(steps: readonly PlanStep[], left: ReadonlySet<PlanStep>): readonly PlanStep[] {
  if (left.size === 0) return steps;
  return steps
    .filter((step) => !left.has(step))
    .map((step) => ({
      ...step,
      steps: withoutSteps(step.steps, left),
      branches: branchesWithout(step.branches, left),
      ...(step.on ? { on: branchesWithout(step.on, left) } : {}),
      ...(step.cleanUp ? { cleanUp: withoutSteps(step.cleanUp, left) } : {}),
    }));
}

function branchesWithout(branches: readonly PlanBranch[], left: ReadonlySet<PlanStep>): PlanBranch[] {
  return branches.map((branch) => ({ ...branch, steps: withoutSteps(branch.steps, left) }));
}

/** All that the users of a group may do. */
export function groupSteps({ setUp, steps, tearDown }: PlanGroup): PlanStep[] {
  return [...(setUp?.steps ?? []), ...steps, ...(tearDown?.steps ?? [])];
}

/** The group, at any depth, without some steps. */
export function groupWithout(group: PlanGroup, left: ReadonlySet<PlanStep>): PlanGroup {
  const { setUp, tearDown } = group;
  return {
    ...group,
    steps: withoutSteps(group.steps, left),
    ...(setUp ? { setUp: { ...setUp, steps: withoutSteps(setUp.steps, left) } } : {}),
    ...(tearDown ? { tearDown: { ...tearDown, steps: withoutSteps(tearDown.steps, left) } } : {}),
  };
}
