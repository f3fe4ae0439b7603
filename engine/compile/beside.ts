import type { CompiledController, CompiledStep } from '../model/compiled-plan.ts';
import type { Position } from '../model/errors.ts';
import type { PlanStep } from '../model/plan.ts';
import { placeText, type Compilation } from './compilation.ts';
import { compileConfig } from './config.ts';

/** What a key beside a step is put around. */
export interface Inside extends Pick<CompiledController, 'label' | 'steps'> {
  readonly at: Position;
  readonly branches?: CompiledController['branches'];
}

/** Steps within a controller that stands for a key beside them. */
export function around(
  controller: 'when' | 'on' | 'cleanUp' | 'export',
  { at, label, steps, branches = [] }: Inside,
  compilation: Compilation,
): CompiledController {
  return {
    type: 'controller',
    controller,
    slot: compilation.elementSlot(),
    label,
    config: { constant: {} },
    tags: {},
    data: [],
    steps,
    branches,
    at: placeText(at),
  };
}

/** The steps of a step or a branch within its guard; as they are when it has none. */
export function guarded(
  { when }: Pick<PlanStep, 'when'>,
  inside: Inside & { readonly steps: CompiledStep[] },
  compilation: Compilation,
): CompiledStep[] {
  if (when === undefined) return inside.steps;
  const written = { value: when, schema: { render: 'condition' }, path: 'when', at: inside.at } as const;
  const condition = compileConfig(written, compilation);
  return [{ ...around('when', inside, compilation), config: { object: [['condition', condition]] } }];
}
