import { LoadTimes } from './load-times.ts';
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
  /** When the load was: what users do before and after it is not its time. */
  readonly load: LoadTimes;
  readonly #options: PhasesOptions;
  /** By group: the workers whose users have not all ended. */
  readonly #pending = new Map<number, Set<number>>();
  readonly #messages = new Map<number, ToWorker>();
  readonly #done = new Set<number>();
  readonly #gone = new Set<number>();
  /** By group: how often people have set the number of its users. */
  readonly #revisions = new Map<number, number>();
  #phase: Phase | null = null;
  #stopping = false;
  #phaseDone: () => void = () => undefined;

  constructor(options: PhasesOptions) {
    this.#options = options;
    this.load = new LoadTimes(options.plan.groups);
  }

  /** Starts the groups of a phase; resolves when the last of them has ended. */
  async run(phase: Phase): Promise<void> {
    this.#phase = phase;
    const ended = new Promise<void>((resolve) => (this.#phaseDone = resolve));
    const first = this.#groups(phase).filter(
      (group) => this.#options.plan.groups[group]?.startAfter === null,
    );
    for (const group of first) this.#start(group);
    if (first.length === 0 || this.#gone.size === this.#options.workers) return;
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
  groupDone(
    worker: number,
    { group, revision, exports, failed, firstFailure, ...load }: Omit<GroupDone, 'type'>,
  ): void {
    if (revision < (this.#revisions.get(group) ?? 0)) return;
    const pending = this.#pending.get(group);
    if (!pending?.delete(worker)) return;
    Object.assign(this.exports, exports);
    if (failed > 0 && this.#phase === 'setUp') this.setUpFailure ||= firstFailure;
    if (this.#phase === 'main') this.load.done(group, load);
    if (pending.size > 0) return;
    this.#pending.delete(group);
    this.#done.add(group);
    if (!this.#stopping) this.#startFollowers(group);
    if (this.#pending.size === 0) this.#phaseDone();
  }

  get isStopping(): boolean {
    return this.#stopping;
  }

  /** The groups that are not yet over in a worker. */
  pendingIn(worker: number): number[] {
    return [...this.#pending].flatMap(([group, workers]) => (workers.has(worker) ? [group] : []));
  }

  /** What started the groups that are not yet over: a new thread is sent it once more, as it may get users later. */
  starts(): ToWorker[] {
    return [...this.#pending.keys()].flatMap((group) => this.#messages.get(group) ?? []);
  }

  /** Whether the group is over in all workers. */
  hasEnded(group: number): boolean {
    return this.#done.has(group);
  }

  /** The number of a group's users has been set: until workers have told of it, each may have some again. */
  reopen(group: number, revision: number): void {
    this.#revisions.set(group, revision);
    if (this.#pending.has(group)) this.#pending.set(group, new Set(this.#present()));
  }

  /** A user of the phase was lost. Without all of set-up there is no load. */
  userLost(text: string): void {
    if (this.#phase === 'setUp') this.setUpFailure ||= text;
  }

  /** A worker is gone for good: nothing more will come of it, in this phase and later ones. */
  leave(worker: number): void {
    this.#gone.add(worker);
    this.#giveUp(worker);
  }

  /** Nothing more is waited for in this phase. */
  giveUp(): void {
    const workers = new Set([...this.#pending.values()].flatMap((pending) => [...pending]));
    for (const worker of workers) this.#giveUp(worker);
  }

  #giveUp(worker: number): void {
    const load = { loadStartEpochMs: null, loadEndEpochMs: this.#options.nowEpochMs() };
    for (const group of this.pendingIn(worker)) {
      this.groupDone(worker, {
        group,
        revision: Infinity,
        exports: {},
        failed: 0,
        firstFailure: '',
        ...load,
      });
    }
  }

  #startFollowers(ended: number): void {
    for (const group of this.#groups('main')) {
      if (this.#options.plan.groups[group]?.startAfter === ended && !this.#done.has(group))
        this.#start(group);
    }
  }

  #start(group: number): void {
    const present = this.#present();
    if (present.length === 0) return;
    this.#pending.set(group, new Set(present));
    const startEpochMs = this.#options.nowEpochMs();
    if (this.#phase === 'main') this.load.started(group, startEpochMs);
    const message = { type: 'start', group, startEpochMs, exports: this.exports } as const;
    this.#messages.set(group, message);
    this.#options.sendToAll(message);
  }

  #present(): number[] {
    const workers = Array.from({ length: this.#options.workers }, (_, worker) => worker);
    return workers.filter((worker) => !this.#gone.has(worker));
  }

  #groups(phase: Phase): number[] {
    return this.#options.plan.groups.flatMap((group, index) => (group.phase === phase ? [index] : []));
  }
}
