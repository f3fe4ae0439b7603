import type { Sample } from '../model/sample.ts';

/** How samples leave a worker. */
export interface OutboxOptions {
  /** A full batch is sent at once. */
  readonly batchSize: number;
  /** As many batches may be on their way before users are held back: what bounds the memory of a run. */
  readonly batchesUnderway: number;
  send(batch: readonly Sample[]): void;
  nowEpochMs(): number;
}

/**
 * Collects samples into batches, and holds users back when they are not taken in as fast as they come.
 *
 * Nothing is dropped. The time users wait for is measured: it shows as lateness, and the run says so.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #batch: Sample[] = [];
  #underway = 0;
  #waiting: {
    readonly promise: Promise<void>;
    readonly resolve: () => void;
    readonly sinceEpochMs: number;
  } | null = null;
  #heldBackMs = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  add(sample: Sample): void {
    this.#batch.push(sample);
    if (this.#batch.length >= this.#options.batchSize) this.flush();
  }

  flush(): void {
    if (this.#batch.length === 0) return;
    this.#underway += 1;
    this.#options.send(this.#batch);
    this.#batch = [];
  }

  /** So many batches have been taken in. */
  taken(batches: number): void {
    this.#underway -= batches;
    if (!this.#waiting || this.#underway >= this.#options.batchesUnderway) return;
    this.#heldBackMs += this.#options.nowEpochMs() - this.#waiting.sinceEpochMs;
    this.#waiting.resolve();
    this.#waiting = null;
  }

  /** Null while there is room; else resolves when there is again. */
  readonly room = (): Promise<void> | null => {
    if (this.#underway < this.#options.batchesUnderway) return null;
    if (!this.#waiting) {
      let resolve: () => void = () => undefined;
      const promise = new Promise<void>((done) => (resolve = done));
      this.#waiting = { promise, resolve, sinceEpochMs: this.#options.nowEpochMs() };
    }
    return this.#waiting.promise;
  };

  /** Time users were held back since the last call. */
  takeHeldBackMs(): number {
    const now = this.#options.nowEpochMs();
    const running = this.#waiting ? now - this.#waiting.sinceEpochMs : 0;
    if (this.#waiting) this.#waiting = { ...this.#waiting, sinceEpochMs: now };
    const held = this.#heldBackMs + running;
    this.#heldBackMs = 0;
    return held;
  }
}
