import { quietMachine, type Health, type MachineHealth } from '../model/health.ts';
import type { Unread } from '../model/unread.ts';
import type { MachineWatch } from './machine-watch.ts';
import type { PlanRunOptions } from './plan-run-options.ts';
import type { RunTotals } from './run-totals.ts';
import { watchMachine } from './watch-machine.ts';

export interface LoadWatchOptions extends Pick<PlanRunOptions, 'observe'> {
  readonly totals: Pick<RunTotals, 'healthSoFar'>;
  readonly intervalMs: number;
  readonly unread: () => Unread;
  readonly nowEpochMs: () => number;
}

/** Watches machine and generator from the start of the load on, and says how well they keep up whenever that changes. */
export class LoadWatch {
  readonly #options: LoadWatchOptions;
  #machine: MachineWatch | null = null;
  #told = JSON.stringify(['ok', []]);

  constructor(options: LoadWatchOptions) {
    this.#options = options;
  }

  /** The load begins. */
  start(): void {
    const { nowEpochMs, unread, intervalMs } = this.#options;
    this.#machine = watchMachine(nowEpochMs, unread, intervalMs);
  }

  /** All has been counted up to this time. */
  counted(endEpochMs: number): void {
    const { totals, observe } = this.#options;
    if (!this.#machine || !observe) return;
    const health = totals.healthSoFar({ startEpochMs: this.#machine.startEpochMs, endEpochMs });
    const now = gist(health);
    if (now !== this.#told) observe({ type: 'health', health });
    this.#told = now;
  }

  end(): MachineHealth {
    return this.#machine?.end() ?? quietMachine;
  }
}

/** Sentences have figures in them, which change each second. */
function gist({ verdict, reasons }: Health): string {
  return JSON.stringify([verdict, reasons.map((reason) => [reason.kind, reason.verdict])]);
}
