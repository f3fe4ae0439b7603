import type { LoadChoice } from '../model/load-choice.ts';
import type { TagChoice } from '../compile/select-tags.ts';
import type { RunResult } from '../model/run-result.ts';
import { preparePlan, randomSeed, type Prepared } from './prepare.ts';
import type { Run } from './run.ts';
import { startRun } from './start-run.ts';
import type { StartOptions } from './start-options.ts';

export { UserError } from '../model/errors.ts';
export type { RunEvent } from '../model/run-event.ts';
export type { RunResult } from '../model/run-result.ts';
export type { Sample } from '../model/sample.ts';
export type { RunWindow } from '../model/metrics.ts';
export type { RunEvents } from './run-events.ts';
export type { StartOptions } from './start-options.ts';
export type { Run, RunControl } from './run.ts';

/** What of a plan is run, and with which values: what `-J`, `-q`, `-e`, `--group` and so on say on the command line. */
export interface PrepareOptions {
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
  /** Files of `name=value` lines, the weakest first. */
  readonly propertyFiles?: readonly string[];
  /** One of the plan's environments. */
  readonly environment?: string;
  /** Variables of the environment that the plan may read; the process's own when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Names of the thread groups to run; all when left out. */
  readonly groups?: readonly string[];
  readonly tags?: TagChoice;
  /** What replaces the load of the plan. */
  readonly load?: LoadChoice;
  /** Makes chance repeatable. */
  readonly seed?: number;
}

/** A plan that is checked in full and can be run, also more than once: what it evaluates before a run, such as its variables, stays as it was. */
export interface PreparedPlan {
  readonly name: string;
  start(options?: StartOptions): Promise<Run>;
}

/** Reads a plan file and all it needs. Throws one `UserError` with every mistake, by file, line and column. */
export async function prepare(file: string, options: PrepareOptions = {}): Promise<PreparedPlan> {
  const { properties = {}, propertyFiles = [], env = process.env, groups = [], ...others } = options;
  const prepared: Prepared = await preparePlan({
    file,
    properties: Object.entries(properties).map(([name, value]) => [name, String(value)] as const),
    propertyFiles,
    env,
    groups,
    seed: randomSeed(),
    ...others,
  });
  return { name: prepared.plan.name, start: (start = {}) => startRun(prepared, start) };
}

/** Prepares a plan, runs it to its end, and gives what it came to. Throws a `UserError` for what refuses it before any load. */
export async function run(file: string, options: PrepareOptions & StartOptions = {}): Promise<RunResult> {
  const prepared = await prepare(file, options);
  const started = await prepared.start(options);
  return started.result;
}
