import type { Position } from '../model/errors.ts';

/** Where one entry of a mapping or list stands, and the text of its value when that is a scalar. */
export interface EntryPlace {
  readonly key: Position;
  readonly value: Position;
  /** As written: `1.10` and `007`, which as numbers would lose their zeros. */
  readonly source?: string;
}

/**
 * Remembers where the author wrote each mapping, list and entry, by the identity of the parsed objects.
 *
 * Positions live beside the data, not in it, so that configurations stay plain. Nothing is kept alive.
 */
export class Positions {
  readonly #objects = new WeakMap<object, Position>();
  readonly #entries = new WeakMap<object, Map<string, EntryPlace>>();

  add(node: object, at: Position): void {
    this.#objects.set(node, at);
  }

  addEntry(node: object, key: string | number, place: EntryPlace): void {
    const entries = this.#entries.get(node) ?? new Map<string, EntryPlace>();
    this.#entries.set(node, entries.set(String(key), place));
  }

  /** Lets an entry of a made object stand where the author wrote another. */
  copyEntry(from: object, fromKey: string | number, to: object, toKey: string | number): void {
    const place = this.entry(from, fromKey);
    if (place) this.addEntry(to, toKey, place);
  }

  entry(node: object, key: string | number): EntryPlace | undefined {
    return this.#entries.get(node)?.get(String(key));
  }

  /** The value of an entry; the object itself without a key, or when it has no such entry. */
  locate(node: object, key?: string | number): Position | undefined {
    const place = key === undefined ? undefined : this.entry(node, key);
    return place?.value ?? this.#objects.get(node);
  }

  /** The key of an entry; the object itself when it has no such entry. */
  locateKey(node: object, key: string | number): Position | undefined {
    return this.entry(node, key)?.key ?? this.#objects.get(node);
  }
}
