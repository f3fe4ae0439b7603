import type { CompiledStep } from './compiled-plan.ts';

/** Every step of a list and what stands inside it, in the order in which they are written. */
export function* walkSteps(steps: readonly CompiledStep[]): Generator<CompiledStep> {
  for (const step of steps) {
    yield step;
    if (step.type === 'sampler') continue;
    yield* walkSteps(step.steps);
    for (const branch of step.branches) yield* walkSteps(branch.steps);
  }
}
