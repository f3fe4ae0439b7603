import { getHeapStatistics } from 'node:v8';
import { SystemFile } from './read-machine.ts';

/** What a thread can read of itself. */
export class ThreadProbe {
  readonly #schedule = new SystemFile('/proc/thread-self/schedstat');
  #waitedMs = waitedMs(this.#schedule.read());

  /** How long the thread was ready to run and had no CPU since the last call, and how full its heap is. */
  take(): { readonly cpuWaitMs: number; readonly heapRatio: number } {
    const before = this.#waitedMs;
    this.#waitedMs = waitedMs(this.#schedule.read());
    const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
    return { cpuWaitMs: Math.max(0, this.#waitedMs - before), heapRatio: used / limit };
  }

  close(): void {
    this.#schedule.close();
  }
}

/** The second figure of `schedstat` (Documentation/scheduler/sched-stats): nanoseconds. */
function waitedMs(schedstat: string): number {
  return Number(schedstat.split(' ')[1] ?? 0) / 1e6;
}
