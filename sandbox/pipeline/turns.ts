/** Work that is done one after the other, so that no two change a table's schema at the same time. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves, or fails, as the work does. */
  take<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
