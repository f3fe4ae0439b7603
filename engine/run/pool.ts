import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { CompiledPlan } from '../model/compiled-plan.ts';
import type { FromWorker, ToWorker } from '../model/protocol.ts';
import { SharedNames } from './shared-names.ts';
import { makeSharedState } from './shared-state.ts';
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
  readonly graceMs: number;
  receive(worker: number, message: FromWorker): void;
  /** The worker's thread ended before it was told to. */
  died(worker: number, error: Error): void;
}

/** The workers of a run: one thread and one long task each. */
export class Pool {
  readonly #piscina: Piscina<WorkerTask>;
  readonly #ports: MessagePort[] = [];
  readonly #tasks: Promise<void>[];
  readonly #names: SharedNames;

  constructor(options: PoolOptions) {
    this.#piscina = new Piscina<WorkerTask>({
      filename: new URL('./worker.js', import.meta.url).href,
      minThreads: options.workers,
      maxThreads: options.workers,
      // Its default, 'sync', would freeze timers between tasks.
      atomics: 'disabled',
    });
    const shared = makeSharedState(options.plan, options.workers);
    this.#names = new SharedNames(shared);
    this.#tasks = Array.from({ length: options.workers }, (_, index) =>
      this.#startTask(index, shared, options),
    );
  }

  send(worker: number, message: ToWorker): void {
    this.#ports[worker]?.postMessage(message);
  }

  sendToAll(message: ToWorker): void {
    for (const port of this.#ports) port.postMessage(message);
  }

  /** Resolves when every task has ended, one way or another. */
  async ended(): Promise<void> {
    await Promise.all(this.#tasks);
  }

  /** Ends the threads. What they have not sent is lost. */
  async destroy(): Promise<void> {
    for (const port of this.#ports) port.close();
    await this.#piscina.destroy();
  }

  async #startTask(index: number, shared: WorkerTask['shared'], options: PoolOptions): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    this.#ports.push(port1);
    port1.on('message', (message: FromWorker) => options.receive(index, message));
    const closed = new Promise<void>((resolve) => void port1.once('close', resolve));
    const task: WorkerTask = {
      share: { plan: options.plan, index, of: options.workers, seed: options.seed },
      epochOffsetMs: options.epochOffsetMs,
      port: port2,
      shared,
      wantsSamples: options.wantsSamples,
      windowMs: options.windowMs,
      planFolder: options.planFolder,
      trustedScripts: options.trustedScripts,
      graceMs: options.graceMs,
    };
    try {
      await this.#piscina.run(task, { transferList: [port2] });
      // The end of the task overtakes what the worker sent last; the closing of its port does not.
      await closed;
    } catch (error) {
      this.#names.abandon();
      options.died(index, error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/**
 * How many workers a load needs when nobody says: one for every 250 users, at most one per core but one, which is
 * the main thread's. Fewer is cheaper: every worker is a thread with its own heap.
 */
export function workersFor(users: number, cores: number): number {
  return Math.max(1, Math.min(Math.ceil(users / 250), cores - 1));
}
