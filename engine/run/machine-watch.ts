import type { HealthSpan, MachineHealth } from '../model/health.ts';
import type { Unread } from '../model/unread.ts';
import { Heartbeat } from './heartbeat.ts';

/** What the system tells of itself; null where it does not. */
export interface MachineReading {
  /** How long the CPU quota of the control group has been spent so far. */
  readonly throttledMs: number | null;
  /** Time since the machine was started, sleep included. */
  readonly uptimeMs: number | null;
  /** How full the memory is that may be used, 0 to 1. */
  readonly memoryRatio: number | null;
}

export interface MachineWatchOptions {
  readonly nowEpochMs: () => number;
  /** The wall clock, which may be set while the run lasts. */
  wallEpochMs(): number;
  readonly files: { read(): MachineReading; close(): void };
  unread(): Unread;
  /** How often it looks; 0: only when told to. */
  readonly intervalMs: number;
}

/** Smaller steps are the clock being adjusted, and the grain of what is read. */
const smallestStepMs = 250;
/** Stalls of the main thread that are shown. */
const shortestSpanMs = 100;
const mostSpans = 50;

/** Watches the main thread and the machine while a run lasts, from the outside of the load. */
export class MachineWatch {
  readonly startEpochMs: number;
  readonly #options: MachineWatchOptions;
  readonly #heartbeat: Heartbeat;
  readonly #timer: NodeJS.Timeout | null;
  readonly #spans: HealthSpan[] = [];
  readonly #throttledBeforeMs: number;
  #last: { readonly epochMs: number; readonly wallEpochMs: number; readonly uptimeMs: number | null };
  #throttledMs = 0;
  #memoryRatio = 0;
  #suspendedMs = 0;
  #clockStepMs = 0;
  #stalledMs = 0;
  #longestStallMs = 0;

  constructor(options: MachineWatchOptions) {
    this.#options = options;
    const { throttledMs, uptimeMs } = options.files.read();
    this.#throttledBeforeMs = throttledMs ?? 0;
    this.#last = { epochMs: options.nowEpochMs(), wallEpochMs: options.wallEpochMs(), uptimeMs };
    this.startEpochMs = this.#last.epochMs;
    this.#heartbeat = new Heartbeat(options.nowEpochMs);
    this.#timer = options.intervalMs > 0 ? setInterval(() => this.look(), options.intervalMs) : null;
  }

  /** Looks at the machine once. */
  look(): void {
    const { throttledMs, uptimeMs, memoryRatio } = this.#options.files.read();
    this.#throttledMs = Math.max(this.#throttledMs, (throttledMs ?? 0) - this.#throttledBeforeMs);
    this.#memoryRatio = Math.max(this.#memoryRatio, memoryRatio ?? 0);
    const before = this.#last;
    this.#last = { epochMs: this.#options.nowEpochMs(), wallEpochMs: this.#options.wallEpochMs(), uptimeMs };
    this.#compareClocks(before, this.#last.epochMs - before.epochMs);
    this.#takeStalls();
  }

  /** Ends the watch: what was seen since its start. */
  end(): MachineHealth {
    this.#heartbeat.beat();
    this.look();
    if (this.#timer) clearInterval(this.#timer);
    this.#heartbeat.stop();
    this.#options.files.close();
    return {
      stalledMs: this.#stalledMs,
      longestStallMs: this.#longestStallMs,
      throttledMs: this.#throttledMs,
      memoryRatio: this.#memoryRatio,
      suspendedMs: this.#suspendedMs,
      clockStepMs: this.#clockStepMs,
      unread: this.#options.unread(),
      spans: this.#spans,
    };
  }

  /** The steady clock stands while the machine sleeps; the uptime and the wall clock do not. */
  #compareClocks(before: { wallEpochMs: number; uptimeMs: number | null }, passedMs: number): void {
    const { epochMs, wallEpochMs, uptimeMs } = this.#last;
    const sleptMs = uptimeMs === null || before.uptimeMs === null ? 0 : uptimeMs - before.uptimeMs - passedMs;
    const slept = sleptMs > smallestStepMs;
    if (slept) {
      this.#suspendedMs += sleptMs;
      this.#show('suspended', epochMs - passedMs, epochMs);
    }
    const stepMs = wallEpochMs - before.wallEpochMs - passedMs - (slept ? sleptMs : 0);
    if (Math.abs(stepMs) <= smallestStepMs) return;
    if (Math.abs(stepMs) > Math.abs(this.#clockStepMs)) this.#clockStepMs = stepMs;
    this.#show('clock', epochMs - passedMs, epochMs);
  }

  #takeStalls(): void {
    const { stalledMs, longestStallMs, stallSpans = [] } = this.#heartbeat.take();
    this.#stalledMs += stalledMs;
    this.#longestStallMs = Math.max(this.#longestStallMs, longestStallMs);
    for (const [from, to] of stallSpans) if (to - from >= shortestSpanMs) this.#show('mainStalls', from, to);
  }

  #show(kind: HealthSpan['kind'], fromEpochMs: number, toEpochMs: number): void {
    if (this.#spans.length < mostSpans) this.#spans.push({ kind, fromEpochMs, toEpochMs, worker: null });
  }
}
