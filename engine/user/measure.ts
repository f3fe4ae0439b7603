import type { Clock } from '../model/ports.ts';
import type { Outcome } from '../model/sample.ts';
import type { Keep, KnownPart, OpenPart, OpenSampler, SampleContext, UserHandle } from '../model/sampler.ts';
import type { KeepOfStep } from './carry.ts';

/** Times of one operation, in milliseconds. */
export interface Measured {
  readonly outcome: Outcome;
  readonly startEpochMs: number;
  readonly elapsedMs: number;
  readonly latencyMs: number;
  readonly connectMs: number;
  readonly parts: readonly MeasuredPart[];
  /** Time after the end of the operation, spent asking what is told of it; left out when there was none. */
  readonly afterMs?: number;
  /** Time before its start, spent getting ready; left out when there was none. */
  readonly beforeMs?: number;
  /** Requests that were sent once more; left out when there were none. */
  readonly staleReuses?: number;
}

export interface MeasuredPart extends Omit<Measured, 'parts' | 'afterMs' | 'beforeMs' | 'staleReuses'> {
  /** Ends its label; without it its number does. */
  readonly name?: string;
  /** The first failure of an assertion that looked at it. */
  failure?: string;
}

const noParts: readonly MeasuredPart[] = [];

/**
 * The stopwatch of one operation. The engine measures, the same way for every sampler; the sampler only says
 * when it was connected and when the first byte came.
 */
class Stopwatch implements SampleContext {
  readonly user: UserHandle;
  readonly keepBody: boolean;
  readonly keepHeaders: boolean;
  readonly keepRequest: boolean;
  readonly onlyShown: boolean;
  readonly keepOfParts: Keep | null;
  startEpochMs: number;
  beforeMs = 0;
  connectMs = 0;
  latencyMs = 0;
  staleReuses = 0;
  /** Zero: the operation ends when the sampler does. */
  endEpochMs = 0;
  /** Null: begun and not ended. */
  parts: (MeasuredPart | null)[] | undefined;
  readonly #clock: Clock;
  #partStartEpochMs: number;
  #partConnectMs = 0;
  #partLatencyMs = 0;

  constructor(clock: Clock, user: UserHandle, keep: KeepOfStep) {
    this.#clock = clock;
    this.user = user;
    this.keepBody = keep.keepBody;
    this.keepHeaders = keep.keepHeaders;
    this.keepRequest = keep.keepRequest;
    this.onlyShown = keep.onlyShown ?? false;
    this.keepOfParts = keep.keepOfParts ?? null;
    this.startEpochMs = clock.nowEpochMs();
    this.#partStartEpochMs = this.startEpochMs;
  }

  connected(): void {
    const now = this.#clock.nowEpochMs();
    if (this.#partConnectMs === 0) this.#partConnectMs = now - this.#partStartEpochMs;
    if (this.connectMs === 0) this.connectMs = now - this.startEpochMs;
  }

  firstByte(): void {
    const now = this.#clock.nowEpochMs();
    if (this.#partLatencyMs === 0) this.#partLatencyMs = now - this.#partStartEpochMs;
    if (this.latencyMs === 0) this.latencyMs = now - this.startEpochMs;
  }

  staleReuse(): void {
    this.staleReuses += 1;
  }

  done(): void {
    if (this.endEpochMs === 0) this.endEpochMs = this.#clock.nowEpochMs();
  }

  ready(): void {
    const now = this.#clock.nowEpochMs();
    this.beforeMs += now - this.startEpochMs;
    this.startEpochMs = now;
    this.connectMs = 0;
    this.latencyMs = 0;
    this.#beginPart(now);
  }

  part(outcome: Outcome, { name, elapsedMs }: KnownPart = {}): void {
    const startEpochMs = this.#partStartEpochMs;
    const endEpochMs = elapsedMs === undefined ? this.#clock.nowEpochMs() : startEpochMs + elapsedMs;
    this.parts ??= [];
    this.parts.push({
      outcome,
      startEpochMs,
      elapsedMs: endEpochMs - startEpochMs,
      latencyMs: this.#partLatencyMs,
      connectMs: this.#partConnectMs,
      ...(name !== undefined && { name }),
    });
    this.#beginPart(endEpochMs);
  }

  #beginPart(startEpochMs: number): void {
    this.#partStartEpochMs = startEpochMs;
    this.#partConnectMs = 0;
    this.#partLatencyMs = 0;
  }

  begin(name?: string): OpenPart {
    const nowEpochMs = () => this.#clock.nowEpochMs();
    const parts = (this.parts ??= []);
    const place = parts.push(null) - 1;
    const startEpochMs = nowEpochMs();
    let connectMs = 0;
    let latencyMs = 0;
    return {
      connected: () => (connectMs ||= nowEpochMs() - startEpochMs),
      firstByte: () => (latencyMs ||= nowEpochMs() - startEpochMs),
      end: (outcome) => {
        const elapsedMs = nowEpochMs() - startEpochMs;
        const times = { outcome, startEpochMs, elapsedMs, latencyMs, connectMs };
        parts[place] = name === undefined ? times : { ...times, name };
      },
    };
  }
}

/**
 * Performs one operation and times it. What the sampler throws becomes a failed outcome; nothing is lost. Null when
 * the sampler had nothing to do.
 */
export async function measure(
  sampler: OpenSampler,
  config: unknown,
  options: {
    readonly clock: Clock;
    readonly user: UserHandle;
    readonly keep: KeepOfStep;
  },
): Promise<Measured | null> {
  const { clock } = options;
  const watch = new Stopwatch(clock, options.user, options.keep);
  let outcome: Outcome | null;
  try {
    outcome = await sampler.perform(config, watch);
  } catch (error) {
    outcome = failedOutcome(error);
  }
  if (outcome === null) return null;
  const nowEpochMs = clock.nowEpochMs();
  const { startEpochMs, latencyMs, connectMs, endEpochMs, beforeMs } = watch;
  const elapsedMs = Math.max(0, (endEpochMs || nowEpochMs) - startEpochMs);
  const parts = watch.parts?.filter((part) => part !== null) ?? noParts;
  const times = { outcome, startEpochMs, elapsedMs, latencyMs, connectMs, parts };
  const { staleReuses } = watch;
  if (endEpochMs === 0 && beforeMs === 0 && staleReuses === 0) return times;
  return { ...times, staleReuses, beforeMs, afterMs: endEpochMs === 0 ? 0 : nowEpochMs - endEpochMs };
}

/** What was thrown, in JMeter's spelling for failures without an answer. */
export function failedOutcome(error: unknown): Outcome {
  const [name, message] = error instanceof Error ? [error.name, error.message] : ['Error', String(error)];
  return {
    ok: false,
    code: `Non HTTP response code: ${name}`,
    message: `Non HTTP response message: ${message}`,
    failure: message,
    dataType: 'text',
    bytesReceived: 0,
    bytesSent: 0,
    url: null,
  };
}
