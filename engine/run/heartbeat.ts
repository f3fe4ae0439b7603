/** The beat's interval, and how much longer a gap must be to count as a stall. */
const intervalMs = 10;
const toleranceMs = 20;

export interface Stalls {
  readonly stalls: number;
  readonly stalledMs: number;
  readonly longestStallMs: number;
}

/**
 * Notices when the event loop stood still, by a beat every 10 ms: a gap of more than 30 ms is a stall.
 *
 * Node's own `monitorEventLoopDelay` hides a single long stall in its percentiles; the beat finds each, with its
 * times, so that the samples that ran during it can be told from the others.
 */
export class Heartbeat {
  readonly #nowEpochMs: () => number;
  readonly #timer: NodeJS.Timeout;
  #lastBeatEpochMs: number;
  #stallEndEpochMs = 0;
  #found = { stalls: 0, stalledMs: 0, longestStallMs: 0 };

  constructor(nowEpochMs: () => number) {
    this.#nowEpochMs = nowEpochMs;
    this.#lastBeatEpochMs = nowEpochMs();
    this.#timer = setInterval(() => this.beat(), intervalMs);
  }

  beat(): void {
    const now = this.#nowEpochMs();
    const stalledMs = now - this.#lastBeatEpochMs - intervalMs;
    if (stalledMs > toleranceMs) {
      this.#found.stalls += 1;
      this.#found.stalledMs += stalledMs;
      this.#found.longestStallMs = Math.max(this.#found.longestStallMs, stalledMs);
      this.#stallEndEpochMs = now;
    }
    this.#lastBeatEpochMs = now;
  }

  /** Whether a sample that ends now, having started then, ran through a stall: one just noticed, or one of this very turn. */
  tainted(startEpochMs: number, endEpochMs: number): boolean {
    return (
      startEpochMs < this.#stallEndEpochMs || endEpochMs - this.#lastBeatEpochMs > intervalMs + toleranceMs
    );
  }

  take(): Stalls {
    const found = this.#found;
    this.#found = { stalls: 0, stalledMs: 0, longestStallMs: 0 };
    return found;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
