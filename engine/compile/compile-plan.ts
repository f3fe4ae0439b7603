import { didYouMean } from '../model/did-you-mean.ts';
import type { CompiledGroup, CompiledPlan } from '../model/compiled-plan.ts';
import type { Problem } from '../model/errors.ts';
import type { ElementSyntax, MonitorSyntax } from '../model/language.ts';
import type { LoadChoice } from '../model/load-choice.ts';
import type { Metric } from '../model/metric.ts';
import type { Plan } from '../model/plan.ts';
import type { MetricCarrier, SeriesCarrier } from '../model/threshold.ts';
import { Compilation, type LateCheck, type PlanFile } from './compilation.ts';
import { fillRead } from './answer-reads.ts';
import { groupCarriers, groupMetrics } from './carriers.ts';
import { compileGroups } from './groups.ts';
import { checkIdle } from './idle-groups.ts';
import { compileListeners } from './listeners.ts';
import { compileMonitors, monitorCarriers } from './monitors.ts';
import { propertiesSetLater } from './live-properties.ts';
import { keepPreviousAnswers } from './previous-answers.ts';
import { compilePools } from './pools.ts';
import { secretNames } from './secret-names.ts';
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
  /** What replaces the load that they say; without it nothing. */
  readonly load?: LoadChoice | undefined;
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
  /** Those that are left by the choice of groups and tags. */
  readonly chosenCarriers: readonly SeriesCarrier[];
  readonly metricCarriers: readonly MetricCarrier[];
  /** Those that are left by the choice of groups and tags. */
  readonly chosenMetricCarriers: readonly MetricCarrier[];
  /** What thresholds may speak of: that of the groups that do not run, too. */
  readonly known: Pick<CompiledPlan, 'metrics' | 'sweeps'>;
  readonly files: readonly PlanFile[];
  /** Files that the plan writes while it runs; null for one that only the run knows. */
  readonly written: ReadonlySet<string | null>;
  /** To be made when it is known which files are there. */
  readonly lateChecks: readonly LateCheck[];
  readonly problems: readonly Problem[];
}

/**
 * Plan → CompiledPlan: scope resolved, templates parsed, constants put in, numbers known.
 *
 * Every mistake is in `problems`; with any, the plan is not to be run.
 */
export function compilePlan(plan: Plan, options: CompileOptions): Compiled {
  const { world, groups: chosen } = options;
  const { variables, properties, problems: complaints } = evaluateVariables(plan, world);
  const open = opening(plan, options, { variables, properties });
  const compilation = open();
  for (const { message, at } of complaints) compilation.problem(message, at);
  checkWritten(compilation, chosen);
  const whole = compileGroups(compilation, chosen, options.load);
  const groups = chosenGroups(compilation, whole, options.tags ?? allTags);
  const all = chosen.length === 0 ? { compilation, groups: whole } : everyGroup(open());
  const monitors = compileMonitors(compilation, options.monitors);
  const monitored = monitorCarriers(monitors);
  return {
    plan: {
      name: plan.name,
      properties,
      variables: Object.fromEntries(variables),
      // Last of all: which metrics a step records is known of the steps as they were compiled.
      groups: groups.map(keepPreviousAnswers).map((group) => fillRead(group, compilation.samplers)),
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
    carriers: all.groups.flatMap(groupCarriers),
    chosenCarriers: groups.flatMap(groupCarriers),
    metricCarriers: [...monitored, ...metricCarriers(all)],
    chosenMetricCarriers: [...monitored, ...metricCarriers({ compilation, groups })],
    known: { metrics: metricsOf(compilation, all.compilation), ...sweepsOf(all.compilation) },
    files: compilation.files,
    written: compilation.written,
    lateChecks: compilation.lateChecks,
    problems: compilation.problems,
  };
}

/** Makes compilations of the plan, with what is known of it before the run. */
function opening(
  plan: Plan,
  { samplers, complete }: CompileOptions,
  { variables, properties }: Pick<ReturnType<typeof evaluateVariables>, 'variables' | 'properties'>,
): () => Compilation {
  const setLater = variablesSetLater(plan);
  const kinds = new Map(samplers.map((one) => [one.kind, one]));
  const known = {
    constants: new Map([...variables].filter(([name]) => !setLater.has(name))),
    properties,
    live: propertiesSetLater(plan),
    secretNames: secretNames(plan),
    complete,
    setElsewhere: new Set([...variablesSetLater(plan, false), ...variables.keys()]),
    setLater: new Set([...setLater, ...variables.keys()]),
  };
  return () => new Compilation(plan, kinds, known);
}

interface CompiledLoad {
  readonly compilation: Compilation;
  readonly groups: readonly CompiledGroup[];
}

/** Those that do not run, too: thresholds may speak of them. What is wrong in them is told when they run. */
function everyGroup(compilation: Compilation): CompiledLoad {
  return { compilation, groups: compileGroups(compilation, []) };
}

function metricsOf(...compilations: readonly Compilation[]): Metric[] {
  const all = compilations.flatMap(({ metrics }) => metrics.all());
  return [...new Map(all.map((metric) => [metric.name, metric])).values()];
}

function metricCarriers({ compilation: { metrics }, groups }: CompiledLoad): MetricCarrier[] {
  return groups.flatMap((group) => groupMetrics(group, metrics));
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
  for (const name of chosen) if (!names.includes(name)) compilation.problem(noSuchGroup(name, names, plan));
}

function noSuchGroup(name: string, names: readonly string[], { switchedOff = [] }: Plan): string {
  if (switchedOff.includes(name))
    return `--group: the thread group "${name}" does not run: enabled is false.`;
  if (name === 'setUp' || name === 'tearDown')
    return `--group: ${name} is no thread group, and runs with any of them. Known: ${names.join(', ')}.`;
  return `--group: there is no thread group "${name}". Known: ${names.join(', ')}.${didYouMean(name, names)}`;
}
