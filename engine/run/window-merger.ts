import { mergeWindows } from '../metrics/merge-windows.ts';
import type { RunWindow, SeriesWindow, WorkerWindow } from '../model/metrics.ts';

/** Waits until every worker has told of the same stretch of time, then tells of it as one. */
export class WindowMerger {
  readonly #queues: (WorkerWindow[] | null)[];
  readonly #emit: (window: RunWindow) => void;
  /** Of workers that died: goes with the next window. */
  #uncounted: readonly SeriesWindow[] = [];
  /** What the last window said of users, and when. */
  #last: Pick<RunWindow, 'users' | 'toEpochMs'> = {
    users: { active: 0, started: 0, finished: 0 },
    toEpochMs: 0,
  };

  constructor(workers: number, emit: (window: RunWindow) => void) {
    this.#queues = Array.from({ length: workers }, () => []);
    this.#emit = emit;
  }

  add(window: WorkerWindow): void {
    this.#queues[window.worker]?.push(window);
    this.#drain();
  }

  /** Nobody waits for this worker any more. `uncounted`: what it had sent, and no window of it counts. */
  leave(worker: number, uncounted: readonly SeriesWindow[] = []): void {
    const rest = this.#queues[worker] ?? [];
    this.#queues[worker] = null;
    this.#uncounted = [...this.#uncounted, ...uncounted];
    if (rest.length > 0) this.#tell(rest);
    this.#drain();
  }

  /** A worker is back: from now on it is waited for again. */
  join(worker: number): void {
    this.#queues[worker] ??= [];
  }

  /** What is left, at the end. */
  flush(): void {
    const rest = this.#queues.flatMap((queue) => queue?.splice(0) ?? []);
    if (rest.length > 0) this.#tell(rest);
    else if (this.#uncounted.length > 0) this.#emit({ ...mergeWindows([], this.#uncounted), ...this.#last });
    this.#uncounted = [];
  }

  #tell(windows: readonly WorkerWindow[]): void {
    const merged = mergeWindows(windows, this.#uncounted);
    this.#uncounted = [];
    this.#last = { users: merged.users, toEpochMs: merged.toEpochMs };
    this.#emit(merged);
  }

  #drain(): void {
    const present = this.#queues.filter((queue) => queue !== null);
    while (present.length > 0 && present.every((queue) => queue.length > 0)) {
      this.#tell(present.flatMap((queue) => queue.splice(0, 1)));
    }
  }
}
