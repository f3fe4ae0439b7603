import { assertions, controllers, dataSources, extractors, processors } from '../elements/index.ts';
import type { Position, Problem } from '../model/errors.ts';
import type { Host, Random, SharedCounters } from '../model/ports.ts';
import type { Plan, PlanStep, Scope } from '../model/plan.ts';
import { innerSteps } from '../model/walk-steps.ts';
import { variablesSet } from '../template/functions/function.ts';
import { templateFunctions } from '../template/functions/index.ts';
import { parseTemplate, TemplateError } from '../template/parse.ts';
import { renderer } from '../template/render.ts';
import type { RenderScope } from '../template/scope.ts';
import { constantScope } from './fold.ts';
import { callsIn, runTexts } from './texts.ts';

/** What the world gives to variables that are evaluated once, before the run. */
export interface World {
  readonly nowEpochMs: number;
  readonly random: Random;
  /** `sandbox.api` and the like. */
  readonly variables: Readonly<Record<string, string>>;
  readonly host: Host;
}

export interface Evaluated {
  readonly variables: Map<string, string>;
  readonly properties: Record<string, string>;
  /** What functions complained of, such as a file that is not there. */
  readonly problems: readonly Problem[];
}

/** Properties and variables of the plan, evaluated once in order: a later one may use an earlier one. */
export function evaluateVariables(plan: Plan, world: World): Evaluated {
  const complaints: string[] = [];
  const problems: Problem[] = [];
  const note = (at: Position | undefined) => {
    for (const message of complaints.splice(0)) problems.push(at ? { at, message } : { message });
  };
  const variables = new Map(Object.entries(world.variables));
  const properties: Record<string, string> = {};
  const scope: RenderScope = {
    ...constantScope(variables, properties),
    nowEpochMs: () => world.nowEpochMs,
    host: { ...world.host, log: complaintsInto(complaints) },
    planName: plan.name,
    random: world.random,
    counters: countedOnce,
    set: (name, value) => variables.set(name, value),
    setProperty: (name, value) => (properties[name] = value),
  };
  for (const { name, value, at } of plan.properties) {
    if (value === undefined) continue;
    properties[name] = evaluated(value, scope);
    variables.set(name, properties[name]);
    note(at);
  }
  for (const { name, value, at } of plan.variables) {
    variables.set(name, evaluated(value, scope));
    note(at);
  }
  return { variables, properties, problems };
}

/** Functions complain in the log, under their names; what the author logs is no complaint. */
function complaintsInto(complaints: string[]): Host['log'] {
  return (level, message) => {
    if (message.startsWith('__') && (level === 'WARN' || level === 'ERROR')) complaints.push(message);
  };
}

/** Whatever counts has counted to one: a function that goes through a file gives its first part. */
const countedOnce: SharedCounters = { next: () => 1, nextNamed: () => 1 };

/** Mistakes stay in the text: `compilePlan` reports them with their place. */
function evaluated(text: string, scope: RenderScope): string {
  try {
    return renderer(parseTemplate(text, () => 0))(scope);
  } catch (error) {
    if (error instanceof TemplateError || error instanceof RangeError) return text;
    throw error;
  }
}

/**
 * Variables that something sets during the run: extractors, exports, functions that store their result. `inside`:
 * also what is set only for the steps inside, such as the parameters of a flow.
 */
export function variablesSetLater(plan: Plan, inside = true): Set<string> {
  const found = new Set<string>();
  const add = (names: Iterable<string> | undefined) => {
    for (const name of names ?? []) found.add(name);
  };
  const visit = (step: PlanStep) => {
    setByScope(step.scope, add);
    add(step.export);
    if (inside || step.kind !== 'flow') add(controllers.get(step.kind)?.sets?.({ ...step.config }));
    for (const branch of step.branches) setByScope(branch.scope, add);
    innerSteps(step).flat().forEach(visit);
  };
  setByScope(plan.scope, add);
  for (const group of plan.threadGroups) {
    setByScope(group.scope, add);
    for (const { steps } of [group, group.setUp, group.tearDown].filter((part) => part !== undefined)) {
      steps.forEach(visit);
    }
  }
  for (const flow of plan.flows.values()) {
    if (inside) add((flow.parameters ?? []).map(({ name }) => name));
    flow.steps.forEach(visit);
  }
  for (const steps of [plan.setUp, plan.tearDown]) steps.forEach(visit);
  for (const text of runTexts(plan)) add(storedByFunctions(text));
  return found;
}

function setByScope(scope: Scope, add: (names: Iterable<string> | undefined) => void): void {
  for (const { kind, variable = '', config } of scope.extract) {
    add(extractors.get(kind)?.sets(variable, { ...config }));
  }
  for (const { kind, config } of [...scope.before, ...scope.after]) {
    add(processors.get(kind)?.sets?.({ ...config }));
  }
  for (const { kind, config } of [...scope.assert, ...scope.check]) {
    add(assertions.get(kind)?.sets?.({ ...config }));
  }
  for (const { kind, config } of scope.data) add(dataSources.get(kind)?.sets({ ...config }));
}

/** `${__Random(1,9,dice)}` sets `dice`, also as an argument of another function. */
function* storedByFunctions(text: string): Generator<string> {
  for (const { function: name, args } of callsIn(text)) {
    const called = templateFunctions.get(name);
    if (called)
      yield* variablesSet(
        called,
        args.map((one) => (typeof one === 'string' ? one : '')),
      );
  }
}
