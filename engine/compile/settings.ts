import { controllers, dataSources, extractors, processors } from '../elements/index.ts';
import type { Plan, PlanElement, PlanStep, Scope } from '../model/plan.ts';
import { innerSteps } from '../model/walk-steps.ts';
import { variablesSet } from '../template/functions/function.ts';
import { templateFunctions } from '../template/functions/index.ts';
import { callsIn, runTexts, texts } from './texts.ts';

/** Something that sets variables or a property, and the texts that it takes for that. */
export interface Setting {
  readonly from: readonly string[];
  readonly variables?: readonly string[];
  readonly property?: string;
}

/** Whatever in a plan sets a variable or a property, before the run or in it. */
export function* settingsOf(plan: Plan): Generator<Setting> {
  yield* setBeforeTheRun(plan);
  yield* setInScope(plan.scope);
  for (const { scope, steps, ...parts } of plan.threadGroups) {
    yield* setInScope(scope);
    yield* setInSteps(steps);
    for (const part of [parts.setUp, parts.tearDown]) yield* setInSteps(part?.steps ?? []);
  }
  for (const { steps, parameters } of plan.flows.values()) {
    for (const one of parameters ?? []) yield { from: [one.default ?? ''], variables: [one.name] };
    yield* setInSteps(steps);
  }
  yield* setInSteps([...plan.setUp, ...plan.tearDown]);
  for (const text of runTexts(plan)) yield* setByFunctions(text);
}

function* setBeforeTheRun({ properties, variables }: Plan): Generator<Setting> {
  for (const { name, value = '' } of properties) {
    yield { from: [value], variables: [name], property: name };
  }
  for (const { name, value } of variables) yield { from: [value], variables: [name] };
}

function* setInSteps(steps: readonly PlanStep[]): Generator<Setting> {
  for (const step of steps) {
    yield* setInScope(step.scope);
    yield* setBy(step, controllers.get(step.kind));
    for (const { scope } of step.branches) yield* setInScope(scope);
    yield* setInSteps(innerSteps(step).flat());
  }
}

function* setInScope({ before, after, extract, data }: Scope): Generator<Setting> {
  for (const element of [...before, ...after]) yield* setBy(element, processors.get(element.kind));
  for (const element of data) yield* setBy(element, dataSources.get(element.kind));
  for (const { kind, variable = '', config } of extract) {
    const own: Readonly<Record<string, unknown>> = { ...config };
    // What is found is the server's; only what stands in for it is the author's.
    yield {
      from: [...texts(own['default'])],
      variables: [...(extractors.get(kind)?.sets(variable, own) ?? [])],
    };
  }
}

interface Setter {
  sets?(config: Readonly<Record<string, unknown>>): Iterable<string>;
}

/** What a step or an element sets; each variable from its own text where they stand side by side. */
function* setBy(
  { kind, config }: Pick<PlanElement, 'kind' | 'config'>,
  setter: Setter | undefined,
): Generator<Setting> {
  const own: Readonly<Record<string, unknown>> = { ...config };
  const values = kind === 'flow' ? own['with'] : kind === 'set' ? own['set'] : null;
  if (typeof values === 'object' && values !== null) {
    for (const [name, value] of Object.entries(values)) yield { from: [...texts(value)], variables: [name] };
  } else if (setter?.sets) {
    // `change: token, into: other` reads the variable that it names.
    const read = kind === 'change' ? [`\${${String(own['change'])}}`] : [];
    const from = [...texts(config), ...read, ...readByScript(own)];
    yield { from, variables: [...setter.sets(own)] };
    for (const property of setByScript(own)) yield { from, property };
  }
  if (kind === 'matrix') yield* setByAxes(own['matrix']);
}

/** What a script reads by its name, as templates. */
function readByScript({ script }: Readonly<Record<string, unknown>>): string[] {
  if (typeof script !== 'string') return [];
  const read = script.matchAll(/\b(vars|props)\.get\(\s*(['"`])([^'"`$]+)\2/g);
  return Array.from(read, ([, from, , name = '']) => (from === 'vars' ? `\${${name}}` : `\${__P(${name})}`));
}

function setByScript({ script }: Readonly<Record<string, unknown>>): string[] {
  if (typeof script !== 'string') return [];
  const set = script.matchAll(/\bprops\.(?:set|put)\(\s*(['"`])([^'"`$]+)\1/g);
  return Array.from(set, ([, , name = '']) => name);
}

/** Of a value that is written with its parts, each is a variable: `size.file`; a single one is `size.value`. */
function* setByAxes(axes: unknown): Generator<Setting> {
  if (!isMap(axes)) return;
  for (const [axis, values] of Object.entries(axes)) {
    for (const given of isMap(values) ? Object.values(values) : []) {
      for (const [key, part] of Object.entries(isMap(given) ? given : { value: given })) {
        yield { from: [...texts(part)], variables: [`${axis}.${key}`] };
      }
    }
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function* setByFunctions(text: string): Generator<Setting> {
  for (const part of callsIn(text)) {
    const called = templateFunctions.get(part.function);
    if (!called) continue;
    const written = part.args.map((one) => (typeof one === 'string' ? one : ''));
    const property = called.setsProperty === undefined ? '' : (written[called.setsProperty] ?? '').trim();
    const from = [text];
    yield { from, variables: variablesSet(called, written) };
    if (property !== '') yield { from, property };
  }
}
