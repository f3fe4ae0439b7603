const rememberedMs = 60_000;
const mostRemembered = 100_000;

/** The `insertId`s of the last minute: a row that comes again with the same is not inserted again. */
export class InsertIds {
  readonly #seen = new Map<string, number>();
  readonly #nowEpochMs: () => number;

  constructor(nowEpochMs: () => number) {
    this.#nowEpochMs = nowEpochMs;
  }

  has(table: string, id: string): boolean {
    const at = this.#seen.get(`${table} ${id}`);
    return at !== undefined && at + rememberedMs > this.#nowEpochMs();
  }

  add(table: string, id: string): void {
    const key = `${table} ${id}`;
    this.#seen.delete(key);
    this.#seen.set(key, this.#nowEpochMs());
    for (const [oldest, at] of this.#seen) {
      if (this.#seen.size <= mostRemembered && at + rememberedMs > this.#nowEpochMs()) return;
      this.#seen.delete(oldest);
    }
  }
}
