/** The longest wait that Node's timers know. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * One timer for a connection, however many requests it serves.
 *
 * It may ring too early or for nothing: whoever is woken looks at the clock. So a request whose deadline is
 * later than the one before it leaves the timer as it stands, which spares a timer for each request. It
 * keeps no process alive.
 */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  #atMs = Infinity;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Rings once at the given time or before it, on the clock of `performance.now()`. Infinite: never. */
  ringBy(atMs: number): void {
    if (atMs >= this.#atMs) return;
    clearTimeout(this.#timer);
    this.#atMs = atMs;
    const delayMs = Math.min(Math.max(1, Math.ceil(atMs - performance.now())), MAX_DELAY_MS);
    this.#timer = setTimeout(this.#wake, delayMs).unref();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#atMs = Infinity;
  }

  readonly #wake = (): void => {
    this.#atMs = Infinity;
    this.#ring();
  };
}
