import type { Unread } from './unread.ts';

/**
 * What the figures of a run are worth, as far as the generator itself is concerned. `strained`: it was the slow part at
 * times. `invalid`: what was measured is the generator and its machine, not the system under load.
 */
export type HealthVerdict = 'ok' | 'strained' | 'invalid';

/** What can be wrong with a generator. */
export type HealthKind =
  /** Event loops of workers stood still, or the whole process did. */
  | 'stalls'
  /** The event loop of the main thread stood still. */
  | 'mainStalls'
  /** Samples whose times hold a stall. */
  | 'tainted'
  /** Samples started after they were due. */
  | 'lateness'
  /** Users waited because results could not be taken in. */
  | 'heldBack'
  /** A worker was busy nearly all the time. */
  | 'busy'
  /** Samples failed on this machine: no files, ports or memory left. */
  | 'local'
  /** Threads were ready to run and had no CPU. */
  | 'cpuWait'
  /** The CPU quota of the control group was spent. */
  | 'cpuQuota'
  /** Memory is close to its limit. */
  | 'memory'
  /** The machine slept. */
  | 'suspended'
  /** The wall clock was set. */
  | 'clock'
  /** Standard output or error was not read. */
  | 'output';

export interface HealthReason {
  readonly kind: HealthKind;
  readonly verdict: 'strained' | 'invalid';
  /** A sentence for people. */
  readonly text: string;
}

/** A stretch of time that is not to be trusted. */
export interface HealthSpan {
  readonly kind: HealthKind;
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
  /** The worker concerned, from 0; null: the main thread, or the machine. */
  readonly worker: number | null;
}

/** What the generator measured of itself. */
export interface HealthFigures {
  /** Time of the load, which the others are compared with. */
  readonly loadMs: number;
  readonly samples: number;
  readonly latenessP99Ms: number;
  readonly latenessMaxMs: number;
  /** Stalls of all workers, one by one; `stalledRatio` is the share of the load in which any of them stood still. */
  readonly stalls: number;
  readonly stalledMs: number;
  readonly stalledRatio: number;
  readonly longestStallMs: number;
  readonly mainStalledMs: number;
  readonly mainLongestStallMs: number;
  /** Samples more than a tenth of whose time the event loop stood still. */
  readonly taintedSamples: number;
  /** The busiest worker's mean and its busiest second, 0 to 1; and the seconds in which a worker was busy above 0.9. */
  readonly utilisationMean: number;
  readonly utilisationMax: number;
  readonly busyRatio: number;
  /** Of the worker that waited longest. */
  readonly heldBackMs: number;
  /** Samples that failed on this machine, by cause (`local.fd_exhausted`). */
  readonly local: Readonly<Record<string, number>>;
  /** How long the worker that waited longest was ready to run and had no CPU, and its share of that worker's time. */
  readonly cpuWaitMs: number;
  readonly cpuWaitRatio: number;
  readonly throttledMs: number;
  /** The fullest that memory became: heap of a worker, control group or machine, 0 to 1. */
  readonly memoryRatio: number;
  readonly suspendedMs: number;
  /** The largest step of the wall clock; negative: backwards. */
  readonly clockStepMs: number;
  readonly unread: Unread;
}

/** What the generator says of itself: a run in which it was the slow part says so. */
export interface Health extends Omit<HealthFigures, 'loadMs' | 'samples'> {
  readonly verdict: HealthVerdict;
  readonly reasons: readonly HealthReason[];
  /** The longest stretches that are not to be trusted, in order of time. */
  readonly spans: readonly HealthSpan[];
  /** `verdict` is `ok`. */
  readonly ok: boolean;
  /** The texts of the reasons. */
  readonly warnings: readonly string[];
}

/** What the main thread has seen of itself and the machine. */
export interface MachineHealth {
  readonly stalledMs: number;
  readonly longestStallMs: number;
  readonly throttledMs: number;
  readonly memoryRatio: number;
  readonly suspendedMs: number;
  readonly clockStepMs: number;
  readonly unread: Unread;
  readonly spans: readonly HealthSpan[];
}

/** A machine of which nothing is known, or nothing bad. */
export const quietMachine: MachineHealth = {
  stalledMs: 0,
  longestStallMs: 0,
  throttledMs: 0,
  memoryRatio: 0,
  suspendedMs: 0,
  clockStepMs: 0,
  unread: { longestMs: 0, leftOut: 0 },
  spans: [],
};
