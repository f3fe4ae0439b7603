import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { ListenerEnvironment } from '../model/listener.ts';
import type { LogThreshold } from '../model/log-level.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { RunResult } from '../model/run-result.ts';
import type { Unread } from '../model/unread.ts';
import type { NamedListener } from '../model/listener.ts';
import type { EnvironmentProxies } from '../model/environment-proxies.ts';

/** How a run is made. Without any of it: no files, nothing printed, as many workers as the load needs. */
export interface StartOptions {
  /** The folder in which the results folder is made, such as `results`. Left out or null: nothing is written. */
  readonly results?: string | null;
  /** Where the JTL is written, in place of the results folder. */
  readonly jtl?: ListenerEnvironment['jtl'];
  /** Worker threads; follows the load when left out. */
  readonly workers?: number;
  /** How long iterations may take to finish after a graceful stop; 30,000 ms when left out. */
  readonly graceMs?: number;
  /** `fail`: a run whose figures are not valid does not pass; in place of what the plan says. */
  readonly health?: 'warn' | 'fail';
  /** Scripts run without the sandbox: faster, and able to do anything. */
  readonly trustedScripts?: boolean;
  /** Where the lines that the plan logs are written, in place of `run.log` in the results folder; begun anew, as JMeter does. */
  readonly logFile?: string;
  readonly logThreshold?: LogThreshold;
  /** Where proxies may come from; the environment when left out. */
  readonly proxies?: ProxySources;
  /** Asks for events of every sample, which cost about 2 µs each. */
  readonly samples?: boolean;
  /** The first handler of events: what happens before `start` returns is told, too. */
  readonly onEvent?: (event: RunEvent) => void;
  /** What listeners say to people, a line at a time; nothing is printed when left out. */
  readonly print?: (line: string) => void;
  readonly colours?: boolean;
  /** How wide printed lines may be; any when left out. */
  readonly columns?: number;
  /** Time between two summary lines; 10,000 ms when left out. */
  readonly summaryIntervalMs?: number;
  /** How well people read what is printed. */
  readonly unread?: () => Unread;
  /** Another way through the plan than its load. */
  readonly way?: (plan: CompiledPlan, redact: (text: string) => string) => Way;
}

/** A plan as it is gone through in place of its load, and who watches. */
export interface Way {
  readonly plan: CompiledPlan;
  readonly listeners: readonly NamedListener[];
  /** What the run came to, by other rules than those of a load. */
  judged(result: RunResult): RunResult;
}

/** Where proxies may come from. */
export interface ProxySources {
  /** `-H` and what belongs to it; the environment is then not looked at. */
  readonly line: EnvironmentProxies | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** False with `--no-proxy-env`. */
  readonly heeds: boolean;
}
