import type { CompiledStep } from '../model/compiled-plan.ts';
import type { PlanStep } from '../model/plan.ts';
import type { ConfigNode } from '../model/template.ts';
import { compileChance } from './choices.ts';
import { placeText, type Compilation } from './compilation.ts';
import { compileConfig } from './config.ts';

/** The steps of a step within what its `chance` and `every` say; as they are when it has neither. */
export function sometimes(step: PlanStep, inside: CompiledStep[], compilation: Compilation): CompiledStep[] {
  const { chance, every = 1, at } = step;
  if (chance === undefined && step.every === undefined) return inside;
  const [only, second] = inside;
  const schema = { type: 'integer', minimum: 1 } as const;
  const always: ConfigNode = { constant: true };
  const holds: ConfigNode =
    chance === undefined
      ? always
      : { choice: { chance: compileChance(chance, at, compilation) }, among: [always] };
  return [
    {
      type: 'controller',
      controller: 'sometimes',
      slot: compilation.elementSlot(),
      label: only && !second ? only.label : (step.name ?? step.kind),
      config: {
        object: [
          ['holds', holds],
          ['every', compileConfig({ value: every, schema, path: 'every', at }, compilation)],
        ],
      },
      tags: {},
      data: [],
      steps: inside,
      branches: [],
      at: placeText(at),
    },
  ];
}
