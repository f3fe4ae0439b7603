import type { CompiledPlan, Phase } from '../model/compiled-plan.ts';
import type { FromWorker, ToWorker } from '../model/protocol.ts';

export interface PhasesOptions {
  readonly plan: CompiledPlan;
  readonly workers: number;
  nowEpochMs(): number;
  sendToAll(message: ToWorker): void;
}

type GroupDone = Extract<FromWorker, { type: 'groupDone' }>;

/**
 * Which groups run when: set-up before the load, tear-down after it, a group with `startAfter` once that one has
 * ended in every worker.
 */
export class Phases {
  readonly exports: Record<string, string> = {};
  /** Why set-up failed; empty while it has not. */
  setUpFailure = '';
  /** First start and last end of the load's groups. */
  loadStartEpochMs: number | null = null;
  loadEndEpochMs: number | null = null;
  readonly #options: PhasesOptions;
  readonly #pending = new Map<number, number>();
  readonly #done = new Set<number>();
  #phase: Phase | null = null;
  #stopping = false;
  #phaseDone: () => void = () => undefined;

  constructor(options: PhasesOptions) {
    this.#options = options;
  }

  /** Starts the groups of a phase; resolves when the last of them has ended. */
  async run(phase: Phase): Promise<void> {
    this.#phase = phase;
    const ended = new Promise<void>((resolve) => (this.#phaseDone = resolve));
    const first = this.#groups(phase).filter(
      (group) => this.#options.plan.groups[group]?.startAfter === null,
    );
    for (const group of first) this.#start(group);
    if (first.length === 0) return;
    await ended;
  }

  /** No further groups of this phase are started. */
  stop(): void {
    this.#stopping = true;
  }

  /** Tear-down runs also after a stop. */
  resume(): void {
    this.#stopping = false;
  }

  /** A worker's users of a group have all ended. */
  groupDone({ group, exports, failed, firstFailure }: GroupDone): void {
    const left = (this.#pending.get(group) ?? 1) - 1;
    this.#pending.set(group, left);
    Object.assign(this.exports, exports);
    if (failed > 0 && this.#phase === 'setUp') this.setUpFailure ||= firstFailure;
    if (left > 0) return;
    this.#pending.delete(group);
    this.#done.add(group);
    if (this.#phase === 'main') this.loadEndEpochMs = this.#options.nowEpochMs();
    if (!this.#stopping) this.#startFollowers(group);
    if (this.#pending.size === 0) this.#phaseDone();
  }

  /** A worker is gone: nothing more will come of it. */
  workerDied(): void {
    for (const group of [...this.#pending.keys()]) {
      this.groupDone({ type: 'groupDone', group, exports: {}, failed: 0, firstFailure: '' });
    }
  }

  #startFollowers(ended: number): void {
    for (const group of this.#groups('main')) {
      if (this.#options.plan.groups[group]?.startAfter === ended && !this.#done.has(group))
        this.#start(group);
    }
  }

  #start(group: number): void {
    this.#pending.set(group, this.#options.workers);
    const startEpochMs = this.#options.nowEpochMs();
    if (this.#phase === 'main') this.loadStartEpochMs ??= startEpochMs;
    this.#options.sendToAll({ type: 'start', group, startEpochMs, exports: this.exports });
  }

  #groups(phase: Phase): number[] {
    return this.#options.plan.groups.flatMap((group, index) => (group.phase === phase ? [index] : []));
  }
}
