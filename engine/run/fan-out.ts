import { UserError } from '../model/errors.ts';
import type { Listener, RunInfo } from '../model/listener.ts';
import type { RunWindow } from '../model/metrics.ts';
import type { RunResult } from '../model/run-result.ts';
import type { Sample } from '../model/sample.ts';

export interface NamedListener {
  readonly kind: string;
  readonly listener: Listener;
  /** Its failure stops the load: a run without it makes no sense. */
  readonly essential: boolean;
}

export interface ListenerFailure {
  readonly kind: string;
  readonly message: string;
  readonly essential: boolean;
}

/**
 * Hands what the run produces to every listener, in order and one call at a time for each.
 *
 * A listener that throws is left out from then on; the others never notice.
 */
export class FanOut {
  readonly failures: ListenerFailure[] = [];
  readonly #listeners: readonly NamedListener[];
  readonly #turns = new Map<NamedListener, Promise<void>>();
  readonly #failed = new Set<NamedListener>();
  readonly #onFailure: (failure: ListenerFailure) => void;

  constructor(listeners: readonly NamedListener[], onFailure: (failure: ListenerFailure) => void) {
    this.#listeners = listeners;
    this.#onFailure = onFailure;
  }

  /** Whether anyone reads raw samples. */
  get wantsSamples(): boolean {
    return this.#listeners.some(({ listener }) => listener.samples !== undefined);
  }

  /** Refuses the run with the first `UserError` that a listener throws; nothing has been measured yet. */
  async start(run: RunInfo): Promise<void> {
    for (const { listener } of this.#listeners) await listener.start?.(run);
  }

  /** Resolves when every listener has taken the batch in. */
  async samples(batch: readonly Sample[]): Promise<void> {
    await this.#each((listener) => listener.samples?.(batch));
  }

  async window(window: RunWindow): Promise<void> {
    await this.#each((listener) => listener.window?.(window));
  }

  async end(result: RunResult): Promise<void> {
    await this.#each((listener) => listener.end?.(result));
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

  async #each(call: (listener: Listener) => void | Promise<void>): Promise<void> {
    await Promise.all(this.#listeners.map((named) => this.#inTurn(named, call)));
  }

  #inTurn(named: NamedListener, call: (listener: Listener) => void | Promise<void>): Promise<void> {
    const before = this.#turns.get(named) ?? Promise.resolve();
    const turn = before.then(async () => {
      if (this.#failed.has(named)) return;
      try {
        await call(named.listener);
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
