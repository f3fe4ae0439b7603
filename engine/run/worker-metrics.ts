import { performance } from 'node:perf_hooks';
import { Collector } from '../metrics/collector.ts';
import { Histogram } from '../metrics/histogram.ts';
import { localCause } from '../metrics/local-cause.ts';
import { MetricCollector } from '../metrics/metric-collector.ts';
import { PairSums } from '../metrics/pair-sums.ts';
import { PairedRound } from '../metrics/paired-round.ts';
import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { EarlyEnds, UserCounts, WorkerWindow } from '../model/metrics.ts';
import { isOfLoad, type Sample } from '../model/sample.ts';
import type { RoundNotes } from '../model/sweep.ts';
import type { World } from '../user/world.ts';
import { AsideCounts } from './aside-counts.ts';
import { Heartbeat } from './heartbeat.ts';
import { ThreadProbe } from './thread-probe.ts';

/** Everything one worker measures: its samples by series, its users, and itself. */
export class WorkerMetrics {
  readonly #collector: Collector;
  readonly #recorded: MetricCollector;
  readonly #pairs = new PairSums();
  /** Begins to compare what a user does in one round of a matrix; null: no threshold asks. */
  readonly compare: (() => RoundNotes) | null;
  readonly #lateness = new Histogram();
  readonly #heartbeat: Heartbeat;
  readonly #nowEpochMs: () => number;
  readonly users = { active: 0, started: 0, finished: 0, added: 0, setUpFailed: 0 };
  #endedEarly: EarlyEnds | null = null;
  /** What is counted beside samples. */
  readonly aside = new AsideCounts();
  readonly #probe = new ThreadProbe();
  #tainted = 0;
  #local: Record<string, number> = {};
  #fromEpochMs: number;
  #utilisation = performance.eventLoopUtilization();

  constructor(
    { trends, metrics, pairs }: Pick<CompiledPlan, 'trends' | 'metrics' | 'pairs'>,
    nowEpochMs: () => number,
  ) {
    this.#collector = new Collector(trends);
    this.#recorded = new MetricCollector(metrics);
    const record = this.#pairs.record.bind(this.#pairs);
    this.compare = pairs ? () => new PairedRound(pairs, record) : null;
    this.#nowEpochMs = nowEpochMs;
    this.#heartbeat = new Heartbeat(nowEpochMs);
    this.#fromEpochMs = nowEpochMs();
  }

  /** Goes on counting users where a worker that died had come to. */
  goOnFrom({ endedEarly, ...counts }: UserCounts): void {
    Object.assign(this.users, counts, { active: 0 });
    this.#endedEarly = endedEarly ?? null;
  }

  /** Whether it counts with the load. */
  record(sample: Sample, group: string): boolean {
    this.#collector.record(sample, group);
    if (!isOfLoad(sample)) return false;
    this.#lateness.record(sample.startEpochMs - sample.dueEpochMs);
    if (this.#heartbeat.tainted(sample.startEpochMs, sample.startEpochMs + sample.elapsedMs))
      this.#tainted += 1;
    if (!sample.ok) this.#countLocal(sample.failure);
    return true;
  }

  #countLocal(failure: string): void {
    const cause = localCause(failure);
    if (cause !== null) this.#local[cause] = (this.#local[cause] ?? 0) + 1;
  }

  readonly recordMetric: World['recordMetric'] = (group, name, value, tags, failure) =>
    this.#recorded.record(name, value, tags, this.#nowEpochMs(), { group, failure });

  /** Whether labels had to be put together since the last call, because there are too many. */
  takeOverflow(): boolean {
    return this.#collector.takeOverflow();
  }

  window(worker: number, heldBackMs: number): WorkerWindow {
    const before = this.#utilisation;
    this.#utilisation = performance.eventLoopUtilization();
    const fromEpochMs = this.#fromEpochMs;
    this.#fromEpochMs = this.#nowEpochMs();
    const taintedSamples = this.#tainted;
    this.#tainted = 0;
    const local = this.#local;
    this.#local = {};
    const metrics = this.#recorded.window();
    const pairs = this.#pairs.take();
    return {
      worker,
      fromEpochMs,
      toEpochMs: this.#fromEpochMs,
      series: this.#collector.window(),
      ...(metrics.length > 0 ? { metrics } : {}),
      ...(pairs.length > 0 ? { pairs } : {}),
      users: this.#userCounts(),
      ...this.aside.take(),
      health: {
        lateness: this.#lateness.take(),
        ...this.#heartbeat.take(),
        taintedSamples,
        utilisation: performance.eventLoopUtilization(this.#utilisation, before).utilization,
        heldBackMs,
        ...(Object.keys(local).length > 0 ? { local } : {}),
        ...this.#probe.take(),
      },
    };
  }

  countEndedEarly(reason: string): void {
    const { count, firstReason } = this.#endedEarly ?? { count: 0, firstReason: reason };
    this.#endedEarly = { count: count + 1, firstReason };
  }

  #userCounts(): UserCounts {
    const { setUpFailed, added, ...counts } = this.users;
    return {
      ...counts,
      ...(added !== 0 && { added }),
      ...(setUpFailed > 0 && { setUpFailed }),
      ...(this.#endedEarly && { endedEarly: this.#endedEarly }),
    };
  }

  stop(): void {
    this.#heartbeat.stop();
    this.#probe.close();
  }
}
