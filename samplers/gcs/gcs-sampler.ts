import { setMaxListeners } from 'node:events';
import type { Outcome } from '../../engine/model/sample.ts';
import type { OpenOptions, OpenSampler, SampleContext, UserHandle } from '../../engine/model/sampler.ts';
import type { Sessions } from '../google/sessions.ts';
import { tokenTimeoutMs } from '../google/sign-in.ts';
import { targetOf, type Target } from '../google/target.ts';
import { Deadline } from '../google/deadline.ts';
import { MadeFiles } from '../google/made/made-files.ts';
import { growingPause, type Pause } from '../google/passing.ts';
import { proxyRoutes, type ProxyFor } from '../http/environment-proxies.ts';
import { BranchError } from './branch.ts';
import { Call } from './call.ts';
import { deletesAtOnce } from './delete-all.ts';
import { faultWords, type End } from './fault-words.ts';
import { Line } from './line.ts';
import { doneOutcome, failedOutcome } from './outcome.ts';
import { EndlessBank } from './payload/bank.ts';
import { isMade, payloadOf, type Payload, type PayloadSources } from './payload/payload.ts';
import { askedOf, performers } from './perform-operation.ts';
import type { GcsConfig } from './schema.ts';

/** How long generated rows may take to be made. */
const longestMakingMs = 3_600_000;
/** The longest wait before a request is sent again (`storage.js`, MAX_RETRY_DELAY_DEFAULT). */
const longestPauseMs = 64_000;

/** What tests replace. */
export interface Joints {
  readonly pause: Pause;
  readonly targetOf: (config: GcsConfig) => Target;
}

/** Cloud Storage in one worker: the connections of its users, and what they upload. */
export class GcsSampler implements OpenSampler<GcsConfig> {
  readonly #sources: PayloadSources;
  readonly #sessions: Sessions;
  readonly #joints: Joints;
  readonly #proxyFor: ProxyFor;
  readonly #idle = new Map<UserHandle, Line[]>();
  readonly #inFlight = new Set<Ending>();
  #isClosed = false;

  constructor(
    { pathOf, proxies }: Pick<OpenOptions, 'pathOf' | 'proxies'>,
    sessions: Sessions,
    joints: Partial<Joints> = {},
  ) {
    this.#proxyFor = proxyRoutes(proxies);
    this.#sources = { pathOf, made: new MadeFiles(), bank: new EndlessBank() };
    this.#sessions = sessions;
    this.#joints = { pause: growingPause(longestPauseMs), targetOf, ...joints };
  }

  async perform(config: GcsConfig, context: SampleContext): Promise<Outcome> {
    const ending = new Ending();
    const width = widthOf(config);
    // Each request listens, and an operation may have many under way.
    if (width > 1) setMaxListeners(0, ending.signal);
    const line = this.#lineFor(context.user, width);
    const call = this.#call(config, { context, line, ending });
    this.#inFlight.add(ending);
    let outcome: Outcome | null = null;
    try {
      outcome = await this.#operate(call, config, ending);
      return outcome;
    } finally {
      this.#inFlight.delete(ending);
      ending.clear();
      line.watchers.clear();
      if (outcome?.ok === true) this.#giveBack(line, context.user);
      else void line.destroy();
    }
  }

  deadlineMs({ timeout }: GcsConfig): number {
    return timeout === 0 ? Infinity : timeout;
  }

  /** What it uploads, and a token. */
  preparesWithinMs(config: GcsConfig): number {
    const tokenMs = this.#joints.targetOf(config).credentials === null ? 0 : tokenTimeoutMs;
    return isMade(config) ? longestMakingMs + tokenMs : tokenMs;
  }

