import { Collection } from './collection.ts';
import type { JsonObject } from './json.ts';
import { nouns } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { integer, seededRandom } from './random.ts';
import type { Random } from '../engine/model/ports.ts';
import { sowHealing } from './seed/healing.ts';
import { sowIngestion } from './seed/ingestion.ts';
import { sowMonitoring } from './seed/monitoring.ts';
import { sowOptimization } from './seed/optimization.ts';
import { sowQuality } from './seed/quality.ts';
import type { Sow } from './seed/sow.ts';
import { startSettings } from './seed/settings.ts';
import { sowUsers } from './seed/users.ts';
import { Sessions } from './sessions.ts';

export interface StoreOptions {
  readonly seed: number;
  readonly nowEpochMs: number;
  /** Created things kept of each kind. */
  readonly limit?: number;
}

const monthMs = 30 * 24 * 3_600_000;

/** Everything the sandbox knows, in memory: one collection a kind, the settings and the sessions. */
export class Store {
  readonly random: Random;
  readonly sessions: Sessions;
  /** Documents with one copy each: `system`, `features`, `healing`, `notifications`. */
  readonly settings = new Map<string, JsonObject>(Object.entries(startSettings));
  readonly #limit: number;
  readonly #fixers: ((issueId: string) => void)[] = [];
  readonly #collections = new Map<Kind, Collection>();

  constructor(random: Random, limit: number) {
    this.random = random;
    this.sessions = new Sessions(random);
    this.#limit = limit;
  }

  /** Calls `listener` with the id of each issue that somebody asks to fix. */
  onFix(listener: (issueId: string) => void): void {
    this.#fixers.push(listener);
  }

  fixed(issueId: string): void {
    for (const fixer of this.#fixers) fixer(issueId);
  }

  of(kind: Kind): Collection {
    const known = this.#collections.get(kind);
    if (known) return known;
    const made = new Collection(nouns[kind], this.random, this.#limit);
    this.#collections.set(kind, made);
    return made;
  }
}

const healsOnlyOnRequest: readonly unknown[] = ['manual', 'disabled'];

/** Whether issues that are detected are healed without anybody's asking. */
export function healsItself({ settings }: Store): boolean {
  const enabled = settings.get('features')?.['self_healing_enabled'] !== false;
  return enabled && !healsOnlyOnRequest.includes(settings.get('healing')?.['autonomous_mode']);
}

/**
 * A store with the data to start from.
 *
 * The same seed gives the same ids and contents; times count back from now, up to 30 days.
 */
export function seededStore({ seed, nowEpochMs, limit = 10_000 }: StoreOptions): Store {
  const store = new Store(seededRandom(seed), limit);
  const { random } = store;
  const sow: Sow = (kind, count, draft) =>
    Array.from({ length: count }, (_, index) => {
      const { fields, work } = draft(index);
      const createdEpochMs = nowEpochMs - integer(random, 60_000, monthMs);
      const run = work && {
        startEpochMs: createdEpochMs,
        endEpochMs: createdEpochMs + work.tookMs,
        plannedMs: work.tookMs,
        during: 'running',
        after: work.status,
      };
      return store.of(kind).seed(fields, createdEpochMs, run).id;
    });
  const sources = sowIngestion(sow, random);
  sowUsers(sow, random);
  sowQuality(sow, random);
  sowHealing(sow, random, sources.pipelines);
  sowMonitoring(sow, random, sources.pipelines);
  sowOptimization(sow, random);
  return store;
}
