import type { Position } from './errors.ts';
import type { Metric } from './metric.ts';

/**
 * What the author wrote: validated against the schemas, in long form, templates unrendered, properties resolved.
 *
 * Made by `load` (or an importer), consumed by `compile`. Configurations (`config`) are the author's own
 * objects, so that `locate` finds the line they stand on.
 */
export interface Plan {
  readonly name: string;
  readonly description: string;
  /** The file as the user named it. */
  readonly file: string;
  /** The text of the file, for the copy in the results folder. */
  readonly source: string;
  readonly environment: string | null;
  /** Properties that choose an environment once they are set. */
  readonly switches: readonly EnvironmentSwitch[];
  readonly properties: readonly Property[];
  readonly variables: readonly Named<string>[];
  /** Present when the embedded pipeline is to be started; `${sandbox.api}` and the like are then known. */
  readonly sandbox: SandboxOptions | null;
  readonly metrics: readonly PlanMetric[];
  readonly scope: Scope;
  readonly setUp: readonly PlanStep[];
  readonly tearDown: readonly PlanStep[];
  readonly threadGroups: readonly PlanGroup[];
  /** Names of thread groups with `enabled: false`; absent: there are none. */
  readonly switchedOff?: readonly string[];
  /** `threads`, as the author wrote it: what groups with a share divide among them. */
  readonly config: object;
  /** Flows by name: steps that a group or a `flow` step refers to. */
  readonly flows: ReadonlyMap<string, PlanFlow>;
  /** Bags of texts that steps fill and draw from. */
  readonly pools: readonly PlanPool[];
  readonly thresholds: readonly PlanThreshold[];
  /** Whether a run whose figures are not valid fails. */
  readonly health: 'warn' | 'fail';
  readonly listeners: readonly PlanElement[];
  /** What is read beside the run. */
  readonly monitors: readonly PlanElement[];
  /** Where a mapping or list of the author's stands, or one of its keys. */
  locate(node: object, key?: string | number): Position | undefined;
}

/** `when:` of an environment. */
export interface EnvironmentSwitch {
  readonly property: string;
  readonly environment: string;
}

/** A metric that the plan declares. */
export interface PlanMetric extends Metric {
  readonly at: Position;
}

export interface Named<T> {
  readonly name: string;
  readonly value: T;
  readonly at: Position;
}

/** A declared property with the value it has in this run. */
export interface Property {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'duration';
  readonly description: string;
  /** Undefined when nothing sets it and it is not required. May hold `${sandbox.…}`. */
  readonly value: string | undefined;
  readonly from:
    'command line' | 'property file' | 'environment variable' | 'environment' | 'default' | 'nowhere';
  readonly secret: boolean;
  readonly at: Position | undefined;
}

/** `-e`-independent options of the embedded pipeline. */
export interface SandboxOptions {
  /** Added to every answer. */
  readonly latencyMs: number;
  /** Share of requests that are answered with 503, 0 to 1. */
  readonly errorRatio: number;
  readonly seed: number;
  /** Time from an issue's beginning to its detection. */
  readonly detectionMs?: number;
  /** Time from there until it is healed. */
  readonly healingMs?: number;
  /** Uploaded objects are kept up to this size; the bytes of larger ones are only counted and checksummed. */
  readonly keepObjectBytes?: number;
}

/** What a plan, group, controller or step says for the samplers beneath it. */
export interface Scope {
  /** By sampler kind: configuration to start from. Nearest wins, key by key; maps such as headers merge. */
  readonly defaults: Readonly<Record<string, object>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Codes that mean success (`200`, `2xx`); the innermost replaces the outer ones. */
  readonly expect: readonly string[] | null;
  /** Pre-processors: run before every sampler beneath. */
  readonly before: readonly PlanElement[];
  /** Delays before every sampler beneath; they add up. */
  readonly timers: readonly PlanElement[];
  readonly extract: readonly PlanElement[];
  /** Post-processors besides extractors. */
  readonly after: readonly PlanElement[];
  readonly assert: readonly PlanElement[];
  /** Assertions whose results are recorded and fail no sample. */
  readonly check: readonly PlanElement[];
  /** Sources of variables that move on at the start of each pass of the place they stand in. */
  readonly data: readonly PlanElement[];
}

/** An element with a kind: an extractor, an assertion, a timer, a listener. */
export interface PlanElement {
  readonly kind: string;
  /** Extractors: the variable they set. */
  readonly variable?: string;
  /** Checks: the name under which results are recorded. */
  readonly name?: string;
  readonly config: object;
  readonly at: Position;
}

/** A sampler or a controller, with what stands in it. */
export interface PlanStep {
  readonly kind: string;
  /** The author's `name:`, a template. Undefined: the kind makes one. */
  readonly name: string | undefined;
  /** In long form. */
  readonly config: object;
  readonly at: Position;
  readonly scope: Scope;
  /** The steps inside; empty for samplers. */
  readonly steps: readonly PlanStep[];
  /** For kinds such as `choose`: the alternatives, each with its own configuration and steps. */
  readonly branches: readonly PlanBranch[];
  /** Variables that every user sees once set-up is over. */
  readonly export: readonly string[];
  /** A condition, as written: the step is left out, and counted, when it does not hold. */
  readonly when?: string | boolean;
  /** Samplers: steps by outcome; `config` is `{ outcome: '404' }`. */
  readonly on?: readonly PlanBranch[];
  /** What undoes the step when the user ends. */
  readonly cleanUp?: readonly PlanStep[];
  /** How likely it is to run, as written: `30%`, 0.3. */
  readonly chance?: string | number;
  /** 10: in the tenth iteration of the user, the twentieth, and so on; as written. */
  readonly every?: string | number;
}

/** Steps with a name, and the parameters that they take. */
export interface PlanFlow {
  /** Null: the flow declares none, and takes what it is given. */
  readonly parameters: readonly FlowParameter[] | null;
  readonly steps: readonly PlanStep[];
}

/** A variable that is set while a flow runs. */
export interface FlowParameter {
  readonly name: string;
  /** A template. Undefined: whoever runs the flow must give a value. */
  readonly default: string | undefined;
  readonly at: Position;
}

export interface PlanBranch {
  readonly config: object;
  readonly at: Position;
  readonly scope: Scope;
  readonly steps: readonly PlanStep[];
  /** As that of a step: a branch that was chosen is left out, and counted, when it does not hold. */
  readonly when?: string | boolean;
}

/** A thread group of the closed model. Scalars are templates or values, as written. */
export interface PlanGroup {
  readonly name: string;
  readonly at: Position;
  /** `threads`, `share`, `rampUp`, `delay`, `loops`, `duration`, `onError`, `startAfter`: as the author wrote them. */
  readonly config: object;
  readonly scope: Scope;
  readonly steps: readonly PlanStep[];
  /** What each user does before its first iteration and after its last. */
  readonly setUp?: PlanPart;
  readonly tearDown?: PlanPart;
}

/** Steps beside the load of a group. */
export interface PlanPart {
  readonly steps: readonly PlanStep[];
  /** Whether their samples count like those of the load. */
  readonly measure: boolean;
}

export interface PlanPool {
  readonly name: string;
  readonly config: object;
  readonly at: Position;
}

export interface PlanThreshold {
  readonly text: string;
  readonly at: Position;
  /** The table of limits that it is one of. */
  readonly table?: CeilingTable;
}

/** Limits of one measure, by the values of some tags. */
export interface CeilingTable {
  readonly measure: string;
  readonly by: readonly string[];
  readonly at: Position;
}
