import { quietMachine, type Health, type HealthFigures, type MachineHealth } from '../model/health.ts';
import type { Pause } from '../model/live-load.ts';
import type { HealthWindow, WorkerWindow } from '../model/metrics.ts';
import { healthReasons, worst } from './health-verdict.ts';
import { Histogram } from './histogram.ts';
import { unpausedMs, type Span } from './load-spans.ts';
import { Spans } from './spans.ts';

/** Shorter windows, such as the last one, say nothing about how busy a worker was. */
const shortestTellingMs = 250;
/** A second busier than this leaves no room for what comes at the same time. */
const busySecond = 0.9;
/** Fewer busy seconds than this are the start of a run, not its state. */
const fewestBusySeconds = 3;

/** What the sums of one worker are made of. */
interface WorkerSums {
  busyMs: number;
  lengthMs: number;
  heldBackMs: number;
  cpuWaitMs: number;
}

/** What a run is judged by besides its windows. */
export interface HealthQuestion {
  readonly samples: number;
  readonly load: Span;
  /** Of the load: no time of it. */
  readonly pauses?: readonly Pause[];
  readonly machine?: MachineHealth;
}

/** How well the generator kept up, over the whole run. */
export class HealthTotals {
  readonly #lateness = new Histogram();
  readonly #workers = new Map<number, WorkerSums>();
  readonly #spans = new Spans();
  readonly #local = new Map<string, number>();
  #stalls = 0;
  #stalledMs = 0;
  #taintedSamples = 0;
  #utilisationMax = 0;
  #memoryRatio = 0;
  #seconds = 0;
  #busySeconds = 0;

  add({ worker, fromEpochMs, toEpochMs, health }: WorkerWindow): void {
    this.#lateness.add(health.lateness);
    this.#stalls += health.stalls;
    this.#stalledMs += health.stalledMs;
    this.#taintedSamples += health.taintedSamples;
    this.#memoryRatio = Math.max(this.#memoryRatio, health.heapRatio ?? 0);
    for (const [from, to] of health.stallSpans ?? []) {
      this.#spans.add({ kind: 'stalls', fromEpochMs: from, toEpochMs: to, worker });
    }
    for (const [cause, count] of Object.entries(health.local ?? {})) {
      this.#local.set(cause, (this.#local.get(cause) ?? 0) + count);
    }
    this.#addToWorker(worker, toEpochMs - fromEpochMs, health);
  }

  verdict({ samples, load, pauses = [], machine = quietMachine }: HealthQuestion): Health {
    const measured = { loadMs: unpausedMs(load, pauses), samples };
    const figures = this.#figures(load, measured.loadMs, machine);
    const reasons = healthReasons({ ...measured, ...figures });
    const verdict = worst(reasons);
    return {
      verdict,
      ok: verdict === 'ok',
      reasons,
      warnings: reasons.map(({ text }) => text),
      spans: [...this.#spans.shown(), ...machine.spans],
      ...figures,
    };
  }

  #figures(load: Span, loadMs: number, machine: MachineHealth): Omit<HealthFigures, 'loadMs' | 'samples'> {
    const within = { fromEpochMs: load.startEpochMs, toEpochMs: load.endEpochMs };
    const workers = [...this.#workers.values()];
    const most = (value: (sums: WorkerSums) => number) => Math.max(0, ...workers.map(value));
    return {
      latenessP99Ms: this.#lateness.percentile(99),
      latenessMaxMs: this.#lateness.maxMs,
      stalls: this.#stalls,
      stalledMs: this.#stalledMs,
      stalledRatio: loadMs > 0 ? this.#spans.coveredMs(within) / loadMs : 0,
      longestStallMs: this.#spans.longestMs(within),
      mainStalledMs: machine.stalledMs,
      mainLongestStallMs: machine.longestStallMs,
      taintedSamples: this.#taintedSamples,
      utilisationMean: most((one) => (one.lengthMs >= shortestTellingMs ? one.busyMs / one.lengthMs : 0)),
      utilisationMax: this.#utilisationMax,
      busyRatio: this.#busySeconds < fewestBusySeconds ? 0 : this.#busySeconds / this.#seconds,
      heldBackMs: most(({ heldBackMs }) => heldBackMs),
      local: Object.fromEntries(this.#local),
      cpuWaitMs: most(({ cpuWaitMs }) => cpuWaitMs),
      cpuWaitRatio: most(({ cpuWaitMs, lengthMs }) => (lengthMs > 0 ? cpuWaitMs / lengthMs : 0)),
      throttledMs: machine.throttledMs,
      memoryRatio: Math.max(this.#memoryRatio, machine.memoryRatio),
      suspendedMs: machine.suspendedMs,
      clockStepMs: machine.clockStepMs,
      unread: machine.unread,
    };
  }

  #addToWorker(worker: number, lengthMs: number, health: HealthWindow): void {
    const sums = this.#workers.get(worker) ?? { busyMs: 0, lengthMs: 0, heldBackMs: 0, cpuWaitMs: 0 };
    this.#workers.set(worker, sums);
    sums.busyMs += health.utilisation * lengthMs;
    sums.lengthMs += lengthMs;
    sums.heldBackMs += health.heldBackMs;
    sums.cpuWaitMs += health.cpuWaitMs ?? 0;
    if (lengthMs < shortestTellingMs) return;
    this.#utilisationMax = Math.max(this.#utilisationMax, health.utilisation);
    this.#seconds += 1;
    if (health.utilisation > busySecond) this.#busySeconds += 1;
  }
}
