import { processors } from '../elements/index.ts';
import type { CompiledElement, CompiledGroup, CompiledStep } from '../model/compiled-plan.ts';
import { walkGroup } from '../model/walk-steps.ts';

type Script = Pick<CompiledElement, 'kind' | 'config'>;

/**
 * Scripts that are steps of their own, or stand under `before`, see the answer of an earlier sample as `prev`. The
 * samplers of a group with such a script keep their answers; those of other groups do not.
 */
export function keepPreviousAnswers(group: CompiledGroup): CompiledGroup {
  if (scriptsOfPrevious(group).length === 0) return group;
  const { setUp, tearDown } = group;
  return {
    ...group,
    steps: group.steps.map(keeping),
    ...(setUp && { setUp: { ...setUp, steps: setUp.steps.map(keeping) } }),
    ...(tearDown && { tearDown: { ...tearDown, steps: tearDown.steps.map(keeping) } }),
  };
}

function keeping(step: CompiledStep): CompiledStep {
  if (step.type === 'sampler') return { ...step, keepsAnswer: true, keepBody: true, keepHeaders: true };
  const branches = step.branches.map((branch) => ({ ...branch, steps: branch.steps.map(keeping) }));
  return { ...step, steps: step.steps.map(keeping), branches };
}

/** The scripts of a group that may read the answer of an earlier sample. */
export function scriptsOfPrevious(group: CompiledGroup): Script[] {
  return [...walkGroup(group)].flatMap((step) =>
    (step.type === 'sampler' ? step.before : [{ kind: step.controller, config: step.config }]).filter(
      mayMention,
    ),
  );
}

/** Every way to name a parameter of the function that a script is the body of: by name, spelled out or in code made of text, or by place. */
const mention = /prev|eval|arguments|\\\\[ux]/;

/** Whether it reads answers, and its text may mention the previous one. */
function mayMention({ kind, config }: Script): boolean {
  const reads = processors.get(kind)?.reads ?? [];
  return reads.length > 0 && mention.test(JSON.stringify(config));
}
