import type { PlanBranch, PlanStep } from '../model/plan.ts';
import { emptyScope } from './read-scope.ts';
import type { Reading, StepWord } from './reading.ts';
import { isMapping, mappingOrEmpty, type Mapping } from './shapes.ts';

/** What stands beside a step and says whether it runs, what follows, and what undoes it. */
export type Beside = Pick<PlanStep, 'when' | 'on' | 'cleanUp'>;

/** The guard of a step or branch; its form has been checked. */
export function guard({ when }: Mapping): Pick<PlanStep, 'when'> {
  return typeof when === 'string' || typeof when === 'boolean' ? { when } : {};
}

/** `readSteps` reads the lists of steps in it. */
export function readBeside(
  reading: Reading,
  raw: Mapping,
  { word, readSteps }: { readonly word: StepWord | null; readonly readSteps: ReadSteps },
): Beside {
  if (isMapping(raw['on'])) checkOutcomes(reading, raw, word);
  const on = readOutcomes(reading, mappingOrEmpty(raw['on']), readSteps);
  const cleanUp = readSteps(reading, raw['cleanUp']);
  return {
    ...guard(raw),
    ...(on.length > 0 ? { on } : {}),
    ...(cleanUp.length > 0 ? { cleanUp } : {}),
  };
}

/** The steps that stand beside a step: looked at also when it is wrong. */
export function stepsOf({ on = [], cleanUp = [] }: Beside): (readonly PlanStep[])[] {
  return [...on.map((branch) => branch.steps), cleanUp];
}

type ReadSteps = (reading: Reading, steps: unknown) => PlanStep[];

function checkOutcomes(
  { positions, problems, language }: Reading,
  raw: Mapping,
  word: StepWord | null,
): void {
  if (word === null || language.samplers.includes(word.syntax)) return;
  const message = `only a sampler has an outcome, "${word.syntax.kind}" has none. Write "on" beside a sampler.`;
  problems.add(positions.locateKey(raw, 'on'), message);
}

function readOutcomes(reading: Reading, outcomes: Mapping, readSteps: ReadSteps): PlanBranch[] {
  const { positions } = reading;
  return Object.keys(outcomes).flatMap((outcome) => {
    const at = positions.locateKey(outcomes, outcome);
    const config = { outcome };
    if (!at) return [];
    positions.add(config, at);
    return [{ config, at, scope: emptyScope, steps: readSteps(reading, outcomes[outcome]) }];
  });
}
