import { Alarm } from '../http/alarm.ts';

/** The time limit of one operation. What it waits for that is not its own, such as a token, is not counted. */
export class Deadline {
  readonly #over: () => void;
  readonly #alarm: Alarm;
  #atMs = Infinity;
  /** Waits under way. */
  #waits = 0;
  #waitsSinceMs = 0;

  constructor(over: () => void) {
    this.#over = over;
    this.#alarm = new Alarm(() => this.#look());
  }

  /** The time begins. 0: there is no limit. */
  within(limitMs: number): void {
    if (limitMs === 0) return;
    this.#atMs = performance.now() + limitMs;
    this.#alarm.ringBy(this.#atMs);
  }

  clear(): void {
    this.#atMs = Infinity;
    this.#alarm.clear();
  }

  /** Waits for something; the limit is so much later then. */
  async waitFor<T>(work: Promise<T>): Promise<T> {
    if (this.#waits++ === 0) this.#waitsSinceMs = performance.now();
    try {
      return await work;
    } finally {
      if (--this.#waits === 0) {
        this.#atMs += performance.now() - this.#waitsSinceMs;
        this.#look();
      }
    }
  }

  #look(): void {
    if (this.#waits > 0 || this.#atMs === Infinity) return;
    if (performance.now() >= this.#atMs) this.#over();
    else this.#alarm.ringBy(this.#atMs);
  }
}
