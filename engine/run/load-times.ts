import { around, type LoadSpans, type Span } from '../metrics/load-spans.ts';
import { afterPauses, type Pause } from '../model/live-load.ts';
import type { CompiledGroup } from '../model/compiled-plan.ts';
import type { FromWorker } from '../model/protocol.ts';

type Told = Pick<Extract<FromWorker, { type: 'groupDone' }>, 'loadStartEpochMs' | 'loadEndEpochMs'>;

/**
 * When the load of each thread group lasted: from when its first user was due, or from its first iteration where users have
 * a set-up of their own, to the end of its last iteration, or of its time where users were still under way then.
 */
export class LoadTimes {
  readonly #groups: readonly CompiledGroup[];
  readonly #starts = new Map<number, number>();
  readonly #ends = new Map<number, number>();
  /** The first iteration of groups that have told of it. */
  readonly #iterations = new Map<number, number>();

  constructor(groups: readonly CompiledGroup[]) {
    this.#groups = groups;
  }

  started(group: number, epochMs: number): void {
    this.#starts.set(group, epochMs);
  }

  /** A worker's users of a group have ended. */
  done(group: number, { loadStartEpochMs: start, loadEndEpochMs: end }: Told): void {
    if (start !== null) this.#iterations.set(group, Math.min(this.#iterations.get(group) ?? Infinity, start));
    if (end !== null) this.#ends.set(group, Math.max(this.#ends.get(group) ?? 0, end));
  }

  /** Of groups that had users; `run` stands for the load when there were none. A pause within the delay makes it longer. */
  spans(run: Span, pauses: readonly Pause[] = []): LoadSpans {
    const groups = new Map(
      [...this.#ends].flatMap(([group, endEpochMs]) => {
        const [config, startEpochMs] = [this.#groups[group], this.#startOf(group, pauses)];
        return config && startEpochMs !== undefined
          ? [[`${config.name} ${config.number}`, { startEpochMs, endEpochMs }]]
          : [];
      }),
    );
    return { load: groups.size === 0 ? run : [...groups.values()].reduce(around), groups, pauses };
  }

  #startOf(group: number, pauses: readonly Pause[]): number | undefined {
    const [started, delayMs] = [this.#starts.get(group), this.#groups[group]?.delayMs ?? 0];
    return this.#iterations.get(group) ?? (started && afterPauses(pauses, started, delayMs));
  }
}
