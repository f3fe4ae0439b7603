import type { RunResult } from '../model/run-result.ts';
import type { StopMode } from '../model/stop-mode.ts';
import type { RunEvents } from './run-events.ts';

/** A run that has been started. */
export interface Run {
  /** The plan's name. */
  readonly plan: string;
  /** Users of the load, all groups together. */
  readonly users: number;
  readonly workers: number;
  /** Null: it depends on the server's speed. */
  readonly plannedDurationMs: number | null;
  /** The results folder; null: there is none. */
  readonly folder: string | null;
  readonly control: RunControl;
  readonly events: RunEvents;
  /** What it came to, secrets masked. Rejects with a `UserError` for what refuses the run before any load. */
  readonly result: Promise<RunResult>;
  /** After the run. False: a thread stands in a call of the system, and Node would wait for it before the process ends. */
  threadsEnded(): boolean;
}

/** What can be done to a run while it lasts. Each action on the load is kept, with its time and reason, in `actions` of the result. */
export interface RunControl {
  /**
   * Stops the run, which then ends as interrupted (105). A graver mode may follow a lighter one. `graceful` unless told
   * otherwise. Tear-down follows, except after `quit`.
   */
  stop(mode?: StopMode, reason?: string): void;
  /** No new iteration of the load starts until `resume`; its schedule, durations and due times shift by the time of the pause. */
  pause(reason?: string): void;
  resume(reason?: string): void;
  /**
   * Sets the users of a thread group, by its name: more start at once, those with the highest numbers end after their iteration.
   * Throws a `UserError` for a group that is not of the load or has ended, and for what is no whole number from 0.
   */
  setThreads(group: string, threads: number, reason?: string): void;
  /** No new iteration starts in the group until `enable`; its time passes on. Throws a `UserError` as `setThreads` does. */
  disable(group: string, reason?: string): void;
  enable(group: string, reason?: string): void;
}
