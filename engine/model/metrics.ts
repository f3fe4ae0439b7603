import type { PairWindow } from './sweep.ts';
import type { TrendName } from './threshold.ts';

/** What is counted together: samples with the same label, tags and kind; `aside` is what was not taken under load. */
export interface SeriesKey {
  readonly label: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly kind: 'sample' | 'transaction' | 'aside' | 'cut';
}

/** What one series did in one window. Windows add up: merging shares equals measuring the whole. */
export interface SeriesWindow extends SeriesKey {
  readonly count: number;
  readonly errors: number;
  /** When the first of them started and the last one ended, in whole milliseconds as a JTL has them. */
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  /** The thread groups whose users took them (`Users 1`): rates divide by the time of these. */
  readonly groups: readonly string[];
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly trends: Readonly<Partial<Record<TrendName, TrendWindow>>>;
  /** How often each failure (`503 Service Unavailable`) was seen. */
  readonly failures: Readonly<Record<string, number>>;
}

/** What one custom metric was given in one window, by the tags of the place. Windows add up, gauges by time. */
export interface MetricWindow {
  readonly metric: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Values recorded. */
  readonly count: number;
  /** Values that there are and nobody knows, such as the bill of a query of which BigQuery has told none: sums lack them. Left out: 0. */
  readonly unknown?: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** The value recorded last, and when. */
  readonly last: number;
  readonly lastEpochMs: number;
  /** The thread groups whose users recorded them; none of what is read beside the load. */
  readonly groups: readonly string[];
  /** Trends: the values, to a thousandth; `…Ms` then is the metric's unit. */
  readonly distribution: TrendWindow | null;
  /** Checks: why they failed, and how often. */
  readonly failures: Readonly<Record<string, number>>;
}

/** A distribution of durations: exact count, sum, least and greatest; buckets of 0.1 % width at worst. */
export interface TrendWindow {
  readonly count: number;
  readonly sumMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  /** Occupied buckets and their counts, in rising order. See `metrics/histogram.ts`. */
  readonly buckets: Uint32Array;
  readonly counts: Uint32Array;
}

export interface UserCounts {
  readonly active: number;
  readonly started: number;
  readonly finished: number;
  /** Users that people have added to the plan's, less those taken away before they had started. Left out: 0. */
  readonly added?: number;
  /** Users whose own set-up failed, which ended them. Left out when there are none. */
  readonly setUpFailed?: number;
  /** Users that a defect has ended, or kept from their start. Left out when there are none. */
  readonly endedEarly?: EarlyEnds;
}

export interface EarlyEnds {
  readonly count: number;
  readonly firstReason: string;
}

/** What became of the clean-up that steps asked for. */
export interface CleanUpCounts {
  readonly registered: number;
  /** Performed without a failed sample, and with one. */
  readonly done: number;
  readonly failed: number;
  /** The first failure, for people; empty without one. */
  readonly firstFailure: string;
}

/** What a worker did in one window, normally a second. */
export interface WorkerWindow {
  readonly worker: number;
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
  readonly series: readonly SeriesWindow[];
  /** Left out when nothing was recorded. */
  readonly metrics?: readonly MetricWindow[];
  /** Comparisons in the rounds of a matrix. Left out without any. */
  readonly pairs?: readonly PairWindow[];
  readonly users: UserCounts;
  /** Steps left out because their guard did not hold, by label. Left out when there are none. */
  readonly skipped?: Readonly<Record<string, number>>;
  /** Requests sent once more because the server had closed a connection in use, by label. Left out when there are none. */
  readonly staleReuses?: Readonly<Record<string, number>>;
  /** Extractors that found nothing, by label and variable (`missOf`). Left out when there are none. */
  readonly misses?: Readonly<Record<string, number>>;
  /** Since the start of the run. Left out while nothing is registered. */
  readonly cleanUp?: CleanUpCounts;
  readonly health: HealthWindow;
}

/** How well the generator itself kept up. */
export interface HealthWindow {
  /** How late samples started, after their due time. */
  readonly lateness: TrendWindow;
  /** Gaps of the heartbeat beyond its interval: times when the event loop stood still. */
  readonly stalls: number;
  readonly stalledMs: number;
  readonly longestStallMs: number;
  /** Each of these times: from when to when. Left out when there are none. */
  readonly stallSpans?: readonly (readonly [fromEpochMs: number, toEpochMs: number])[];
  /** Samples more than a tenth of whose time the event loop stood still: their times are not the server's alone. */
  readonly taintedSamples: number;
  /** Share of the window that the event loop was busy, 0 to 1. */
  readonly utilisation: number;
  /** Time users waited because results could not be taken as fast as they came. */
  readonly heldBackMs: number;
  /** Samples that failed on this machine, by cause (`local.fd_exhausted`). Left out when there are none. */
  readonly local?: Readonly<Record<string, number>>;
  /** How long the worker's thread was ready to run and had no CPU. Left out when the windows of several workers are merged. */
  readonly cpuWaitMs?: number;
  /** How full the worker's heap is, 0 to 1. Left out likewise. */
  readonly heapRatio?: number;
}

/** The windows of all workers for the same time, merged. */
export interface RunWindow {
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
  readonly series: readonly SeriesWindow[];
  /** Left out when nothing was recorded. */
  readonly metrics?: readonly MetricWindow[];
  readonly users: UserCounts;
  readonly health: HealthWindow;
}
