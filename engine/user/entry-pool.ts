import { distinctPlaces } from '../elements/distinct.ts';
import type { CompiledPool, Pool } from '../model/pool.ts';
import type { Random } from '../model/ports.ts';

/** Where the entries of a pool are kept, oldest first. It has room for one more than the pool may hold. */
export interface EntryStore {
  readonly size: number;
  at(place: number): string;
  /** The first place of a text; -1 when it has none. */
  indexOf(text: string): number;
  push(text: string): void;
  removeAt(place: number): void;
  clear(): void;
}

/** What a pool does, wherever its entries are kept. `exclusively` sees to it that nobody comes between. */
export class EntryPool implements Pool {
  readonly #store: EntryStore;
  readonly #options: Pick<CompiledPool, 'max' | 'unique'>;
  readonly #exclusively: <T>(act: () => T) => T;

  constructor(
    store: EntryStore,
    options: Pick<CompiledPool, 'max' | 'unique'>,
    exclusively: <T>(act: () => T) => T = (act) => act(),
  ) {
    this.#store = store;
    this.#options = options;
    this.#exclusively = exclusively;
  }

  get size(): number {
    return this.#exclusively(() => this.#store.size);
  }

  append(texts: readonly string[]): void {
    this.#exclusively(() => {
      for (const text of texts) this.#add(text);
    });
  }

  replace(texts: readonly string[]): void {
    this.#exclusively(() => {
      this.#store.clear();
      for (const text of texts) this.#add(text);
    });
  }

  remove(text: string): void {
    const store = this.#store;
    this.#exclusively(() => {
      for (let place = store.indexOf(text); place >= 0; place = store.indexOf(text)) store.removeAt(place);
    });
  }

  clear(): void {
    this.#exclusively(() => this.#store.clear());
  }

  draw(count: number, mode: 'pick' | 'take', random: Random): string[] {
    const store = this.#store;
    return this.#exclusively(() => {
      const places = distinctPlaces(store.size, count, random);
      const texts = places.map((place) => store.at(place));
      if (mode === 'take') for (const place of places.toSorted((a, b) => b - a)) store.removeAt(place);
      return texts;
    });
  }

  #add(text: string): void {
    const { max, unique } = this.#options;
    if (text === '' || (unique && this.#store.indexOf(text) >= 0)) return;
    this.#store.push(text);
    if (this.#store.size > max) this.#store.removeAt(0);
  }
}

/** A pool of one user's. */
export function ownPool(pool: CompiledPool): Pool {
  return new EntryPool(new ListStore(pool.values), pool);
}

class ListStore implements EntryStore {
  readonly #texts: string[];

  constructor(texts: readonly string[]) {
    this.#texts = [...texts];
  }

  get size(): number {
    return this.#texts.length;
  }

  at(place: number): string {
    return this.#texts[place] ?? '';
  }

  indexOf(text: string): number {
    return this.#texts.indexOf(text);
  }

  push(text: string): void {
    this.#texts.push(text);
  }

  removeAt(place: number): void {
    this.#texts.splice(place, 1);
  }

  clear(): void {
    this.#texts.length = 0;
  }
}
