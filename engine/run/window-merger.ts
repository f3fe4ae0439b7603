import { mergeWindows } from '../metrics/merge-windows.ts';
import type { RunWindow, WorkerWindow } from '../model/metrics.ts';

/** Waits until every worker has told of the same stretch of time, then tells of it as one. */
export class WindowMerger {
  readonly #queues: (WorkerWindow[] | null)[];
  readonly #emit: (window: RunWindow) => void;

  constructor(workers: number, emit: (window: RunWindow) => void) {
    this.#queues = Array.from({ length: workers }, () => []);
    this.#emit = emit;
  }

  add(window: WorkerWindow): void {
    this.#queues[window.worker]?.push(window);
    this.#drain();
  }

  /** Nobody waits for this worker any more. */
  leave(worker: number): void {
    const rest = this.#queues[worker] ?? [];
    this.#queues[worker] = null;
    if (rest.length > 0) this.#emit(mergeWindows(rest));
    this.#drain();
  }

  /** A worker is back: from now on it is waited for again. */
  join(worker: number): void {
    this.#queues[worker] ??= [];
  }

  /** What is left, at the end. */
  flush(): void {
    const rest = this.#queues.flatMap((queue) => queue?.splice(0) ?? []);
    if (rest.length > 0) this.#emit(mergeWindows(rest));
  }

  #drain(): void {
    const present = this.#queues.filter((queue) => queue !== null);
    while (present.length > 0 && present.every((queue) => queue.length > 0)) {
      this.#emit(mergeWindows(present.flatMap((queue) => queue.splice(0, 1))));
    }
  }
}
