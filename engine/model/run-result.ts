import type { Axis, Cell } from './axis.ts';
import type { EnvironmentProxies } from './environment-proxies.ts';
import type { ExitCode } from './errors.ts';
import type { Health } from './health.ts';
import type { LoadAction } from './live-load.ts';
import type { LoadChoice } from './load-choice.ts';
import type { CleanUpCounts } from './metrics.ts';
import type { ThresholdVerdict } from './threshold.ts';

/** The outcome of a run: what `run.json` holds and every report is made from. Plain data. */
export interface RunResult {
  readonly format: 1;
  readonly loadplanVersion: string;
  readonly nodeVersion: string;
  readonly plan: string;
  readonly planFile: string;
  readonly environment: string | null;
  /** What it ran against: `the embedded sandbox`, `project (project_id=my-project)`. Left out when the plan does not say. */
  readonly target?: string;
  /** Properties and their values; secrets are `***`. */
  readonly properties: Readonly<Record<string, string>>;
  /** The proxies of the environment that requests may have gone through, passwords as `***`. Left out when there were none. */
  readonly proxies?: EnvironmentProxies;
  /** What the command line set in place of the plan. Left out when it set nothing. */
  readonly load?: LoadChoice;
  readonly seed: number;
  readonly workers: number;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  readonly verdict: Verdict;
  readonly thresholds: readonly ThresholdVerdict[];
  /** The samples of the load. */
  readonly total: SummaryRow;
  /** The load by label, transactions too. */
  readonly labels: readonly SummaryRow[];
  /** One row per `key=value`. */
  readonly tags: readonly SummaryRow[];
  readonly failures: readonly FailureCount[];
  /** What was taken beside the load, by label: set-up, tear-down, clean-up. In no total. Left out when there was nothing. */
  readonly beside?: readonly SummaryRow[];
  /** Transactions and waits that the end of the run cut off, by label; in no row. Left out when there were none. */
  readonly cutOff?: readonly SkipCount[];
  /** Custom metrics. Left out of results that were counted from samples alone. */
  readonly metrics?: readonly MetricRow[];
  /** Checks, by their names. Left out as `metrics` are. */
  readonly checks?: readonly CheckRow[];
  /** Matrices that were measured. Left out when there are none. */
  readonly sweeps?: readonly SweepResult[];
  /** What people did to the load while it ran, in this order; what changed nothing is left out, and all of it when there was nothing. */
  readonly actions?: readonly LoadAction[];
  readonly users: {
    /** By the plan, and by what people have set since: those added count, those taken away before they had started do not. */
    readonly planned: number;
    readonly started: number;
    readonly finished: number;
    /** Users whose own set-up failed. Left out when there are none. */
    readonly setUpFailed?: number;
    /**
     * Users that ended, or never started, without `onError`, an `action`, the end of their data or time, or a stop: the
     * run failed. Left out when there are none.
     */
    readonly endedEarly?: number;
  };
  /**
   * Workers that were stuck or died, samples that they had recorded and not sent, and users that were not taken up
   * again. Left out when there were none.
   */
  readonly lost?: { readonly workers: number; readonly samples: number; readonly users: number };
  /** Steps left out because their guard (`when`) did not hold, the most frequent first. Left out when there are none. */
  readonly skipped?: readonly SkipCount[];
  /**
   * Requests that were sent once more because the server had closed the connection that they were sent on, by label, the most
   * frequent first. Left out when there are none.
   */
  readonly staleReuses?: readonly SkipCount[];
  /**
   * How often an extractor found nothing in a sample that had not failed before, by the sample's label and the variable, the
   * most frequent first. Left out when each found something.
   */
  readonly misses?: readonly MissCount[];
  /** Left out when no step registered any. */
  readonly cleanUp?: CleanUpResult;
  /** What was read beside the load, over time; their numbers are among `metrics`. Left out when there are none. */
  readonly monitors?: readonly MonitorResult[];
  readonly health: Health;
}

/**
 * How a run ended. `passed`: something was judged, and all of it held. `failed`: something did not hold, or the run went wrong.
 * `notJudged`: there was nothing to judge it by (exit code 0), or what there was could not be judged (99).
 */
export type Ending = 'passed' | 'failed' | 'notJudged';

export interface Verdict {
  /** True only for the ending `passed`. */
  readonly passed: boolean;
  readonly ending: Ending;
  readonly exitCode: ExitCode;
  /** Every reason why it did not pass, the gravest first. Empty when it passed. */
  readonly reasons: readonly string[];
}

/**
 * One row of the final table. All numbers are 0 when `count` is 0. A percentile is the value at the nearest rank (of 30
 * samples p90 is the 27th) of an HDR histogram, exact to 0.1 %: an elapsed time that occurred, never one between two.
 */
