import type { Clock } from '../model/ports.ts';
import type { Outcome } from '../model/sample.ts';
import type { Keep, OpenPart, OpenSampler, SampleContext, UserHandle } from '../model/sampler.ts';
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
}

export interface MeasuredPart extends Omit<Measured, 'parts' | 'afterMs'> {
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
  readonly keepOfParts: Keep | null;
  readonly startEpochMs: number;
  connectMs = 0;
  latencyMs = 0;
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

  done(): void {
    if (this.endEpochMs === 0) this.endEpochMs = this.#clock.nowEpochMs();
  }

  part(outcome: Outcome): void {
    const now = this.#clock.nowEpochMs();
    this.parts ??= [];
    this.parts.push({
      outcome,
      startEpochMs: this.#partStartEpochMs,
      elapsedMs: now - this.#partStartEpochMs,
      latencyMs: this.#partLatencyMs,
      connectMs: this.#partConnectMs,
    });
    this.#partStartEpochMs = now;
    this.#partConnectMs = 0;
    this.#partLatencyMs = 0;
  }

  begin(): OpenPart {
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
        parts[place] = { outcome, startEpochMs, elapsedMs, latencyMs, connectMs };
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
  const { startEpochMs, latencyMs, connectMs, endEpochMs } = watch;
  const elapsedMs = Math.max(0, (endEpochMs || nowEpochMs) - startEpochMs);
  const parts = watch.parts?.filter((part) => part !== null) ?? noParts;
  const times = { outcome, startEpochMs, elapsedMs, latencyMs, connectMs, parts };
  return endEpochMs === 0 ? times : { ...times, afterMs: nowEpochMs - endEpochMs };
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