  /** The user is done; a line that is still at work ends with its operation. */
  endUser(user: UserHandle): void {
    for (const line of this.#idle.get(user) ?? []) void line.destroy();
    this.#idle.delete(user);
  }

  abort(): void {
    for (const ending of this.#inFlight) ending.end({ cause: 'interrupted', limitMs: 0 });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.abort();
    await Promise.all([...this.#idle.values()].flat().map((line) => line.destroy()));
    this.#idle.clear();
    this.#sources.made.close();
  }

  #call(
    config: GcsConfig,
    given: { readonly context: SampleContext; readonly line: Line; readonly ending: Ending },
  ): Call {
    const { context, line, ending } = given;
    const { pause } = this.#joints;
    const target = this.#joints.targetOf(config);
    const session = this.#sessions.of(target.credentials);
    const aside = <T>(work: Promise<T>) => ending.aside(context, work);
    return new Call({ context, line, target, session, signal: ending.signal, pause, aside });
  }

  async #operate(call: Call, config: GcsConfig, ending: Ending): Promise<Outcome> {
    const { operation, name } = askedOf(config);
    let payload: Payload | null = null;
    try {
      payload = await this.#prepared(call, config, ending);
      ending.within(config.timeout);
      const startMs = performance.now();
      const work = performers[operation]({ config, call, bucket: config.bucket ?? name, payload }, name);
      const done = await Promise.race([work, ending.over]);
      return doneOutcome(call, done, (performance.now() - startMs) / 1000);
    } catch (error) {
      const [at, cause] = error instanceof BranchError ? [error.call, error.cause] : [call, error];
      return failedOutcome(call, faultWords(at, cause, whereOf(config, name), ending.ended));
    } finally {
      payload?.release();
    }
  }

  /** What is uploaded, and who asks: both are there before the time of the sample begins. */
  async #prepared(call: Call, config: GcsConfig, ending: Ending): Promise<Payload | null> {
    const { session, context } = call.options;
    const isWaiting = session !== null && session.headers === null;
    if (config.upload === undefined && !isWaiting) return null;
    try {
      if (isWaiting) await Promise.race([session.waitedFor(), ending.over]);
      return await this.#payload(config, ending);
    } finally {
      context.ready();
    }
  }

  async #payload(config: GcsConfig, ending: Ending): Promise<Payload | null> {
    const payload = payloadOf(config, this.#sources);
    if (!(payload instanceof Promise)) return payload;
    try {
      return await Promise.race([payload, ending.over]);
    } catch (error) {
      payload.then(
        (made) => made.release(),
        () => undefined,
      );
      throw error;
    }
  }

  #lineFor(user: UserHandle, width: number): Line {
    const idle = this.#idle.get(user) ?? [];
    const place = idle.findIndex((line) => line.width === width);
    const [line] = place < 0 ? [] : idle.splice(place, 1);
    return line ?? new Line(width, this.#proxyFor);
  }

  #giveBack(line: Line, user: UserHandle): void {
    if (this.#isClosed) void line.destroy();
    else this.#idle.set(user, [...(this.#idle.get(user) ?? []), line]);
  }
}

/** The end of an operation from outside: its time is over, or the run. */
class Ending {
  readonly #controller = new AbortController();
  readonly #deadline: Deadline;
  #limitMs = 0;
  #reject: (error: Error) => void = () => undefined;
  /** Rejects when the operation is ended; never resolves. */
  readonly over: Promise<never>;
  ended: End | null = null;

  constructor() {
    this.#deadline = new Deadline(() => this.end({ cause: 'timeout.total', limitMs: this.#limitMs }));
    this.over = new Promise((_, reject) => (this.#reject = reject));
    this.over.catch(() => undefined);
  }

  /** The time begins. 0: there is no limit. */
  within(limitMs: number): void {
    this.#limitMs = limitMs;
    this.#deadline.within(limitMs);
  }

  /** Waits for something that is not the operation's own: neither its time nor its limit. */
  async aside<T>(context: SampleContext, work: Promise<T>): Promise<T> {
    const goOn = context.idle?.();
    try {
      return await Promise.race([this.#deadline.waitFor(work), this.over]);
    } finally {
      goOn?.();
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(why: End): void {
    this.ended ??= why;
    this.#reject(new Error('the operation was ended'));
    this.#controller.abort();
  }

  clear(): void {
    this.#deadline.clear();
  }
}

/** How many requests an operation has under way at a time. */
function widthOf({ upload, kind, parts, deleteAll }: GcsConfig): number {
  if (deleteAll !== undefined) return deletesAtOnce;
  return upload !== undefined && kind === 'composite' ? parts : 1;
}

/** `gs://bucket/object`. */
function whereOf({ bucket }: GcsConfig, name: string): string {
  return bucket === undefined ? `gs://${name}` : `gs://${bucket}/${name}`;
}
