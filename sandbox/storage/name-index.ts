/**
 * Things by name, in the order of their names. A lookup is one of a map; a new name is put in its place by
 * binary search, so that listing a prefix of a hundred thousand names looks only at those it lists.
 */
export class NameIndex<T> {
  readonly #items = new Map<string, T>();
  readonly #names: string[] = [];

  get size(): number {
    return this.#items.size;
  }

  get(name: string): T | undefined {
    return this.#items.get(name);
  }

  set(name: string, item: T): void {
    if (!this.#items.has(name)) this.#names.splice(this.#placeOf(name), 0, name);
    this.#items.set(name, item);
  }

  delete(name: string): void {
    if (this.#items.delete(name)) this.#names.splice(this.#placeOf(name), 1);
  }

  /** The first name that is not before `name`. */
  atOrAfter(name: string): string | undefined {
    return this.#names[this.#placeOf(name)];
  }

  /** Names from the first that is not before `name`, in order. */
  *from(name: string): Generator<readonly [string, T]> {
    for (let at = this.#placeOf(name); at < this.#names.length; at++) {
      const found = this.#names[at] ?? '';
      const item = this.#items.get(found);
      if (item !== undefined) yield [found, item];
    }
  }

  #placeOf(name: string): number {
    let low = 0;
    let high = this.#names.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#names[middle] ?? '') < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
