import type { Random } from '../engine/model/ports.ts';
import type { JsonObject } from './json.ts';
import { progressFields, statusAt } from './progress.ts';
import type { Progress } from './progress.ts';
import { uuid } from './random.ts';

/** One thing the pipeline knows, such as a source. `run` is the work it stands for, or that goes on in it. */
export interface Entity {
  readonly id: string;
  readonly fields: JsonObject;
  readonly run: Progress | null;
}

export interface Page {
  readonly items: readonly Entity[];
  /** Number of all that match. */
  readonly total: number;
}

/**
 * All things of one kind: the seeded ones, then those created since, oldest first.
 *
 * Each has its id twice, as `id` and as `source_id` or the like. Beyond `limit` created ones the oldest
 * created one is dropped, so that hours of load do not fill the memory; seeded ones stay until deleted.
 */
export class Collection {
  readonly #idField: string;
  readonly #random: Random;
  readonly #limit: number;
  readonly #seeded = new Map<string, Entity>();
  readonly #created = new Map<string, Entity>();

  constructor(noun: string, random: Random, limit: number) {
    this.#idField = `${noun}_id`;
    this.#random = random;
    this.#limit = limit;
  }

  get size(): number {
    return this.#seeded.size + this.#created.size;
  }

  get(id: string): Entity | undefined {
    return this.#created.get(id) ?? this.#seeded.get(id);
  }

  seed(fields: JsonObject, createdEpochMs: number, run: Progress | null = null): Entity {
    const entity = this.#entity(fields, createdEpochMs, run);
    this.#seeded.set(entity.id, entity);
    return entity;
  }

  create(fields: JsonObject, nowEpochMs: number, run: Progress | null = null): Entity {
    const entity = this.#entity(fields, nowEpochMs, run);
    this.#created.set(entity.id, entity);
    if (this.#created.size > this.#limit) {
      const [oldest = entity.id] = this.#created.keys();
      this.#created.delete(oldest);
    }
    return entity;
  }

  /** Lays the changes over the fields. Ids and the time of creation stay. */
  change(before: Entity, changes: JsonObject, nowEpochMs: number, run: Progress | null = before.run): Entity {
    const { id, fields } = before;
    const kept = { id, [this.#idField]: id, created_at: fields['created_at'] ?? null };
    const updated_at = new Date(nowEpochMs).toISOString();
    const entity = { id, fields: { ...fields, ...changes, ...kept, updated_at }, run };
    (this.#seeded.has(id) ? this.#seeded : this.#created).set(id, entity);
    return entity;
  }

  delete(id: string): boolean {
    return this.#created.delete(id) || this.#seeded.delete(id);
  }

  /** `size` things from `offset` on, of those that match. Without a filter it looks at no more than it must. */
  page(offset: number, size: number, matches?: (entity: Entity) => boolean): Page {
    const items: Entity[] = [];
    let found = 0;
    for (const entity of this.all()) {
      if (matches && !matches(entity)) continue;
      if (found >= offset && items.length < size) items.push(entity);
      found++;
      if (!matches && items.length === size) break;
    }
    return { items, total: matches ? found : this.size };
  }

  *all(): Generator<Entity> {
    yield* this.#seeded.values();
    yield* this.#created.values();
  }

  #entity(fields: JsonObject, createdEpochMs: number, run: Progress | null): Entity {
    const id = uuid(this.#random);
    const createdAt = new Date(createdEpochMs).toISOString();
    const own = { id, [this.#idField]: id, created_at: createdAt, updated_at: createdAt };
    return { id, fields: { ...own, ...fields, ...own }, run };
  }
}

/** A thing as it is shown now. */
export function view({ fields, run }: Entity, nowEpochMs: number): JsonObject {
  return run ? { ...fields, ...progressFields(run, nowEpochMs, fields['records_total']) } : fields;
}

/** One field as it is now, as text, without the cost of a whole view. Empty if it is absent, or no scalar. */
export function fieldText({ fields, run }: Entity, field: string, nowEpochMs: number): string {
  if (run && field === 'status') return statusAt(run, nowEpochMs);
  const value = fields[field];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
