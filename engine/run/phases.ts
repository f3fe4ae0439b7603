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
  /** When the last iteration of the load ended: what users do after it is not its time. */
  loadEndEpochMs: number | null = null;
  readonly #starts = new Map<number, number>();
  /** When the first user of a group with a set-up of its own began to iterate. */
  readonly #iterated = new Map<number, number>();
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
  groupDone({ group, exports, failed, firstFailure, ...load }: GroupDone): void {
    const left = (this.#pending.get(group) ?? 1) - 1;
    this.#pending.set(group, left);
    Object.assign(this.exports, exports);
    if (failed > 0 && this.#phase === 'setUp') this.setUpFailure ||= firstFailure;
    if (this.#phase === 'main') this.#measureLoad(group, load);
    if (left > 0) return;
    this.#pending.delete(group);
    this.#done.add(group);
    if (!this.#stopping) this.#startFollowers(group);
    if (this.#pending.size === 0) this.#phaseDone();
  }

  /** When the load began: its first group, from the first iteration where users have a set-up of their own. */
  get loadStartEpochMs(): number | null {
    const starts = [...this.#starts].map(([group, start]) => this.#iterated.get(group) ?? start);
    return starts.length === 0 ? null : Math.min(...starts);
  }

  /** A worker is gone: nothing more will come of it. */
  workerDied(): void {
    for (const group of [...this.#pending.keys()]) {
      const load = { loadStartEpochMs: null, loadEndEpochMs: this.#options.nowEpochMs() };
      this.groupDone({ type: 'groupDone', group, exports: {}, failed: 0, firstFailure: '', ...load });
    }
  }

  #measureLoad(
    group: number,
    { loadStartEpochMs: start, loadEndEpochMs: end }: Pick<GroupDone, 'loadStartEpochMs' | 'loadEndEpochMs'>,
  ): void {
    if (start !== null) this.#iterated.set(group, Math.min(this.#iterated.get(group) ?? Infinity, start));
    if (end !== null) this.loadEndEpochMs = Math.max(this.loadEndEpochMs ?? 0, end);
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
    if (this.#phase === 'main') this.#starts.set(group, startEpochMs);
    this.#options.sendToAll({ type: 'start', group, startEpochMs, exports: this.exports });
  }

  #groups(phase: Phase): number[] {
    return this.#options.plan.groups.flatMap((group, index) => (group.phase === phase ? [index] : []));
  }
}
