import { didYouMean } from '../model/did-you-mean.ts';
import type {
  CompiledController,
  CompiledGroup,
  CompiledPlan,
  CompiledStep,
} from '../model/compiled-plan.ts';
import type { Problem } from '../model/errors.ts';
import type { ElementSyntax, MonitorSyntax } from '../model/language.ts';
import type { Plan } from '../model/plan.ts';
import type { ConfigNode } from '../model/template.ts';
import type { MetricCarrier, SeriesCarrier } from '../model/threshold.ts';
import { Compilation, type LateCheck, type PlanFile } from './compilation.ts';
import { isObject } from './config.ts';
import { compileGroups } from './groups.ts';
import { checkIdle } from './idle-groups.ts';
import { compileListeners } from './listeners.ts';
import { compileMonitors, monitorCarriers } from './monitors.ts';
import { propertiesSetLater } from './live-properties.ts';
import { keepPreviousAnswers } from './previous-answers.ts';
import { compilePools } from './pools.ts';
import { secretNames } from './secret-names.ts';
import type { RecordedMetrics } from './recorded-metrics.ts';
import { allTags, selectTags, type TagChoice } from './select-tags.ts';
import { compileThresholds, type KnownThreshold } from './thresholds.ts';
import { evaluateVariables, variablesSetLater, type World } from './variables.ts';

export interface CompileOptions {
  readonly samplers: readonly ElementSyntax[];
  readonly listeners: readonly ElementSyntax[];
  readonly monitors: readonly MonitorSyntax[];
  readonly world: World;
  /** Names of the groups to run; empty for all. */
  readonly groups: readonly string[];
  /** Which steps of the load to run; without it all. */
  readonly tags?: TagChoice;
  /** False: parts of the plan were wrong in form and are missing. What they may explain is not reported. */
  readonly complete: boolean;
}

export interface Compiled {
  /** Without thresholds: they speak of what the plan measures and are added by who knows metrics. */
  readonly plan: CompiledPlan;
  /** As texts, with what is known before the run. */
  readonly thresholds: readonly KnownThreshold[];
  readonly carriers: readonly SeriesCarrier[];
  /** Those that are left by the choice of tags. */
  readonly chosenCarriers: readonly SeriesCarrier[];
  readonly metricCarriers: readonly MetricCarrier[];
  /** Those that are left by the chosen tags. */
  readonly chosenMetricCarriers: readonly MetricCarrier[];
  readonly files: readonly PlanFile[];
  /** To be made when all files are there. */
  readonly lateChecks: readonly LateCheck[];
  readonly problems: readonly Problem[];
}

/**
 * Plan → CompiledPlan: scope resolved, templates parsed, constants put in, numbers known.
 *
 * Every mistake is in `problems`; with any, the plan is not to be run.
 */
export function compilePlan(plan: Plan, options: CompileOptions): Compiled {
  const { samplers, world, groups: chosen, complete } = options;
  const setLater = variablesSetLater(plan);
  const { variables, properties, problems: complaints } = evaluateVariables(plan, world);
  const constants = new Map([...variables].filter(([name]) => !setLater.has(name)));
  const compilation = new Compilation(plan, new Map(samplers.map((one) => [one.kind, one])), {
    constants,
    properties,
    live: propertiesSetLater(plan),
    secretNames: secretNames(plan),
    complete,
    setElsewhere: new Set([...variablesSetLater(plan, false), ...variables.keys()]),
    setLater: new Set([...setLater, ...variables.keys()]),
  });
  for (const { message, at } of complaints) compilation.problem(message, at);
  checkWritten(compilation, chosen);
  const whole = compileGroups(compilation, chosen).map(keepPreviousAnswers);
  const groups = chosenGroups(compilation, whole, options.tags ?? allTags);
  const monitors = compileMonitors(compilation, options.monitors);
  const monitored = monitorCarriers(monitors);
  return {
    plan: {
      name: plan.name,
      properties,
      variables: Object.fromEntries(variables),
      groups,
      pools: compilePools(compilation),
      thresholds: [],
      ...compileListeners(compilation, options.listeners),
      ...(monitors.length > 0 ? { monitors } : {}),
      trends: [],
      metrics: compilation.metrics.all(),
      ...sweepsOf(compilation),
      counterSlots: compilation.slots,
      elementSlots: compilation.elementSlots,
      ...secretsOf(plan, compilation, variables),
    },
    thresholds: compileThresholds(compilation),
    carriers: whole.flatMap(groupCarriers),
    chosenCarriers: groups.flatMap(groupCarriers),
    metricCarriers: [...monitored, ...whole.flatMap((group) => groupMetrics(group, compilation.metrics))],
    chosenMetricCarriers: [
      ...monitored,
      ...groups.flatMap((group) => groupMetrics(group, compilation.metrics)),
    ],
    files: compilation.files,
    lateChecks: compilation.lateChecks,
    problems: compilation.problems,
  };
}

/** The groups with what is left by the choice of tags, in which somebody must do something. */
function chosenGroups(
  compilation: Compilation,
  whole: readonly CompiledGroup[],
  tags: TagChoice,
): readonly CompiledGroup[] {
  const { groups, problems } = selectTags(whole, tags);
  if (compilation.complete) for (const problem of problems) compilation.problem(problem);
  checkIdle(compilation, groups);
  return groups;
}

