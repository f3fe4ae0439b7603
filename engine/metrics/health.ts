import type { WorkerWindow } from '../model/metrics.ts';
import type { Health } from '../model/run-result.ts';
import { formatMs } from '../model/units.ts';
import { Histogram } from './histogram.ts';

/** From here on the generator, not the server, may be what was measured. */
const limits = {
  taintedRatio: 0.01,
  latenessP99Ms: 50,
  utilisationMean: 0.8,
  utilisationMax: 0.9,
} as const;

/** Shorter windows, such as the last one, say nothing about how busy a worker was. */
const shortestTellingMs = 250;

/** How well the workers kept up, over the whole run. */
export class HealthTotals {
  readonly #lateness = new Histogram();
  readonly #workers = new Map<number, { busyMs: number; lengthMs: number }>();
  #stalls = 0;
  #stalledMs = 0;
  #longestStallMs = 0;
  #taintedSamples = 0;
  #utilisationMax = 0;
  #heldBackMs = 0;

  add({ worker, fromEpochMs, toEpochMs, health }: WorkerWindow): void {
    this.#lateness.add(health.lateness);
    this.#stalls += health.stalls;
    this.#stalledMs += health.stalledMs;
    this.#longestStallMs = Math.max(this.#longestStallMs, health.longestStallMs);
    this.#taintedSamples += health.taintedSamples;
    this.#heldBackMs += health.heldBackMs;
    const lengthMs = toEpochMs - fromEpochMs;
    const total = this.#workers.get(worker) ?? { busyMs: 0, lengthMs: 0 };
    total.busyMs += health.utilisation * lengthMs;
    total.lengthMs += lengthMs;
    this.#workers.set(worker, total);
    if (lengthMs >= shortestTellingMs) {
      this.#utilisationMax = Math.max(this.#utilisationMax, health.utilisation);
    }
  }

  /** `samples` is their number in the whole run. */
  verdict(samples: number): Health {
    const means = [...this.#workers.values()].map((w) =>
      w.lengthMs >= shortestTellingMs ? w.busyMs / w.lengthMs : 0,
    );
    const measured = {
      latenessP99Ms: this.#lateness.percentile(99),
      latenessMaxMs: this.#lateness.maxMs,
      stalls: this.#stalls,
      stalledMs: this.#stalledMs,
      longestStallMs: this.#longestStallMs,
      taintedSamples: this.#taintedSamples,
      utilisationMean: Math.max(0, ...means),
      utilisationMax: this.#utilisationMax,
      heldBackMs: this.#heldBackMs,
    };
    const warnings = healthWarnings(measured, samples);
    return { ok: warnings.length === 0, warnings, ...measured };
  }
}

function healthWarnings(health: Omit<Health, 'ok' | 'warnings'>, samples: number): string[] {
  const warnings: string[] = [];
  const tainted = samples === 0 ? 0 : health.taintedSamples / samples;
  if (tainted > limits.taintedRatio) {
    const times = health.stalls === 1 ? 'once' : `${health.stalls} times`;
    warnings.push(
      `the load generator was the slow part: its event loop stood still ${times}, ` +
        `${formatMs(health.stalledMs)} in all; ${health.taintedSamples} of ${samples} samples ` +
        `(${percent(tainted)}) are tainted`,
    );
  }
  if (health.latenessP99Ms > limits.latenessP99Ms) {
    warnings.push(
      `samples started late: 1 in 100 more than ${formatMs(health.latenessP99Ms)} after it was due, ` +
        `the worst ${formatMs(health.latenessMaxMs)}`,
    );
  }
  if (health.utilisationMax > limits.utilisationMax || health.utilisationMean > limits.utilisationMean) {
    warnings.push(
      `a worker was busy ${percent(health.utilisationMax)} of the time in its busiest second and ` +
        `${percent(health.utilisationMean)} on average: its times may be too long; use more workers or less load`,
    );
  }
  if (health.heldBackMs > 0) {
    warnings.push(
      `users waited ${formatMs(health.heldBackMs)} in all because results could not be taken as fast as they came`,
    );
  }
  return warnings;
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}
