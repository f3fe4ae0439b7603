const mostProblems = 100;

/** A fault that comes with every sample is said once. */
export class SaidOnce {
  readonly #say: (message: string) => void;
  readonly #said = new Set<string>();

  constructor(say: (message: string) => void) {
    this.#say = say;
  }

  add(message: string): void {
    if (this.#said.has(message) || this.#said.size >= mostProblems) return;
    this.#said.add(message);
    this.#say(message);
    if (this.#said.size === mostProblems) this.#say('further problems are not shown');
  }
}
