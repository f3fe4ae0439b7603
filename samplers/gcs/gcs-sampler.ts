import { setMaxListeners } from 'node:events';
import type { Outcome } from '../../engine/model/sample.ts';
import type { OpenOptions, OpenSampler, SampleContext, UserHandle } from '../../engine/model/sampler.ts';
import type { Sessions } from '../google/sessions.ts';
import { targetOf } from '../google/target.ts';
import { Alarm } from '../http/alarm.ts';
import { BranchError } from './branch.ts';
import { Call } from './call.ts';
import { storageFor } from './client.ts';
import { faultWords, type End } from './fault-words.ts';
import { Line } from './line.ts';
import { doneOutcome, failedOutcome } from './outcome.ts';
import { askedOf, performers } from './perform-operation.ts';
import type { GcsConfig } from './schema.ts';

/** Cloud Storage in one worker: the connections of its users. */
export class GcsSampler implements OpenSampler<GcsConfig> {
  readonly #options: Pick<OpenOptions, 'pathOf'>;
  readonly #sessions: Sessions;
  readonly #idle = new Map<UserHandle, Line[]>();
  readonly #inFlight = new Set<Ending>();
  #isClosed = false;

  constructor(options: Pick<OpenOptions, 'pathOf'>, sessions: Sessions) {
    this.#options = options;
    this.#sessions = sessions;
  }

  async perform(config: GcsConfig, context: SampleContext): Promise<Outcome> {
    const ending = new Ending(config.timeout);
    const line = this.#lineFor(context.user, widthOf(config));
    const { signal } = ending;
    const call = new Call({ context, line, target: targetOf(config), sessions: this.#sessions, signal });
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
  }

  async #operate(call: Call, config: GcsConfig, ending: Ending): Promise<Outcome> {
    const { operation, name } = askedOf(config);
    const where = whereOf(config, name);
    const startMs = performance.now();
    try {
      const storage = await storageFor(call, config);
      const bucket = storage.bucket(config.bucket ?? name);
      const work = performers[operation]({ config, call, storage, bucket, files: this.#options }, name);
      const done = await Promise.race([work, ending.over]);
      return doneOutcome(call, done, (performance.now() - startMs) / 1000);
    } catch (error) {
      const [at, cause] = error instanceof BranchError ? [error.call, error.cause] : [call, error];
      return failedOutcome(call, faultWords(at, cause, where, ending.ended));
    }
  }

  #lineFor(user: UserHandle, width: number): Line {
    const idle = this.#idle.get(user) ?? [];
    const place = idle.findIndex((line) => line.width === width);
    const [line] = place < 0 ? [] : idle.splice(place, 1);
    return line ?? new Line(width);
  }

  #giveBack(line: Line, user: UserHandle): void {
    if (this.#isClosed) void line.destroy();
    else this.#idle.set(user, [...(this.#idle.get(user) ?? []), line]);
  }
}

/** The end of an operation from outside: its time is over, or the run. */
class Ending {
  readonly #controller = new AbortController();
  readonly #alarm: Alarm;
  readonly #atMs: number;
  /** Rejects when the operation is ended; never resolves. */
  readonly over: Promise<never>;
  ended: End | null = null;

  constructor(limitMs: number) {
    // Each request listens, and an operation may have many under way.
    setMaxListeners(0, this.signal);
    this.#atMs = limitMs === 0 ? Infinity : performance.now() + limitMs;
    this.#alarm = new Alarm(() => {
      if (performance.now() >= this.#atMs) this.end({ cause: 'timeout.total', limitMs });
      else this.#alarm.ringBy(this.#atMs);
    });
    this.#alarm.ringBy(this.#atMs);
    this.over = new Promise((_, reject) => {
      this.signal.addEventListener('abort', () => reject(new Error('the operation was ended')), {
        once: true,
      });
    });
    this.over.catch(() => undefined);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(why: End): void {
    this.ended ??= why;
    this.#controller.abort();
  }

  clear(): void {
    this.#alarm.clear();
  }
}

/** The client deletes ten objects at a time (`bucket.js`, deleteFiles). */
const deletesAtOnce = 10;

/** How many requests an operation has under way at a time. */
function widthOf({ upload, kind, parts, deleteAll }: GcsConfig): number {
  if (deleteAll !== undefined) return deletesAtOnce;
  return upload !== undefined && kind === 'composite' ? parts : 1;
}

/** `gs://bucket/object`. */
function whereOf({ bucket }: GcsConfig, name: string): string {
  return bucket === undefined ? `gs://${name}` : `gs://${bucket}/${name}`;
}
