import type { RunInfo } from '../model/listener.ts';
import { plannedDurationMs } from '../schedule/planned-times.ts';
import type { PlanRunOptions } from './plan-run-options.ts';

/** What listeners are given of a run before it starts. */
export function runInfo(options: PlanRunOptions, users: number, startEpochMs: number): RunInfo {
  const { plan, planFile, environment, workers, folder } = options;
  return {
    plan: plan.name,
    planFile,
    environment,
    startEpochMs,
    users,
    workers,
    expectedDurationMs: plannedDurationMs(plan.groups),
    folder: folder ?? '',
  };
}
