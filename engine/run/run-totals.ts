import { evaluateThreshold } from '../metrics/evaluate-threshold.ts';
import type { LoadSpans, Span } from '../metrics/load-spans.ts';
import { summariseMetrics } from '../metrics/metric-summary.ts';
import { summarise } from '../metrics/summary.ts';
import { summariseSweeps } from '../metrics/sweep-summary.ts';
import { Totals } from '../metrics/totals.ts';
import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { Health, MachineHealth } from '../model/health.ts';
import type { MetricWindow, SeriesWindow, UserCounts, WorkerWindow } from '../model/metrics.ts';
import type { EnvironmentProxies } from '../model/environment-proxies.ts';
import { exitCodes } from '../model/errors.ts';
import type { RunResult, Verdict } from '../model/run-result.ts';
import type { LoadChoice } from '../model/load-choice.ts';
import { usersOfLoad } from '../schedule/planned-times.ts';
import { AsideTotals } from './aside-totals.ts';
import type { Reasons } from './reasons.ts';
import { earlyEndsText, userCounts } from './user-counts.ts';

/** What a result says of a run besides what was measured. */
export interface RunFacts {
  readonly loadplanVersion: string;
  readonly planFile: string;
  readonly environment: string | null;
  readonly target: string | null;
  /** Secrets are `***`. */
  readonly shownProperties: Readonly<Record<string, string>>;
  /** The proxies of the environment that requests went through, without passwords. */
  readonly shownProxies?: EnvironmentProxies | null;
  /** What replaced the load of the plan; absent: nothing. */
  readonly load?: LoadChoice | undefined;
  readonly seed: number;
  readonly workers: number;
  /** Thresholds that the choice of tags leaves out. */
  readonly leftOut: readonly string[];
  /** `fail`: a run whose health is invalid does not pass. */
  readonly healthGate: 'warn' | 'fail';
}

type Outcome = Pick<RunResult, 'thresholds' | 'users' | 'total' | 'labels'>;

interface RunEnd extends Span {
  readonly spans: LoadSpans;
  readonly reasons: Reasons;
  readonly machine: MachineHealth;
}

/** Everything measured in a run, and the result it comes to. */
export class RunTotals {
  readonly plannedUsers: number;
  readonly #plan: CompiledPlan;
  readonly #facts: RunFacts;
  readonly #totals = new Totals();
  readonly #users = new Map<number, UserCounts>();
  readonly #aside = new AsideTotals();

  constructor(plan: CompiledPlan, facts: RunFacts) {
    this.#plan = plan;
    this.#facts = facts;
    this.plannedUsers = usersOfLoad(plan.groups);
  }

  add(window: WorkerWindow): void {
    this.#totals.addWindow(window);
    this.#users.set(window.worker, window.users);
    this.#aside.add(window);
  }

  /** Samples of a worker that no window of it counts. */
  addSeries(series: readonly SeriesWindow[]): void {
    this.#totals.addSeries(series);
  }

  /** A worker died. Gives what the one in its place goes on counting from. */
  workerLost(
    worker: number,
    users: UserCounts,
    cleanUp: Parameters<AsideTotals['workerLost']>[1],
  ): UserCounts {
    const counts = { ...this.#users.get(worker), ...users };
    this.#users.set(worker, counts);
    this.#aside.workerLost(worker, cleanUp);
    return counts;
  }

  /** What was recorded beside the workers. */
  addMetrics(windows: readonly MetricWindow[]): void {
    this.#totals.metrics.add(windows);
  }

  /** Rates divide by the time of the load, and of its groups, set-up and tear-down left out. */
  async result(run: RunEnd): Promise<RunResult> {
    const { spans } = run;
    const thresholds = this.#plan.thresholds.map((one) => evaluateThreshold(one, this.#totals, spans));
    const summary = await summarise(this.#totals, spans);
    const metrics = await summariseMetrics(this.#totals.metrics, this.#plan.metrics, spans);
    const sweeps = summariseSweeps(this.#plan.sweeps ?? [], this.#totals, spans.pauses);
    const counts = [...this.#users.values()];
    const users = userCounts(this.plannedUsers, counts);
    if (users.setUpFailed !== undefined && users.setUpFailed === users.started) {
      const reason = 'no user came through its set-up, so there was no load';
      run.reasons.add(exitCodes.thresholdFailed, reason);
    }
    const earlyEnds = earlyEndsText(counts);
    if (earlyEnds !== null) run.reasons.add(exitCodes.thresholdFailed, earlyEnds);
    const health = this.#health(run, summary.total.count);
    const { loadplanVersion, planFile, environment, target, shownProperties, load, seed, workers } =
      this.#facts;
    return {
      format: 1,
      loadplanVersion,
      nodeVersion: process.version,
      plan: this.#plan.name,
      planFile,
      environment,
      ...(target === null ? {} : { target }),
      properties: shownProperties,
      ...(this.#facts.shownProxies ? { proxies: this.#facts.shownProxies } : {}),
      ...(load && Object.keys(load).length > 0 ? { load } : {}),
      seed,
      workers,
      startEpochMs: run.startEpochMs,
      endEpochMs: run.endEpochMs,
      verdict: this.verdict(run.reasons, { thresholds, ...summary, users }),
      thresholds,
      ...summary,
      ...metrics,
      ...(sweeps.length > 0 ? { sweeps } : {}),
      users,
      ...this.#aside.result(),
      health,
    };
  }

  /** How well the generator has kept up so far; what the machine did is not known yet. */
  healthSoFar(load: Span): Health {
    return this.#totals.health.verdict({ samples: this.#totals.samples(), load });
  }

  /** How a run with this result ended, for all that is known so far. */
  verdict(reasons: Reasons, { thresholds, users, total, labels }: Outcome): Verdict {
    const isEmpty = total.count === 0 && labels.every(({ count }) => count === 0);
    const isLeftOut = thresholds.length === 0 && this.#facts.leftOut.length > 0;
    return reasons.verdict({
      thresholds,
      notJudged: isLeftOut
        ? ['not judged, as the chosen groups and tags leave out every threshold of the plan']
        : [],
      empty: isEmpty ? emptyText(users) : null,
    });
  }

  #health(
    { spans: { load: planned, pauses }, endEpochMs, machine, reasons }: RunEnd,
    samples: number,
  ): Health {
    const load = { ...planned, endEpochMs: Math.min(planned.endEpochMs, endEpochMs) };
    const health = this.#totals.health.verdict({ samples, load, pauses, machine });
    if (this.#facts.healthGate === 'fail') {
      for (const { verdict, text } of health.reasons) {
        if (verdict === 'invalid')
          reasons.add(exitCodes.thresholdFailed, `the figures are not valid: ${text}`);
      }
    }
    return health;
  }
}

function emptyText({ started }: RunResult['users']): string {
  return started === 0 ? 'no user was started, so no sample was taken' : 'no sample was taken';
}
