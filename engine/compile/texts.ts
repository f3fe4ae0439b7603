import type { Plan, PlanElement, PlanStep, Scope } from '../model/plan.ts';
import type { FunctionPart, Template } from '../model/template.ts';
import { innerSteps } from '../model/walk-steps.ts';
import { parseTemplate, TemplateError } from '../template/parse.ts';

/** Everything in a plan that may hold templates or scripts and is used while it runs. */
export function* runTexts(plan: Plan): Generator<string> {
  yield* scopeTexts(plan.scope);
  for (const { scope, steps, setUp, tearDown } of plan.threadGroups) {
    yield* scopeTexts(scope);
    yield* stepTexts([...steps, ...(setUp?.steps ?? []), ...(tearDown?.steps ?? [])]);
  }
  for (const { steps, parameters } of plan.flows.values()) {
    yield* texts(parameters);
    yield* stepTexts(steps);
  }
  yield* stepTexts(plan.setUp);
  yield* stepTexts(plan.tearDown);
}

function* stepTexts(steps: readonly PlanStep[]): Generator<string> {
  for (const step of steps) {
    yield* texts([step.config, step.name, step.when, step.chance, step.every]);
    yield* scopeTexts(step.scope);
    for (const branch of step.branches) {
      yield* texts([branch.config, branch.when]);
      yield* scopeTexts(branch.scope);
    }
    yield* stepTexts(innerSteps(step).flat());
  }
}

function* scopeTexts({ defaults, ...lists }: Scope): Generator<string> {
  yield* texts(defaults);
  const { before, timers, extract, after, assert, check, data } = lists;
  const elements: readonly PlanElement[] = [before, timers, extract, after, assert, check, data].flat();
  for (const { config } of elements) yield* texts(config);
}

/** The texts in a value of the author's, at any depth. */
export function* texts(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) yield* texts(inner);
  }
}

/** The functions that are called in a text, also in the arguments of others. None in what is no template, such as a script. */
export function* callsIn(text: string): Generator<FunctionPart> {
  try {
    yield* calls(parseTemplate(text, () => 0));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
  }
}

function* calls(template: Template): Generator<FunctionPart> {
  if (typeof template === 'string') return;
  for (const part of template) {
    if (typeof part === 'string' || !('function' in part)) continue;
    yield part;
    for (const argument of part.args) yield* calls(argument);
  }
}
