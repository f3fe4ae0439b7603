import { controllers, dataSources, extractors, processors } from '../elements/index.ts';
import type { Plan, PlanElement, PlanStep, Scope } from '../model/plan.ts';
import type { FunctionPart, Template, TemplatePart } from '../model/template.ts';
import { innerSteps } from '../model/walk-steps.ts';
import { variablesSet } from '../template/functions/function.ts';
import { templateFunctions } from '../template/functions/index.ts';
import { parseTemplate, TemplateError } from '../template/parse.ts';
import { callsIn, runTexts, texts } from './texts.ts';

/** Variables and properties whose values are secrets, or are made of them. */
export interface SecretNames {
  readonly variables: ReadonlySet<string>;
  readonly properties: ReadonlySet<string>;
}

/**
 * The names under which secrets go about in a plan: properties with `secret: true`, and whatever a template sets from
 * them before the run or in it. By name, wherever it is set: a name is secret as soon as one place makes it so.
 */
export function secretNames(plan: Plan): SecretNames {
  const properties = new Set(plan.properties.flatMap(({ name, secret }) => (secret ? [name] : [])));
  const names = { properties, variables: new Set(properties) };
  if (properties.size === 0) return names;
  const settings = [...settingsOf(plan)];
  for (let before = -1; before < sizeOf(names);) {
    before = sizeOf(names);
    for (const { from, variables = [], property } of settings) {
      if (!from.some((text) => mentions(text, names))) continue;
      for (const name of variables) names.variables.add(name);
      if (property !== undefined) names.properties.add(property);
    }
  }
  return names;
}

function sizeOf({ variables, properties }: SecretNames): number {
  return variables.size + properties.size;
}

/** Something that sets variables or a property, and the texts that it takes for that. */
interface Setting {
  readonly from: readonly string[];
  readonly variables?: readonly string[];
  readonly property?: string;
}

function* settingsOf(plan: Plan): Generator<Setting> {
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
    const variables = extractors.get(kind)?.sets(variable, { ...config }) ?? [];
    yield { from: [...texts(config)], variables: [...variables] };
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
    yield { from: [...texts(config), ...read], variables: [...setter.sets(own)] };
  }
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

function mentions(text: string, names: SecretNames): boolean {
  try {
    return isMadeOfAny(
      parseTemplate(text, () => 0),
      names,
    );
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return false;
  }
}

function isMadeOfAny(template: Template, names: SecretNames): boolean {
  return typeof template !== 'string' && template.some((part) => isMadeOf(part, names));
}

/** Functions that read the variable whose name they are given. */
const readsVariable: ReadonlySet<string> = new Set(['__V', '__evalVar']);

/** Whether what a part gives is made of a secret. Of a choice, the texts say so themselves. */
export function isMadeOf(part: TemplatePart, names: SecretNames): boolean {
  if (typeof part === 'string' || 'choice' in part || 'joined' in part) return false;
  if ('secret' in part) return true;
  return 'variable' in part ? names.variables.has(part.variable) : isCallOnSecret(part, names);
}

function isCallOnSecret({ function: name, args }: FunctionPart, names: SecretNames): boolean {
  const place = templateFunctions.get(name)?.readsProperty;
  const isRead = (argument: Template | undefined, among: ReadonlySet<string>) =>
    typeof argument === 'string' && among.has(argument.trim());
  if (place !== undefined && isRead(args[place], names.properties)) return true;
  if (readsVariable.has(name) && isRead(args[0], names.variables)) return true;
  return args.some((argument) => isMadeOfAny(argument, names));
}
