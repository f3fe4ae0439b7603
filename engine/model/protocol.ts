import type { StopMode } from './stop-mode.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import type { LiveLoad } from './live-load.ts';
import type { WorkerWindow } from './metrics.ts';
import type { Sample } from './sample.ts';
import type { TraceEvent } from './trace.ts';

/**
 * One worker's part of a plan: everything it needs to compute what is its own to do, without asking.
 * Users of a group are dealt out in turn: worker i of n runs the users k with k mod n = i.
 */
export interface Share {
  readonly plan: CompiledPlan;
  readonly index: number;
  readonly of: number;
  readonly seed: number;
}

/** Memory that all workers of one process see. */
export interface SharedState {
  /** Int32: active users of all groups, then of each group. */
  readonly active: SharedArrayBuffer;
  /** Int32: one per counter slot. */
  readonly counters: SharedArrayBuffer;
  /** Int32, by element slot: a number, then the users at a rendezvous and how often one was met. */
  readonly elements: SharedArrayBuffer;
  /** What is shared by name; see `run/shared-names.ts`. */
  readonly names: SharedArrayBuffer;
  /** Int64, microseconds since 1970, by element slot: a time of all groups, then one of each group. */
  readonly times: SharedArrayBuffer;
  /** Int32: users lost; then, by worker and element slot, at which meeting its users wait, and how many. */
  readonly meetings: SharedArrayBuffer;
  /** What each worker is doing; see `run/worker-slot.ts`. */
  readonly workers: SharedArrayBuffer;
  /** Int32, by group: how far each user has come. */
  readonly progress: readonly SharedArrayBuffer[];
  /** By name, the pools that all users share. */
  readonly pools: Readonly<Record<string, SharedArrayBuffer>>;
}

/** Messages from the main thread to a worker. */
export type ToWorker =
  | {
      readonly type: 'start';
      readonly group: number;
      readonly startEpochMs: number;
      /** Variables that set-up exported. */
      readonly exports: Readonly<Record<string, string>>;
    }
  /**
   * `graceful`: users finish their iteration. `soon`: they finish the sample they are at. `now`: what is in flight is
   * ended. After all three, users still do their tear-down and clean-up; after `quit` not even that. Applies to groups
   * running, not to those started later.
   */
  | { readonly type: 'stop'; readonly mode: StopMode }
  /** The users of one group end after the sample they are at. */
  | { readonly type: 'stopGroup'; readonly group: number }
  /** People have changed the load: this is the whole of it from now on. */
  | { readonly type: 'load'; readonly load: LiveLoad }
  /** A property that a user of some worker has set; sent to all workers, that one included, in the same order. */
  | { readonly type: 'property'; readonly worker: number; readonly name: string; readonly value: string }
  /** So many batches of samples have been taken in. */
  | { readonly type: 'taken'; readonly batches: number }
  /** Send the last window and end the task. */
  | { readonly type: 'end' };

/** Samples in the shape in which they cross threads cheaply; see `run/packed-samples.ts`. */
export interface PackedSamples {
  /** Field by field, in the order of `sample-fields.ts`; texts and tags by their place in the lists. */
  readonly numbers: Float64Array;
  readonly texts: readonly string[];
  readonly tags: readonly Sample['tags'][];
  /** One a sample: rarely the same twice. */
  readonly urls: readonly (string | null)[];
  /** What samples carry for listeners, by their place in the pack; only of plans whose listeners ask for it. */
  readonly carried?: readonly (readonly [place: number, carried: Pick<Sample, 'variables' | 'detail'>])[];
}

/** A line that a plan logs. */
export interface LogLine {
  readonly epochMs: number;
  /** Empty when it is not known. */
  readonly threadName: string;
  /** `INFO`, `WARN`, `ERROR`; of `__log` also `OUT` and `ERR`. */
  readonly level: string;
  readonly text: string;
}

/** Messages from a worker to the main thread. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'samples'; readonly batch: PackedSamples }
  | { readonly type: 'window'; readonly window: WorkerWindow }
  /** All users of the group in this worker have ended; told again after each time that people have set their number. */
  | {
      readonly type: 'groupDone';
      readonly group: number;
      /** `GroupLoad.revision`: what it knew of that. */
      readonly revision: number;
      readonly exports: Readonly<Record<string, string>>;
      /** Failed samples of this worker's users in the group; set-up must have none. */
      readonly failed: number;
      readonly firstFailure: string;
      /** When users with a set-up of their own began to iterate; null: they have none, or none came so far. */
      readonly loadStartEpochMs: number | null;
      /** When the last of them ended its last iteration, before its tear-down and clean-up; null: there were none. */
      readonly loadEndEpochMs: number | null;
    }
  /** A user asks for the end of the test (`onError: stopTest`). */
  | { readonly type: 'stopTest'; readonly mode: 'soon' | 'now'; readonly reason: string }
  /** A user asks for the end of its group, in every worker. */
  | { readonly type: 'stopGroup'; readonly group: number; readonly reason: string }
  /** A user has set a property. */
  | { readonly type: 'property'; readonly name: string; readonly value: string }
  /** What users have logged; `leftOut` lines more came too fast. */
  | { readonly type: 'log'; readonly lines: readonly LogLine[]; readonly leftOut: number }
  /** What the user of a traced run does; comes after the samples that it has taken by then. */
  | { readonly type: 'trace'; readonly event: TraceEvent }
  /** Something went wrong outside a sample: said once, the run goes on; with `failsRun` it has failed. */
  | { readonly type: 'problem'; readonly message: string; readonly failsRun?: boolean };
