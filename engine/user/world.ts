import type { CompiledElement, CompiledStep } from '../model/compiled-plan.ts';
import type { RecordMetric } from '../model/metric.ts';
import type { Pool } from '../model/pool.ts';
import type { Clock, Host, SharedCounters } from '../model/ports.ts';
import type { ScriptEngine } from '../model/script.ts';
import type { Sample } from '../model/sample.ts';
import type { RoundNotes } from '../model/sweep.ts';
import type { Carry } from './carry.ts';
import type { LoadTime } from './load-time.ts';
import type { OpenSampler, UserHandle } from '../model/sampler.ts';
import type { RenderScope } from '../template/scope.ts';
import type { Trace } from './trace.ts';
import type { UnderWay } from './under-way.ts';

/** Notes that the user with this number begins a piece of work. */
export type Mark = (threadNumber: number) => void;

/** What a user waits for at a rendezvous; both may change while it waits. */
export interface Meeting {
  readonly users: () => number;
  /** Time left to wait for the others; infinite without a limit. */
  readonly leftMs: () => number;
}

/** What the users of one worker share: everything they are given of the world. */
export interface World {
  readonly clock: Clock;
  readonly loadTime: LoadTime;
  readonly seed: number;
  readonly properties: Readonly<Record<string, string>>;
  readonly setProperty: (name: string, value: string) => void;
  /** Variables every user starts with. */
  readonly variables: ReadonlyMap<string, string>;
  readonly counters: SharedCounters;
  readonly host: Host;
  readonly planName: string;
  readonly scripts: ScriptEngine;
  /** By name; each gives the pool as one user sees it. */
  readonly pools: ReadonlyMap<string, (user: Pick<RenderScope, 'state'>) => Pool>;
  readonly sharedAdd: (slot: number, amount: number) => number;
  /** Among the users of all groups when `group` is null. */
  readonly sharedTime: (slot: number, group: number | null, next: (epochMs: number) => number) => number;
  readonly lock: (name: string) => Promise<() => void>;
  readonly meet: (slot: number, meeting: Meeting) => Promise<boolean>;
  readonly samplers: ReadonlyMap<string, OpenSampler>;
  /** What they are doing. */
  readonly underWay: UnderWay;
  /** What samples carry for listeners; null: nothing. */
  readonly carry: Carry | null;
  /** Sees what the one user of a traced run does; null: the run is none. */
  readonly trace: Trace | null;
  /** Masks secrets in what a label takes from variables; null: the plan has none. */
  readonly mask: ((text: string) => string) | null;
  /** Counts a sample, of a user of such a thread group (`Users 1`). */
  readonly record: (sample: Sample, group: string) => void;
  readonly recordMetric: (group: string, ...value: Parameters<RecordMetric>) => ReturnType<RecordMetric>;
  /** Begins to compare what a user does in one round of a matrix; null: no threshold asks. */
  readonly compare: (() => RoundNotes) | null;
  /** Counts a step that its guard left out. */
  skip(label: string): void;
  /** Counts requests that were sent once more because the server had closed the connection. */
  countStaleReuses(label: string, count: number): void;
  /** Counts an extractor that found nothing. */
  countMiss(label: string, variable: string): void;
  /** Counts what became of a clean-up. */
  countCleanUp(what: 'registered' | 'done' | 'failed', failure?: string): void;
  /** Counts a user whose own set-up failed. */
  countSetUpFailure(): void;
  /** Counts a user that a defect of the engine has ended, or kept from its start: the run fails. */
  countEndedEarly(reason: string): void;
  /** The user is done: samplers give back what it held. */
  endUser(user: UserHandle): void;
  /** What set-up's user kept for the end: performed, the last first, by the user of the tear-down. */
  readonly keptBySetUp: (() => Promise<void>)[];
  /** How long a user may take for its tear-down and clean-up. */
  readonly graceMs: number;
  /** Resolves when there is room for more results; null while there is. Users wait for it before a sample. */
  readonly room: () => Promise<void> | null;
  /** Users active now, over all workers: of one group, and of all. */
  readonly activeOf: (group: number) => number;
  readonly activeInAll: () => number;
  /**
   * Gives what notes in shared memory that a user begins this work, which may never end: a watchdog reads it there.
   * Without an element it is the step's own; without a step, the group's.
   */
  mark(group: number, step: CompiledStep | null, element?: CompiledElement): Mark;
  /** The user waits for something: what this worker does next is not its work. */
  readonly unmark: () => void;
  stopTest(mode: 'soon' | 'now', reason: string): void;
  stopGroup(group: number, reason: string): void;
  problem(message: string): void;
}
