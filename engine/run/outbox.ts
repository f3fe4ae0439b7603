import type { Sample } from '../model/sample.ts';

/** How samples leave a worker. */
export interface OutboxOptions {
  /** A full batch is sent when the next sample comes, unless that is a part of the last one: those stay together. */
  readonly batchSize: number;
  /** As many batches may be on their way before users are held back: what bounds the memory of a run. */
  readonly batchesUnderway: number;
  send(batch: readonly Sample[]): void;
  nowEpochMs(): number;
}

/** Requests and answers of so many bytes fill a batch; a batch with more counts as several. */
const batchBytes = 256 * 1024;

/**
 * Collects samples into batches, and holds users back when they are not taken in as fast as they come.
 *
 * Nothing is dropped. The time users wait for is measured: it shows as lateness, and the run says so.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #batch: Sample[] = [];
  #bytes = 0;
  #underway = 0;
  /** As how many each batch on its way counts, in the order of sending. */
  readonly #weights: number[] = [];
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
    const isFull = this.#batch.length >= this.#options.batchSize || this.#bytes >= batchBytes;
    if (isFull && sample.kind !== 'sub') this.flush();
    this.#batch.push(sample);
    if (sample.detail) this.#bytes += sample.detail.body.length + (sample.detail.request?.body.length ?? 0);
  }

  flush(): void {
    if (this.#batch.length === 0) return;
    const weight = Math.max(1, Math.ceil(this.#bytes / batchBytes));
    this.#weights.push(weight);
    this.#underway += weight;
    this.#options.send(this.#batch);
    this.#batch = [];
    this.#bytes = 0;
  }

  /** So many batches have been taken in. */
  taken(batches: number): void {
    for (const weight of this.#weights.splice(0, batches)) this.#underway -= weight;
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
