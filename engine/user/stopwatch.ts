import type { Clock } from '../model/ports.ts';
import type { Outcome } from '../model/sample.ts';
import type { Keep, KnownPart, OpenPart, SampleContext, UserHandle } from '../model/sampler.ts';
import type { KeepOfStep } from './carry.ts';
import { notStopped, overdue, type Limits } from './given-up.ts';
import type { MeasuredPart } from './measured.ts';
import type { Operation } from './under-way.ts';

/** What an operation may take beyond its own limits, so that the sampler can say in its own words what was the end of it. */
const graceMs = 1000;
/** What an operation waits for beside its own time takes no longer. */
const mostIdleMs = 30_000;

/**
 * The stopwatch of one operation. The engine measures, the same way for every sampler; the sampler only says
 * when it was connected and when the first byte came.
 */
export class Stopwatch implements SampleContext, Operation {
  readonly user: UserHandle;
  readonly keepBody: boolean;
  readonly keepHeaders: boolean;
  readonly keepRequest: boolean;
  readonly onlyShown: boolean;
  readonly keepOfParts: Keep | null;
  readonly shown: unknown;
  startEpochMs: number;
  beforeMs = 0;
  idleMs = 0;
  connectMs = 0;
  latencyMs = 0;
  staleReuses = 0;
  /** Zero: the operation ends when the sampler does. */
  endEpochMs = 0;
  /** Null: begun and not ended. */
  parts: (MeasuredPart | null)[] | undefined;
  untilEpochMs: number;
  previous: Operation | null = null;
  next: Operation | null = null;
  readonly #limits: Limits;
  readonly #clock: Clock;
  #isStopped = false;
  #waits = 0;
  #waitsSinceEpochMs = 0;
  #reject: (error: Error) => void = () => undefined;
  #partStartEpochMs: number;
  #partConnectMs = 0;
  #partLatencyMs = 0;

  constructor(
    {
      clock,
      user,
      keep,
      shown,
    }: {
      readonly clock: Clock;
      readonly user: UserHandle;
      readonly keep: KeepOfStep;
      readonly shown: unknown;
    },
    limits: Limits,
  ) {
    this.#limits = limits;
    this.#clock = clock;
    this.user = user;
    this.keepBody = keep.keepBody;
    this.keepHeaders = keep.keepHeaders;
    this.keepRequest = keep.keepRequest;
    this.onlyShown = keep.onlyShown ?? false;
    this.keepOfParts = keep.keepOfParts ?? null;
    this.shown = shown;
    this.startEpochMs = clock.nowEpochMs();
    this.#partStartEpochMs = this.startEpochMs;
    this.untilEpochMs = this.startEpochMs + limits.preparationMs + limits.deadlineMs + graceMs;
  }

  /** What the operation gives, unless it is given up first. */
  race<T>(operation: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      operation.then(resolve, reject);
    });
  }

  giveUp(): void {
    this.fail(this.#isStopped ? notStopped(this.#limits) : overdue(this.#limits));
  }

  stop(nowEpochMs: number): void {
    const untilEpochMs = nowEpochMs + this.#limits.endsWithinMs + graceMs;
    if (untilEpochMs >= this.untilEpochMs) return;
    this.untilEpochMs = untilEpochMs;
    this.#isStopped = true;
  }

  fail(error: Error): void {
    this.#reject(error);
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
    if (!this.#isStopped) this.untilEpochMs = now + this.#limits.deadlineMs + graceMs;
    this.idleMs = 0;
    this.connectMs = 0;
    this.latencyMs = 0;
    this.#beginPart(now);
  }

  idle(): () => void {
    const sinceEpochMs = this.#clock.nowEpochMs();
    if (this.#waits++ === 0) this.#waitsSinceEpochMs = sinceEpochMs;
    this.untilEpochMs += mostIdleMs;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const nowEpochMs = this.#clock.nowEpochMs();
      if (!this.#isStopped) this.untilEpochMs += nowEpochMs - sinceEpochMs - mostIdleMs;
      // Once the operation is over there is nothing left of which it could be left out.
      if (--this.#waits === 0 && this.endEpochMs === 0) this.idleMs += nowEpochMs - this.#waitsSinceEpochMs;
    };
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
