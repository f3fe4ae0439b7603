import { didYouMean } from '../model/did-you-mean.ts';
import type { FlowParameter, PlanStep } from '../model/plan.ts';
import type { Reading } from './reading.ts';
import { isMapping, nameList, quote } from './shapes.ts';

/** Reports what a `flow` step gives that its flow does not take, and what it does not give that is needed. */
export function checkParameters(
  { problems, positions }: Reading,
  { config, at }: PlanStep,
  flow: { readonly name: string; readonly parameters: readonly FlowParameter[] | null },
): void {
  const { name, parameters } = flow;
  if (!parameters) return;
  const given = 'with' in config && isMapping(config.with) ? config.with : {};
  const known = parameters.map((each) => each.name);
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    const hint = didYouMean(key.slice(0, 100), known) || ` Known: ${nameList(known)}.`;
    problems.add(
      positions.locateKey(given, key),
      `the flow ${quote(name)} has no parameter ${quote(key)}.${hint}`,
    );
  }
  for (const parameter of parameters) {
    if (parameter.default !== undefined || Object.hasOwn(given, parameter.name)) continue;
    problems.add(
      positions.locate(config, 'name') ?? at,
      `the flow ${quote(name)} needs the parameter ${quote(parameter.name)}. Write flow: { name: ${name}, with: { ${parameter.name}: … } }.`,
    );
  }
}
