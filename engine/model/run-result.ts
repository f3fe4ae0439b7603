import type { ExitCode } from './errors.ts';
import type { ThresholdVerdict } from './threshold.ts';

/** The outcome of a run: what `run.json` holds and every report is made from. Plain data. */
export interface RunResult {
  readonly format: 1;
  readonly loadplanVersion: string;
  readonly nodeVersion: string;
  readonly plan: string;
  readonly planFile: string;
  readonly environment: string | null;
  /** Properties and their values; secrets are `***`. */
  readonly properties: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly workers: number;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  readonly verdict: Verdict;
  readonly thresholds: readonly ThresholdVerdict[];
  readonly total: SummaryRow;
  readonly labels: readonly SummaryRow[];
  /** One row per `key=value`. */
  readonly tags: readonly SummaryRow[];
  readonly failures: readonly FailureCount[];
  readonly users: { readonly planned: number; readonly started: number; readonly finished: number };
  readonly health: Health;
}

export interface Verdict {
  readonly passed: boolean;
  readonly exitCode: ExitCode;
  /** Every reason why it did not pass, or was cut short. Empty when all is well. */
  readonly reasons: readonly string[];
}

/** One row of the final table. Percentiles are exact to 0.1 %. All numbers are 0 when `count` is 0. */
export interface SummaryRow {
  readonly label: string;
  readonly kind: 'sample' | 'transaction' | 'tag' | 'total';
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
  readonly perSecond: number;
  readonly receivedKbPerSecond: number;
  readonly sentKbPerSecond: number;
  /** The whole distribution, in HdrHistogram's V2 encoding (base64), microseconds. Empty when not kept. */
  readonly histogram: string;
}

export interface FailureCount {
  readonly label: string;
  readonly failure: string;
  readonly count: number;
}

/** What the generator says of itself: a run in which it was the slow part says so. */
export interface Health {
  readonly ok: boolean;
  /** Sentences for a person. Empty when ok. */
  readonly warnings: readonly string[];
  readonly latenessP99Ms: number;
  readonly latenessMaxMs: number;
  readonly stalls: number;
  readonly stalledMs: number;
  readonly longestStallMs: number;
  readonly taintedSamples: number;
  /** The busiest worker's mean and its busiest second, 0 to 1. */
  readonly utilisationMean: number;
  readonly utilisationMax: number;
  readonly heldBackMs: number;
}
