/** What `within` gives when the time was over first. */
export const late = Symbol('late');

/** The interval of the beat, and the most that one beat counts: a longer gap is this thread's own standstill. */
export const beatMs = 250;
const mostPerBeatMs = 500;

interface Deadline {
  leftMs: number;
  readonly pass: () => void;
}

/**
 * Deadlines in the time that this thread has been running. While the process was stopped (SIGSTOP, a suspended machine)
 * or the thread stood still, nobody could answer it, so that time does not count.
 */
export class OwnTime {
  readonly #nowMs: () => number;
  readonly #deadlines = new Set<Deadline>();
  readonly #watchers: ((passedMs: number) => void)[] = [];
  #lastMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#lastMs = nowMs();
  }

  start(): void {
    this.#lastMs = this.#nowMs();
    this.#timer = setInterval(() => this.beat(), beatMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Calls `watch` with each beat, and the time that counts since the last. */
  onBeat(watch: (passedMs: number) => void): void {
    this.#watchers.push(watch);
  }

  beat(): void {
    const nowMs = this.#nowMs();
    const passedMs = Math.min(nowMs - this.#lastMs, mostPerBeatMs);
    this.#lastMs = nowMs;
    for (const watch of this.#watchers) watch(passedMs);
    for (const deadline of this.#deadlines) {
      deadline.leftMs -= passedMs;
      if (deadline.leftMs > 0) continue;
      this.#deadlines.delete(deadline);
      deadline.pass();
    }
  }

  /** Waits for the promise, but not longer than so much of this thread's running time. */
  async within<Result>(promise: Promise<Result>, limitMs: number): Promise<Result | typeof late> {
    let pass: () => void = () => undefined;
    const passed = new Promise<typeof late>((resolve) => (pass = () => resolve(late)));
    const deadline = { leftMs: limitMs, pass };
    this.#deadlines.add(deadline);
    try {
      return await Promise.race([promise, passed]);
    } finally {
      this.#deadlines.delete(deadline);
    }
  }
}
