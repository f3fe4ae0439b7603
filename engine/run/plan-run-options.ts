import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { EnvironmentProxies } from '../model/environment-proxies.ts';
import type { LogThreshold } from '../model/log-level.ts';
import type { NamedMonitor } from '../model/monitor.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { RunResult } from '../model/run-result.ts';
import type { Unread } from '../model/unread.ts';
import type { NamedListener } from '../model/listener.ts';
import type { RunFacts } from './run-totals.ts';

export interface PlanRunOptions extends RunFacts {
  readonly plan: CompiledPlan;
  readonly listeners: readonly NamedListener[];
  readonly monitors: readonly NamedMonitor[];
  /** Null: nothing is written, and what the plan logs is said. */
  readonly folder: string | null;
  /** Scripts run as Node's own functions, without the sandbox: faster, and able to do anything. */
  readonly trustedScripts: boolean;
  /** The proxies of the environment that the plan is led through; null: none, or they are left aside. */
  readonly proxies?: EnvironmentProxies | null;
  /** Lines that the plan logs at less than this are left out; INFO unless told otherwise. */
  readonly logThreshold?: LogThreshold;
  /** Where they are written, in place of `run.log` of the folder. */
  readonly logFile?: string;
  /** How long iterations may take to finish after a stop. */
  readonly graceMs: number;
  /** A worker that has not breathed for so long is stuck. 5 s unless a test has less patience. */
  readonly stuckMs?: number;
  /** How large the heap of a worker may grow; follows the machine unless a test says it. */
  readonly heapMb?: number;
  /** Replaces secret values by `***`. */
  redact(text: string): string;
  /** Something to tell people at once. Never throws. */
  say(message: string): void;
  /** Writes the result, whatever the listeners: the last thing that is done. */
  save(result: RunResult): void;
  /** Tells what happens; of listeners’ events those only that are no listener’s. Never throws. */
  observe?(event: Extract<RunEvent, { type: 'phase' | 'log' | 'health' }>): void;
  /** How well people read what they are told. */
  unread(): Unread;
}
