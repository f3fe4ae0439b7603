import type { PlanRun } from '../run/plan-run.ts';
import type { RunControl } from './run.ts';

type Controlled = Pick<PlanRun, 'interrupt' | 'pause' | 'resume' | 'setThreads' | 'enable' | 'disable'>;

/** The handles of a run. */
export function controlOf(run: Controlled): RunControl {
  return {
    stop: (mode = 'graceful', reason = 'stopped from outside') => run.interrupt(mode, reason),
    pause: (reason) => run.pause(reason),
    resume: (reason) => run.resume(reason),
    setThreads: (group, threads, reason) => run.setThreads(group, threads, reason),
    enable: (group, reason) => run.enable(group, reason),
    disable: (group, reason) => run.disable(group, reason),
  };
}
