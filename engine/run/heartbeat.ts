/** The beat's interval, and how much longer a gap must be to count as a stall. */
const intervalMs = 10;
const toleranceMs = 20;
/** Above this share of its time in stalls a sample is tainted. */
const taintedRatio = 0.1;
/** How many stalls are kept to compare samples with. */
const mostRecent = 16;

export interface Stalls {
  readonly stalls: number;
  readonly stalledMs: number;
  readonly longestStallMs: number;
  /** Each of them: from when to when. Left out when there are none. */
  readonly stallSpans?: readonly (readonly [fromEpochMs: number, toEpochMs: number])[];
}

/**
 * Notices when the event loop stood still, by a beat every 10 ms: a gap of more than 30 ms is a stall.
 *
 * Node's own `monitorEventLoopDelay` hides a single long stall in its percentiles; the beat finds each, with its
 * times, so that the samples that ran during it can be told from the others. A process that was frozen as a whole
 * makes no samples, but its stall is found when it goes on.
 */
export class Heartbeat {
  readonly #nowEpochMs: () => number;
  readonly #timer: NodeJS.Timeout;
  readonly #recent: (readonly [fromEpochMs: number, toEpochMs: number])[] = [];
  #lastBeatEpochMs: number;
  #stallEndEpochMs = 0;
  #found: (readonly [fromEpochMs: number, toEpochMs: number])[] = [];

  constructor(nowEpochMs: () => number) {
    this.#nowEpochMs = nowEpochMs;
    this.#lastBeatEpochMs = nowEpochMs();
    this.#timer = setInterval(() => this.beat(), intervalMs);
  }

  beat(): void {
    const now = this.#nowEpochMs();
    const fromEpochMs = this.#lastBeatEpochMs + intervalMs;
    if (now - fromEpochMs > toleranceMs) {
      const span = [fromEpochMs, now] as const;
      this.#found.push(span);
      if (this.#recent.push(span) > mostRecent) this.#recent.shift();
      this.#stallEndEpochMs = now;
    }
    this.#lastBeatEpochMs = now;
  }

  /** Whether the loop stood still for more than a tenth of a sample that ends now, be it in stalls noticed or in this very turn. */
  tainted(startEpochMs: number, endEpochMs: number): boolean {
    const underway = endEpochMs - this.#lastBeatEpochMs > intervalMs + toleranceMs;
    if (startEpochMs >= this.#stallEndEpochMs && !underway) return false;
    const spans = underway
      ? [...this.#recent, [this.#lastBeatEpochMs + intervalMs, endEpochMs] as const]
      : this.#recent;
    let stalledMs = 0;
    for (const [from, to] of spans)
      stalledMs += Math.max(0, Math.min(to, endEpochMs) - Math.max(from, startEpochMs));
    return stalledMs > taintedRatio * (endEpochMs - startEpochMs);
  }

  take(): Stalls {
    const spans = this.#found;
    if (spans.length === 0) return { stalls: 0, stalledMs: 0, longestStallMs: 0 };
    this.#found = [];
    const lengths = spans.map(([from, to]) => to - from);
    return {
      stalls: spans.length,
      stalledMs: lengths.reduce((sum, ms) => sum + ms, 0),
      longestStallMs: Math.max(...lengths),
      stallSpans: spans,
    };
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
