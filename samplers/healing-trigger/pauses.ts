/** Pauses that the end of a run cuts short. */
export class Pauses {
  readonly #ends = new Set<() => void>();
  #isOver = false;

  /** False when the run ended instead. */
  async pause(ms: number): Promise<boolean> {
    if (this.#isOver) return false;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#ends.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#ends.add(end);
    });
    return !this.#isOver;
  }

  end(): void {
    this.#isOver = true;
    for (const end of [...this.#ends]) end();
  }

  get isOver(): boolean {
    return this.#isOver;
  }
}
