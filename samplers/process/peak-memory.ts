import { readdirSync, readFileSync } from 'node:fs';

/**
 * Looks after the memory of a process and of all it starts, while they run.
 *
 * Linux keeps the greatest resident size of each process (`VmHWM` in /proc/PID/status) and forgets it when the process
 * ends, so it is read again and again: what a process took in its last moments is not seen, nor a process that lived
 * shorter than the time between two looks. Elsewhere than on Linux nothing is known.
 */
export class PeakMemory {
  #bytes = 0;
  /** Looks that have found something. */
  #looks = 0;
  readonly #pid: number;
  readonly #startMs = performance.now();
  #timer: NodeJS.Timeout | undefined;

  /** `pid`: the process whose children are looked at; it does not count itself. */
  constructor(pid: number) {
    this.#pid = pid;
    if (process.platform === 'linux') this.#next(firstLookMs);
  }

  /**
   * No more looks. The greatest resident size of any one of the processes, which is what GNU time calls the maximum;
   * undefined when they were too short to be seen in more than their beginning.
   */
  stop(): number | undefined {
    clearTimeout(this.#timer);
    return this.#looks < leastLooks ? undefined : this.#bytes;
  }

  #next(waitMs: number): void {
    this.#timer = setTimeout(() => this.#look(), waitMs);
  }

  #look(): void {
    const startMs = performance.now();
    const children = childrenOf(this.#pid);
    for (const child of children) this.#add(child);
    if (children.length > 0 && this.#bytes > 0) this.#looks += 1;
    const endMs = performance.now();
    const usualMs = endMs - this.#startMs < fineForMs ? fineMs : coarseMs;
    this.#next(Math.max(usualMs, (endMs - startMs) * sparing));
  }

  #add(pid: number): void {
    const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB/m.exec(readOrEmpty(`/proc/${pid}/status`)) ?? [];
    this.#bytes = Math.max(this.#bytes, Number(kilobytes) * 1024);
    for (const child of childrenOf(pid)) this.#add(child);
  }
}

const firstLookMs = 2;
/** Between two looks: for the first second, and later. */
const fineMs = 10;
const coarseMs = 50;
const fineForMs = 1000;
/** What is seen less often may have been greater for most of its time. */
const leastLooks = 5;
/** At least so many times longer than a look takes: it must not take the generator's time. */
const sparing = 50;

/** The children of all threads of a process. */
function childrenOf(pid: number): number[] {
  const folder = `/proc/${pid}/task`;
  return namesIn(folder).flatMap((thread) =>
    readOrEmpty(`${folder}/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

/** What is gone by now has nothing. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
