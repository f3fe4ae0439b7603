import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { LiveLoad } from '../model/live-load.ts';
import type { WorkerWindow } from '../model/metrics.ts';
import type { PackedSamples, SharedState } from '../model/protocol.ts';
import type { RunResult } from '../model/run-result.ts';
import { formatMs } from '../model/units.ts';
import { lossText, refusedText, stuckText } from './loss-text.ts';
import { openMs, Openings } from './openings.ts';
import type { Phases } from './phases.ts';
import { Places } from './places.ts';
import type { Pool } from './pool.ts';
import type { RunTotals } from './run-totals.ts';
import { ShareProgress } from './share-progress.ts';
import { SharedNames } from './shared-names.ts';
import { reopenPool } from './shared-pool.ts';
import { SharedElements } from './shared-state.ts';
import { threadTime } from './thread-time.ts';
import { Watchdog } from './watchdog.ts';
import type { WindowMerger } from './window-merger.ts';
import { WorkerLedger } from './worker-ledger.ts';
import { WorkerSlot } from './worker-slot.ts';

export interface LostWorkersOptions {
  readonly plan: CompiledPlan;
  readonly workers: number;
  readonly shared: SharedState;
  readonly phases: Phases;
  readonly merger: WindowMerger;
  readonly totals: RunTotals;
  /** A worker that has not breathed for so long is stuck. 5 s unless a test has less patience. */
  readonly stuckMs?: number;
  pool(): Pick<Pool, 'kill' | 'leave' | 'replace' | 'send'> | null;
  /** Whether the run goes on, so that a new worker is of use. */
  goesOn(): boolean;
  /** As people have set it by now. */
  load(): LiveLoad;
  /** The properties that users have set, for a new worker. */
  properties(): ReadonlyMap<string, string>;
  lost(text: string): void;
  /** A worker could not start, so there will be no load. */
  refused(text: string): void;
  say(text: string): void;
}

/** A worker that died more often has its users given up; one that died still more often is not started again. */
const [mostResumed, mostReplaced] = [3, 10];

/** Notices workers that are stuck or die, counts what is lost with them, and puts new ones in their place. */
export class LostWorkers {
  /** Threads that we have ended, by their number in the system. */
  readonly endedThreads: number[] = [];
  readonly #options: LostWorkersOptions;
  readonly #slots: readonly WorkerSlot[];
  readonly #ledgers: readonly WorkerLedger[];
  readonly #places: Places;
  readonly #elements: SharedElements;
  readonly #watchdog: Watchdog;
  readonly #openings = new Openings((worker) => this.end(worker, `was not ready after ${formatMs(openMs)}`));
  readonly #ready = new Set<number>();
  /** Whether all workers have been ready at once: before that there is nothing to lose. */
  #complete = false;
  readonly #deaths = new Map<number, number>();
  /** Why we ended a thread ourselves. */
  readonly #why = new Map<number, string>();
  readonly #lost = { workers: 0, samples: 0, users: 0 };