/** The values that nobody may show. */
function secretsOf(
  plan: Plan,
  { properties, secretNames: names, madeOfSecrets }: Compilation,
  variables: ReadonlyMap<string, string>,
): Pick<CompiledPlan, 'secrets' | 'secretNames'> {
  const given = plan.properties.flatMap(({ name, secret }) => (secret ? (properties[name] ?? []) : []));
  // A value that is one hole, such as a signature, is a secret as a whole.
  const made = [...plan.properties, ...plan.variables].flatMap(({ name, value = '' }) =>
    names.variables.has(name) && /^\$\{[^]*\}$/.test(value) ? (variables.get(name) ?? []) : [],
  );
  const secrets = new Set([...given, ...made, ...madeOfSecrets].filter(Boolean));
  return { secrets: [...secrets], secretNames: [...new Set([...names.variables, ...names.properties])] };
}

/** Nothing for a plan without a matrix. */
function sweepsOf({ sweeps }: Compilation): Pick<CompiledPlan, 'sweeps'> {
  const all = sweeps.all();
  return all.length > 0 ? { sweeps: all } : {};
}

/** Mistakes in what is evaluated before the steps are, and in the choice of groups. */
function checkWritten(compilation: Compilation, chosen: readonly string[]): void {
  const { plan } = compilation;
  for (const { value, at } of plan.properties) if (value !== undefined) compilation.template(value, at);
  for (const { value, at } of plan.variables) compilation.template(value, at);
  const names = plan.threadGroups.map(({ name }) => name);
  for (const name of chosen) {
    if (names.includes(name)) continue;
    compilation.problem(
      `there is no thread group "${name}". Known: ${names.join(', ')}.${didYouMean(name, names)}`,
    );
  }
}

/** What is measured: not clean-up, nor set-up and tear-down, unless those of a group say so. */
function groupCarriers({ phase, steps, setUp, tearDown }: CompiledGroup): SeriesCarrier[] {
  const parts = [setUp, tearDown].flatMap((part) => {
    const carriers = carriersOf(part?.steps ?? []);
    return part?.measure ? carriers : carriers.map(aside);
  });
  const own = carriersOf(steps);
  return [...(phase === 'main' ? own : own.map(aside)), ...parts];
}

function aside(carrier: SeriesCarrier): SeriesCarrier {
  return { ...carrier, aside: true };
}

/** Who records into metrics, in the load and beside it. */
function groupMetrics(
  { phase, steps, setUp, tearDown }: CompiledGroup,
  metrics: RecordedMetrics,
): MetricCarrier[] {
  const parts = [setUp, tearDown].flatMap((part) =>
    part ? metricsOf(part.steps, metrics, !part.measure) : [],
  );
  return [...metricsOf(steps, metrics, phase !== 'main'), ...parts];
}

function metricsOf(
  steps: readonly CompiledStep[],
  metrics: RecordedMetrics,
  aside: boolean,
): MetricCarrier[] {
  return steps.flatMap((step): MetricCarrier[] => {
    const own = metrics.carriersOf(step).map((carrier) => (aside ? { ...carrier, aside } : carrier));
    if (step.type === 'sampler') return own;
    const isCleanUp = step.controller === 'cleanUp';
    const branches = step.branches.flatMap((one) => metricsOf(one.steps, metrics, aside || isCleanUp));
    return [...own, ...metricsOf(step.steps, metrics, aside), ...branches];
  });
}

function carriersOf(
  steps: readonly CompiledStep[],
  partOf?: string | null,
  inRounds: Pick<SeriesCarrier, 'inRounds'> = {},
): SeriesCarrier[] {
  return steps.flatMap((step): SeriesCarrier[] => {
    const label = typeof step.label === 'string' ? step.label : null;
    const own = { label, tags: step.tags, ...(partOf === undefined ? {} : { partOf }), ...inRounds };
    if (step.type === 'sampler') return [own];
    const branches = step.controller === 'cleanUp' ? [] : step.branches;
    const inner = [step.steps, ...branches.map((branch) => branch.steps)].flat();
    const isRow = step.controller === 'transaction' || step.controller === 'poll';
    if (!isRow) return carriersOf(inner, partOf, goesInRounds(step) ? { inRounds: true } : inRounds);
    return hasParent(step.config)
      ? [own, ...carriersOf(inner, partOf === undefined ? label : partOf, inRounds)]
      : [{ ...own, kind: 'transaction' }, ...carriersOf(inner, partOf, inRounds)];
  });
}

/** Whether it is a matrix in whose rounds all cells have their turn. */
function goesInRounds({ controller, config }: CompiledController): boolean {
  const known = 'constant' in config && isObject(config.constant) ? config.constant : {};
  return controller === 'matrix' && known['order'] !== 'cells';
}

/** Whether only the transaction's own row is counted; false where that is not known before the run. */
function hasParent(config: ConfigNode): boolean {
  return 'constant' in config && isObject(config.constant) && config.constant['parent'] === true;
}
