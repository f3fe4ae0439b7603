import { totalmem } from 'node:os';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { EnvironmentProxies } from '../model/environment-proxies.ts';
import type { LiveLoad } from '../model/live-load.ts';
import type { LogThreshold } from '../model/log-level.ts';
import { messageOf } from '../model/errors.ts';
import type { UserCounts } from '../model/metrics.ts';
import type { FromWorker, SharedState, ToWorker } from '../model/protocol.ts';
import type { OwnTime } from './own-time.ts';
import { heapMbFor } from './worker-heap.ts';
import type { WorkerTask } from './worker-task.ts';

export interface PoolOptions {
  readonly plan: CompiledPlan;
  readonly workers: number;
  readonly seed: number;
  readonly epochOffsetMs: number;
  readonly wantsSamples: boolean;
  readonly windowMs: number;
  readonly planFolder: string;
  readonly trustedScripts: boolean;
  readonly proxies?: EnvironmentProxies | null;
  readonly logThreshold?: LogThreshold;
  readonly graceMs: number;
  /** How large the heap of a worker may grow; follows the machine when undefined. */
  readonly heapMb?: number;
  readonly shared: SharedState;
  readonly time: Pick<OwnTime, 'within'>;
  /** As people have set it by now: for a new thread. */
  load(): LiveLoad;
  /** `reply` reaches the thread that sent the message, and no thread after it. */
  receive(worker: number, message: FromWorker, reply: (message: ToWorker) => void): void;
  /** The worker's thread ended before it was told to; everything that it had sent has been received. */
  died(worker: number, error: Error): void;
}

/** How long what a dead thread had sent may take to arrive. */
const arrivalMs = 2000;

interface Life {
  readonly port: MessagePort;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/**
 * V8's own size on 64 bits: three halves of 16 MiB. Left out beside the limit above, every second run spent three times as long
 * collecting garbage (3 µs of a request instead of 1, `bench/profile.ts` on Node 20).
 */
const youngMb = 48;

/** The workers of a run: one thread and one long task each, and a new thread for one that died. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #piscina: Piscina<WorkerTask>;
  readonly #lives: Life[];
  readonly #running = new Set<number>();
  /** What still comes of these comes too late. */
  readonly #left = new Set<number>();

  constructor(options: PoolOptions) {
    this.#options = options;
    const { heapMb } = options;
    const memory = { totalBytes: totalmem(), allowedBytes: process.constrainedMemory() };
    this.#piscina = new Piscina<WorkerTask>({
      filename: new URL('./worker.js', import.meta.url).href,
      minThreads: options.workers,
      maxThreads: options.workers,
      // Its default, 'sync', would freeze timers between tasks.
      atomics: 'disabled',
      resourceLimits: {
        maxOldGenerationSizeMb: heapMb ?? heapMbFor(options.workers, memory),
        maxYoungGenerationSizeMb: youngMb,
      },
    });
    // A thread that fails between two tasks: the next task says so.
    this.#piscina.on('error', () => undefined);
    this.#lives = Array.from({ length: options.workers }, (_, index) => this.#begin(index, null));
  }

  send(worker: number, message: ToWorker): void {
    this.#lives[worker]?.port.postMessage(message);
  }

  sendToAll(message: ToWorker): void {
    for (const { port } of this.#lives) port.postMessage(message);
  }

  /** Ends a thread at once; `died` follows. */
  kill(worker: number): void {
    this.#lives[worker]?.abort.abort();
  }

  /** Nothing more is received of a worker, not even its death. */
  leave(worker: number): void {
    this.#left.add(worker);
  }

  /** A new thread for a worker that died; it goes on with the counts of its users. */
  replace(worker: number, users: UserCounts): void {
    this.#lives[worker] = this.#begin(worker, users);
  }

  /** The workers whose task has not ended. */
  get running(): readonly number[] {
    return [...this.#running];
  }

  /** Resolves when every task has ended, one way or another. */
  async ended(): Promise<void> {
    await Promise.all(this.#lives.map(({ ended }) => ended));
  }

  /** Ends the threads. What they have not sent is lost. */
  async destroy(): Promise<void> {
    for (const { port } of this.#lives) port.close();
    await this.#piscina.destroy();
  }

  #begin(index: number, users: UserCounts | null): Life {
    const options = this.#options;
    this.#running.add(index);
    const { port1, port2 } = new MessageChannel();
    const abort = new AbortController();
    const reply = (message: ToWorker) => port1.postMessage(message);
    port1.on('message', (message: FromWorker) => {
      if (!this.#left.has(index)) options.receive(index, message, reply);
    });
    const task: WorkerTask = {
      share: { plan: options.plan, index, of: options.workers, seed: options.seed },
      epochOffsetMs: options.epochOffsetMs,
      port: port2,
      shared: options.shared,
      load: options.load(),
      wantsSamples: options.wantsSamples,
      windowMs: options.windowMs,
      planFolder: options.planFolder,
      trustedScripts: options.trustedScripts,
      proxies: options.proxies ?? null,
      logThreshold: options.logThreshold ?? 'INFO',
      graceMs: options.graceMs,
      users,
    };
    return { port: port1, abort, ended: this.#live(task, port1, abort.signal) };
  }

  async #live(task: WorkerTask, port: MessagePort, signal: AbortSignal): Promise<void> {
    const closed = new Promise<void>((resolve) => void port.once('close', resolve));
    const failure = await this.#piscina.run(task, { transferList: [task.port], signal }).then(
      () => null,
      (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(messageOf(thrown))),
    );
    // The end of the task overtakes what the worker sent last; the closing of its port does not.
    await this.#options.time.within(closed, arrivalMs);
    port.close();
    this.#running.delete(task.share.index);
    if (failure !== null && !this.#left.has(task.share.index)) this.#options.died(task.share.index, failure);
  }
}

/**
 * How many workers a load needs when nobody says: one for every 250 users, at most one per core but one, which is
 * the main thread's. Fewer is cheaper: every worker is a thread with its own heap.
 */
export function workersFor(users: number, cores: number): number {
  return Math.max(1, Math.min(Math.ceil(users / 250), cores - 1));
}
