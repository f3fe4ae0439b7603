import { performance } from 'node:perf_hooks';
import { Collector } from '../metrics/collector.ts';
import { Histogram } from '../metrics/histogram.ts';
import type { UserCounts, WorkerWindow } from '../model/metrics.ts';
import type { Sample } from '../model/sample.ts';
import type { TrendName } from '../model/threshold.ts';
import { Heartbeat } from './heartbeat.ts';

/** Everything one worker measures: its samples by series, its users, and itself. */
export class WorkerMetrics {
  readonly #collector: Collector;
  readonly #lateness = new Histogram();
  readonly #heartbeat: Heartbeat;
  readonly #nowEpochMs: () => number;
  readonly users = { active: 0, started: 0, finished: 0 };
  #tainted = 0;
  #fromEpochMs: number;
  #utilisation = performance.eventLoopUtilization();

  constructor(trends: readonly TrendName[], nowEpochMs: () => number) {
    this.#collector = new Collector(trends);
    this.#nowEpochMs = nowEpochMs;
    this.#heartbeat = new Heartbeat(nowEpochMs);
    this.#fromEpochMs = nowEpochMs();
  }

  record(sample: Sample): void {
    this.#collector.record(sample);
    if (sample.kind !== 'sample') return;
    this.#lateness.record(sample.startEpochMs - sample.dueEpochMs);
    if (this.#heartbeat.tainted(sample.startEpochMs, sample.startEpochMs + sample.elapsedMs))
      this.#tainted += 1;
  }

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
    const users: UserCounts = { ...this.users };
    return {
      worker,
      fromEpochMs,
      toEpochMs: this.#fromEpochMs,
      series: this.#collector.window(),
      users,
      health: {
        lateness: this.#lateness.take(),
        ...this.#heartbeat.take(),
        taintedSamples,
        utilisation: performance.eventLoopUtilization(this.#utilisation, before).utilization,
        heldBackMs,
      },
    };
  }

  stop(): void {
    this.#heartbeat.stop();
  }
}
