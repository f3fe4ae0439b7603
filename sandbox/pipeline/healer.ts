import { fieldText } from '../collection.ts';
import type { JsonObject } from '../json.ts';
import { healsItself } from '../store.ts';
import type { Store } from '../store.ts';

export interface HealerOptions {
  readonly store: Store;
  readonly detectionMs: number;
  readonly healingMs: number;
  readonly nowEpochMs: () => number;
}

/** Something wrong in the pipeline, which the monitor has not noticed yet. */
export interface Injected {
  /** What the issue tells: its type, where it comes from, ids of what it belongs to. */
  readonly fields: JsonObject;
  /** When it came about. */
  readonly sinceEpochMs: number;
  /** Called with the issue's id when it is detected. */
  readonly detected: (issueId: string) => void;
  /** Puts the data right. */
  readonly repair: (issueId: string) => Promise<void>;
}

/**
 * The healing engine: what is wrong becomes an issue `detectionMs` after it came about, and is repaired `healingMs`
 * later, unless self-healing is switched off; then the issue stays open until somebody asks to fix it. The times are
 * real: an issue is resolved when its repair is done.
 */
export class Healer {
  readonly #options: HealerOptions;
  readonly #repairs = new Map<string, Injected['repair']>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: HealerOptions) {
    this.#options = options;
    options.store.onFix((issueId) => this.#later(options.healingMs, () => this.#repair(issueId)));
  }

  take(injected: Injected): void {
    const { detectionMs, nowEpochMs } = this.#options;
    const waitMs = Math.max(0, injected.sinceEpochMs + detectionMs - nowEpochMs());
    this.#later(waitMs, () => this.#detect(injected));
  }

  /** Detects and repairs nothing any more. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #detect({ fields, sinceEpochMs, detected, repair }: Injected): void {
    const { store, healingMs, nowEpochMs } = this.#options;
    const now = nowEpochMs();
    const times = { injected_at: iso(sinceEpochMs), detected_at: iso(now), healed_at: null };
    const issue = store.of('issues').create({ ...fields, status: 'open', ...times }, now);
    this.#repairs.set(issue.id, repair);
    detected(issue.id);
    if (!healsItself(store)) return;
    const healing = store.of('healings').create(
      {
        issue_id: issue.id,
        action_type: 'data_correction',
        successful: false,
        status: 'running',
        started_at: iso(now),
      },
      now,
    );
    store.of('issues').change(issue, { status: 'fixing', healing_id: healing.id }, now);
    this.#later(healingMs, () => this.#repair(issue.id));
  }

  async #repair(issueId: string): Promise<void> {
    const { store, nowEpochMs } = this.#options;
    const repair = this.#repairs.get(issueId);
    if (!repair) return;
    this.#repairs.delete(issueId);
    const problem = await repair(issueId).then(
      () => null,
      (error: unknown) => String(error),
    );
    const now = nowEpochMs();
    const issue = store.of('issues').get(issueId);
    if (!issue) return;
    const outcome =
      problem === null ? { status: 'resolved', healed_at: iso(now) } : { status: 'open', error: problem };
    store.of('issues').change(issue, outcome, now, problem === null ? issue.run : null);
    const healing = store.of('healings').get(fieldText(issue, 'healing_id', now));
    const status = problem === null ? 'completed' : 'failed';
    const ended = { successful: problem === null, status, completed_at: iso(now) };
    if (healing) store.of('healings').change(healing, ended, now);
  }

  #later(waitMs: number, work: () => Promise<void> | void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void work();
    }, waitMs);
    timer.unref();
    this.#timers.add(timer);
  }
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
