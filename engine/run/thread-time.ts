import { readFileSync, readlinkSync } from 'node:fs';

/** What the operating system says of a thread. */
export interface ThreadTime {
  readonly ranMs: number;
  /** It could have run, and others did. */
  readonly waitedMs: number;
  /** `R`: it runs or waits for the processor. */
  readonly state: string;
}

/** The number of the calling thread; 0 where the system does not say. */
export function ownThread(): number {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1)) || 0;
  } catch {
    return 0;
  }
}

/** A thread of this process (`proc(5)`: `schedstat`, nanoseconds, and `stat`); null where the system does not say. */
export function threadTime(thread: number): ThreadTime | null {
  if (thread === 0) return null;
  try {
    const read = (name: string) => readFileSync(`/proc/self/task/${thread}/${name}`, 'latin1');
    const [ranNs = 0, waitedNs = 0] = read('schedstat').split(' ').map(Number);
    // The name in brackets may hold anything; the state follows it.
    const state = read('stat').split(') ').at(-1)?.charAt(0) ?? '';
    return { ranMs: ranNs / 1e6, waitedMs: waitedNs / 1e6, state };
  } catch {
    return null;
  }
}
