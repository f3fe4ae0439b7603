import { exitCodes, UserError } from '../model/errors.ts';
import type { Listener, NamedListener, RunInfo } from '../model/listener.ts';
import type { RunWindow } from '../model/metrics.ts';
import type { RunResult } from '../model/run-result.ts';
import type { Sample } from '../model/sample.ts';
import type { TraceEvent } from '../model/trace.ts';
import { formatMs } from '../model/units.ts';
import { late, type OwnTime } from './own-time.ts';

/** How long a listener may take: for one call while the run lasts, and for its last one, which may write a report. */
const [callMs, endMs] = [10_000, 60_000];

/** Without limits. */
const endless: Pick<OwnTime, 'within'> = { within: async (promise) => promise };

export interface ListenerFailure {
  readonly kind: string;
  readonly message: string;
  readonly essential: boolean;
}

type Call = (listener: Listener) => void | Promise<void>;

/**
 * Hands what the run produces to every listener, in order and one call at a time for each.
 *
 * A listener that throws, or whose promise does not settle in time, is left out from then on; the others never notice.
 */
export class FanOut {
  readonly failures: ListenerFailure[] = [];
  readonly #listeners: readonly NamedListener[];
  readonly #turns = new Map<NamedListener, Promise<void>>();
  readonly #failed = new Set<NamedListener>();
  readonly #onFailure: (failure: ListenerFailure) => void;
  readonly #time: Pick<OwnTime, 'within'>;

  constructor(
    listeners: readonly NamedListener[],
    onFailure: (failure: ListenerFailure) => void,
    time = endless,
  ) {
    this.#listeners = listeners;
    this.#onFailure = onFailure;
    this.#time = time;
  }

  /** Whether anyone reads raw samples. */
  get wantsSamples(): boolean {
    return this.#listeners.some(({ listener }) => listener.samples !== undefined);
  }

  /** Refuses the run with the first `UserError` that a listener throws; nothing has been measured yet. */
  async start(run: RunInfo): Promise<void> {
    for (const { kind, listener } of this.#listeners) {
      const how = await this.#time.within(Promise.resolve(listener.start?.(run)), callMs);
      if (how !== late) continue;
      const text = `listener ${kind}: it was not ready after ${formatMs(callMs)}. Check that what it writes to can be written`;
      throw new UserError(text, exitCodes.resultsLost);
    }
  }

  /** Resolves when every listener has taken the batch in. */
  async samples(batch: readonly Sample[]): Promise<void> {
    await this.#each((listener) => listener.samples?.(batch));
  }

  async window(window: RunWindow): Promise<void> {
    await this.#each((listener) => listener.window?.(window));
  }

  async trace(event: TraceEvent): Promise<void> {
    await this.#each((listener) => listener.trace?.(event));
  }

  async end(result: RunResult): Promise<void> {
    await this.#each((listener) => listener.end?.(result), endMs);
  }

  /** There is no time left: each writes out what it holds. */
  abandon(): void {
    for (const { kind, listener } of this.#listeners) {
      try {
        listener.abandon?.();
      } catch (error) {
        this.failures.push({ kind, message: reason(error), essential: false });
      }
    }
  }

  async #each(call: Call, limitMs = callMs): Promise<void> {
    await Promise.all(this.#listeners.map((named) => this.#inTurn(named, call, limitMs)));
  }

  #inTurn(named: NamedListener, call: Call, limitMs: number): Promise<void> {
    const before = this.#turns.get(named) ?? Promise.resolve();
    const turn = before.then(async () => {
      if (this.#failed.has(named)) return;
      try {
        const called = call(named.listener);
        const how = called && (await this.#time.within(called, limitMs));
        if (how === late)
          throw new UserError(`it did not answer within ${formatMs(limitMs)}; it is left out`);
      } catch (error) {
        this.#fail(named, error);
      }
    });
    this.#turns.set(named, turn);
    return turn;
  }

  #fail(named: NamedListener, error: unknown): void {
    const { kind, essential } = named;
    this.#failed.add(named);
    const failure = { kind, message: reason(error), essential };
    this.failures.push(failure);
    this.#onFailure(failure);
  }
}

function reason(error: unknown): string {
  if (error instanceof UserError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