  constructor(options: LostWorkersOptions) {
    const { plan, workers, shared, stuckMs = 5000 } = options;
    const all = Array.from({ length: workers }, (_, worker) => worker);
    this.#options = options;
    this.#slots = all.map((worker) => new WorkerSlot(shared, worker));
    this.#ledgers = all.map(() => new WorkerLedger(plan.trends));
    this.#places = new Places(plan);
    this.#elements = new SharedElements(shared, -1);
    for (const worker of all) this.#openings.begin(worker);
    this.#watchdog = new Watchdog({
      limitMs: stuckMs,
      slotOf: (worker) => this.#slots[worker] ?? noSlot,
      threadTime,
      stuck: (worker, silentMs) => this.end(worker, stuckText(silentMs)),
      starved: (worker, silentMs) => options.say(starvedText(worker + 1, workers, silentMs)),
    });
  }

  /** So much time of the main thread has passed. */
  beat(passedMs: number): void {
    this.#watchdog.beat(passedMs);
    this.#openings.beat(passedMs);
  }

  ready(worker: number): void {
    this.#openings.end(worker);
    this.#ready.add(worker);
    this.#complete ||= this.#ready.size === this.#options.workers;
    this.#options.merger.join(worker);
    this.#watchdog.watch(worker);
  }

  samples(worker: number, batch: PackedSamples): void {
    this.#ledgers[worker]?.samples(batch);
  }

  window(window: WorkerWindow): void {
    this.#ledgers[window.worker]?.window(window);
  }

  /** Ends a worker that does not end by itself. */
  end(worker: number, how: string): void {
    this.endedThreads.push(this.#slots[worker]?.thread ?? 0);
    this.#why.set(worker, how);
    this.#options.pool()?.kill(worker);
  }

  endAll(how: string): void {
    for (const worker of this.#slots.keys()) this.end(worker, how);
  }

  /** The end of the run waits no more for a worker: what it has sent counts, the rest is lost. */
  settle(worker: number, how: string): void {
    this.#options.pool()?.leave(worker);
    this.#why.set(worker, how);
    this.died(worker, new Error(how));
  }

  /** Users that do not end after a stop are given up. Gives how many. */
  abandonUsers(): number {
    const { phases, workers } = this.#options;
    let users = 0;
    for (let worker = 0; worker < workers; worker++) {
      for (const group of phases.pendingIn(worker)) users += this.#progressOf(worker).loseAll(group);
    }
    phases.giveUp();
    this.#lost.users += users;
    return users;
  }

  /** The thread has ended, and everything that it sent has been received. */
  died(worker: number, error: Error): void {
    const { phases, totals, merger, workers } = this.#options;
    this.#openings.end(worker);
    this.#watchdog.leave(worker);
    const why = this.#why.get(worker);
    this.#why.delete(worker);
    if (!this.#complete) {
      merger.leave(worker);
      const refused = refusedText({ worker, workers, why: why ? `it ${why}` : error.message });
      if (this.#options.goesOn()) this.#options.refused(refused);
      return;
    }
    const slot = this.#slots[worker] ?? new WorkerSlot(this.#options.shared, worker);
    const progress = this.#progressOf(worker);
    progress.deactivate();
    const { series, lostSamples } = this.#ledgers[worker]?.settle(slot.recorded) ?? nothingLost;
    totals.addSeries(series);
    merger.leave(worker, series);
    const next = this.#next(worker);
    const { doing } = slot;
    slot.unmark();
    const how = why ?? `ended early: ${error.message}`;
    const lostUsers = this.#loseUsers(worker, progress, { next, doing });
    this.#free(worker, lostUsers);
    this.#lost.workers += 1;
    this.#lost.samples += lostSamples;
    this.#lost.users += lostUsers;
    const place = doing === null ? null : this.#places.text(doing);
    const text = lossText({ worker, workers, how, doing: place, lostSamples, lostUsers, next });
    if (lostUsers > 0) phases.userLost(text);
    const users = totals.workerLost(worker, { active: 0, ...slot.users }, slot.takeCleanUp());
    this.#options.lost(text);
    if (next !== 'replaced' && !this.#mayReplace(worker)) phases.leave(worker);
    else this.#replace(worker, users);
  }

  /** What a result says; nothing where no worker was lost. */
  result(): Pick<RunResult, 'lost'> {
    return this.#lost.workers + this.#lost.users > 0 ? { lost: this.#lost } : {};
  }

  #next(worker: number): 'replaced' | 'given up' | 'ending' {
    const deaths = (this.#deaths.get(worker) ?? 0) + 1;
    this.#deaths.set(worker, deaths);
    if (!this.#options.goesOn()) return 'ending';
    return this.#ready.has(worker) && deaths <= mostResumed ? 'replaced' : 'given up';
  }

  /** Tear-down may need a worker whose users of the load are given up. */
  #mayReplace(worker: number): boolean {
    const deaths = this.#deaths.get(worker) ?? 0;
    return this.#options.goesOn() && this.#ready.has(worker) && deaths <= mostReplaced;
  }

  /** The user whose work ended the worker is not taken up again; the others are, unless it is given up. */
  #loseUsers(
    worker: number,
    progress: ShareProgress,
    { next, doing }: { readonly next: string; readonly doing: WorkerSlot['doing'] },
  ): number {
    const pending = this.#options.phases.pendingIn(worker);
    if (next !== 'replaced') return pending.reduce((sum, group) => sum + progress.loseAll(group), 0);
    if (!doing || !pending.includes(doing.group)) return 0;
    progress.lose(doing.group, doing.user);
    return 1;
  }

  /** What the dead worker held of what all share. */
  #free(worker: number, lostUsers: number): void {
    const { shared } = this.#options;
    new SharedNames(shared).abandon();
    this.#elements.abandonedBy(worker, lostUsers);
    for (const memory of Object.values(shared.pools)) reopenPool(memory, worker);
  }

  #replace(worker: number, users: Parameters<Pool['replace']>[1]): void {
    const { phases } = this.#options;
    const pool = this.#options.pool();
    if (!pool) return;
    this.#ready.delete(worker);
    pool.replace(worker, users);
    this.#openings.begin(worker);
    for (const [name, value] of this.#options.properties()) {
      pool.send(worker, { type: 'property', worker: -1, name, value });
    }
    for (const message of phases.starts()) pool.send(worker, message);
    if (phases.isStopping) pool.send(worker, { type: 'stop', mode: 'graceful' });
  }

  #progressOf(worker: number): ShareProgress {
    const { plan, shared, workers } = this.#options;
    return new ShareProgress(plan.groups, shared, { worker, workers, load: this.#options.load() });
  }
}

const noSlot = { breaths: 0, thread: 0 };
const nothingLost = { series: [], lostSamples: 0 };

function starvedText(worker: number, workers: number, silentMs: number): string {
  return `worker ${worker} of ${workers} has had next to no processor time for ${formatMs(silentMs)}: other programs, or a quota, keep it from running`;
}