export interface SummaryRow {
  readonly label: string;
  readonly kind: 'sample' | 'transaction' | 'aside' | 'tag' | 'total';
  readonly count: number;
  readonly errors: number;
  readonly errorRatio: number;
  readonly averageMs: number;
  readonly minMs: number;
  readonly medianMs: number;
  readonly p90Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /**
   * The total: by the time of the load. Others: by that of the thread groups that took part, from when the first user was due
   * to the end that was planned, or a later one. Thresholds on `rate` are judged by it.
   */
  readonly perSecond: number;
  readonly receivedKbPerSecond: number;
  readonly sentKbPerSecond: number;
  /** The same by the row's own time, as in JMeter's reports and in our table. Left out by older versions. */
  readonly own?: OwnRates;
  /** The whole distribution, in HdrHistogram's V2 encoding (base64), microseconds. Empty when not kept. */
  readonly histogram: string;
}

/** Rates of a row by its own time: from the start of its first sample to the end of its last one. 0 without any time. */
export interface OwnRates {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  readonly perSecond: number;
  readonly receivedKbPerSecond: number;
  readonly sentKbPerSecond: number;
}

export interface FailureCount {
  readonly label: string;
  /** True for what failed beside the load, which is in no total; else left out. */
  readonly beside?: true;
  readonly failure: string;
  readonly count: number;
}

/** What one custom metric came to: over the whole run, or where it was recorded with one tag. */
export type MetricRow = {
  readonly metric: string;
  readonly unit: string;
  /** `key=value`. Null: all values. */
  readonly tag: string | null;
  /** Values recorded. */
  readonly count: number;
  /** Values that there are and nobody knows: sums lack them. Left out when there are none. */
  readonly unknown?: number;
} &
  /** Per second by the time of the thread groups that recorded it; what is read beside the load, by that of the load. */
  (
    | { readonly type: 'counter'; readonly total: number; readonly perSecond: number }
    | { readonly type: 'gauge'; readonly last: number; readonly min: number; readonly max: number }
    | { readonly type: 'rate'; readonly ratio: number }
    | ({ readonly type: 'trend' } & TrendNumbers)
  );

/** In the unit of the metric. Percentiles are the value at the nearest rank, exact to 0.1 %. */
export interface TrendNumbers {
  /** Left out by older versions. */
  readonly sum?: number;
  readonly average: number;
  readonly min: number;
  readonly median: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  /** The heading under which its sums stand in a table of their own. Left out: in none. */
  readonly summed?: string;
  /** What to write to know the values that were not asked for. Left out: all are known. */
  readonly toKnow?: string;
  /** The whole distribution, in HdrHistogram's V2 encoding (base64), thousandths of the unit. */
  readonly histogram: string;
}

/** How often a check held, and why it did not: the most frequent reason first. */
export interface CheckRow {
  readonly check: string;
  readonly passes: number;
  readonly failures: number;
  readonly ratio: number;
  readonly reasons: readonly { readonly failure: string; readonly count: number }[];
}

/** What the cells of a matrix came to. */
export interface SweepResult {
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly rows: readonly SweepRow[];
  readonly ratios: readonly SweepRatio[];
}

/** One step in one cell. */
export interface SweepRow {
  /** Its name without the cell. */
  readonly step: string;
  readonly label: string;
  readonly kind: 'sample' | 'transaction';
  readonly cell: Cell;
  readonly count: number;
  readonly errors: number;
  readonly averageMs: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  /** By the row's own time: from the start of its first sample to the end of its last one. */
  readonly perSecond: number;
}

/** The median of a step in a cell, divided by that in the cell with the value `to` of one axis. */
export interface SweepRatio {
  readonly step: string;
  readonly axis: string;
  readonly cell: Cell;
  readonly to: string;
  readonly medianRatio: number;
  /** Of axes with magnitudes: how much larger it is, and the ratio of the medians per unit; 1 is linear. */
  readonly sizeRatio?: number;
  readonly perUnitRatio?: number;
}

export interface SkipCount {
  readonly label: string;
  readonly count: number;
}

export interface MissCount extends SkipCount {
  /** The variable that was to be set; empty for labels beyond those that are told apart. */
  readonly variable: string;
}

export interface CleanUpResult extends CleanUpCounts {
  /** Registered, and not performed when the run ended: what they were to delete is still there. */
  readonly left: number;
}

/** What became of one monitor. */
export interface MonitorResult {
  /** Its values have the tag `monitor` with this name. */
  readonly monitor: string;
  readonly kind: string;
  /** How many readings were due. */
  readonly readings: number;
  /** Those that gave nothing, and why: the most frequent reason first. */
  readonly missed: number;
  readonly reasons: readonly { readonly failure: string; readonly count: number }[];
  readonly series: readonly MonitorSeries[];
}

/** One metric of a monitor over time: at most 600 points; of a longer run each is the mean of several readings. */
export interface MonitorSeries {
  readonly metric: string;
  readonly unit: string;
  /** Null: no value was read then. */
  readonly points: readonly (readonly [epochMs: number, value: number | null])[];
}
