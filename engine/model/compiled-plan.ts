import type { Carried } from './carried.ts';
import type { CompiledPool } from './pool.ts';
import type { Keep } from './sampler.ts';
import type { CompiledMonitor } from './monitor.ts';
import type { ConfigNode, Template } from './template.ts';
import type { Metric } from './metric.ts';
import type { CompiledSweep, PairSpec } from './sweep.ts';
import type { Threshold, TrendName } from './threshold.ts';

/**
 * A plan ready to run: scope resolved by JMeter's rules, templates parsed, numbers known.
 *
 * Plain data: `structuredClone` equals it, so it crosses threads and machines. Workers build
 * closures from it once; users only carry their variables.
 */
export interface CompiledPlan {
  readonly name: string;
  /** Properties as text, read by `${__P(name)}`. */
  readonly properties: Readonly<Record<string, string>>;
  /** Evaluated once before the run, in order, as JMeter does; what every user starts with. Holds the properties too. */
  readonly variables: Readonly<Record<string, string>>;
  readonly groups: readonly CompiledGroup[];
  readonly pools: readonly CompiledPool[];
  readonly thresholds: readonly Threshold[];
  readonly listeners: readonly CompiledListener[];
  /** What is read beside the run; left out when there is none. */
  readonly monitors?: readonly CompiledMonitor[];
  /** Trends to record besides `elapsed`, because a threshold asks for them. */
  readonly trends: readonly TrendName[];
  /** What is recorded besides samples: declared by the plan, or by the samplers it uses. */
  readonly metrics: readonly Metric[];
  /** Its matrices; absent: none. */
  readonly sweeps?: readonly CompiledSweep[];
  /** What is compared in their rounds, because a threshold asks for it; absent: nothing. */
  readonly pairs?: readonly PairSpec[];
  /** Number of function occurrences that count across all users. */
  readonly counterSlots: number;
  /** Number of elements that may share something over all users. */
  readonly elementSlots: number;
  /** A listener is there to show the sums of metrics; absent: none is. */
  readonly showsSums?: true;
  /** What samples carry for listeners; absent: nothing. */
  readonly carried?: Carried;
  /** One user goes through once and tells what it does: nothing is waited for, loops end after some passes. Absent: a load. */
  readonly traced?: { readonly passes: number };
  /** Values that nobody may show, and what functions make of them. */
  readonly secrets: readonly string[];
  /** Variables and properties that hold them. */
  readonly secretNames: readonly string[];
}

export interface CompiledListener {
  readonly kind: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What a user does after a failed sample. */
export type OnError = 'continue' | 'startNextLoop' | 'stopThread' | 'stopTest' | 'stopTestNow';

export type Phase = 'setUp' | 'main' | 'tearDown';

/** A thread group of the closed model. */
export interface CompiledGroup {
  readonly phase: Phase;
  readonly name: string;
  /** From 1, counted anew in each phase: the `1` in the thread name `Users 1-7`. */
  readonly number: number;
  readonly threads: number;
  readonly rampUpMs: number;
  readonly delayMs: number;
  /** Null: without end. */
  readonly loops: number | null;
  /** Counted from the group's start plus its delay. Null: until the loops are done. */
  readonly durationMs: number | null;
  readonly onError: OnError;
  /** Index in `groups` of the group that must have ended first. */
  readonly startAfter: number | null;
  /** Move on at the start of each iteration. */
  readonly data: readonly CompiledElement[];
  readonly steps: readonly CompiledStep[];
  /** What each user does before its first iteration and after its last. */
  readonly setUp?: CompiledPart;
  readonly tearDown?: CompiledPart;
}

/** Steps beside the load of a group. */
export interface CompiledPart {
  readonly steps: readonly CompiledStep[];
  /** Whether their samples count like those of the load. */
  readonly measure: boolean;
}

export type CompiledStep = CompiledSampler | CompiledController;

/** JMeter's sample package: one sampler with everything in whose scope it stands, outermost first. */
export interface CompiledSampler {
  readonly type: 'sampler';
  readonly sampler: string;
  readonly label: Template;
  readonly config: ConfigNode;
  readonly tags: Readonly<Record<string, string>>;
  /** Codes that decide success (`200`, `2xx`). Null: the sampler decides. */
  readonly expect: readonly string[] | null;
  readonly before: readonly CompiledElement[];
  readonly timers: readonly CompiledElement[];
  readonly extractors: readonly CompiledElement[];
  readonly after: readonly CompiledElement[];
  readonly assertions: readonly CompiledElement[];
  readonly checks: readonly CompiledCheck[];
  /** Whether anything reads the response; if not, it is counted and dropped. */
  readonly keepBody: boolean;
  readonly keepHeaders: boolean;
  readonly keepRequest: boolean;
  /** Whether a script elsewhere may read the answer as the previous one, `prev`; absent: none does. */
  readonly keepsAnswer?: boolean;
  /** What is kept of sub-samples, because an element that applies to them reads it; absent: nothing. */
  readonly keepOfParts?: Keep;
  /** Variables handed to all users once set-up is over. */
  readonly export: readonly string[];
  /** `plans/a.yaml:12:5`. */
  readonly at: string;
}

export interface CompiledElement {
  readonly kind: string;
  /** Numbers the element among all of the plan: what is shared by all workers is found by it. */
  readonly slot: number;
  /** Extractors: the variable they set. */
  readonly variable: string;
  /** Assertions: which answers they judge; absent: that of the sample. */
  readonly applyTo?: 'subs' | 'all';
  readonly config: ConfigNode;
  readonly at: string;
}

/** An assertion whose results are recorded: it fails no sample. */
export interface CompiledCheck {
  readonly name: string;
  readonly assertion: CompiledElement;
}

export interface CompiledController {
  readonly type: 'controller';
  readonly controller: string;
  readonly slot: number;
  readonly label: Template;
  readonly config: ConfigNode;
  readonly tags: Readonly<Record<string, string>>;
  /** Move on at the start of each pass through the steps. */
  readonly data: readonly CompiledElement[];
  readonly steps: readonly CompiledStep[];
  readonly branches: readonly CompiledBranch[];
  readonly at: string;
}

export interface CompiledBranch {
  readonly config: ConfigNode;
  readonly steps: readonly CompiledStep[];
}
