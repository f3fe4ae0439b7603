import type { Unread } from '../engine/model/unread.ts';

/** What a line writer needs of a stream of Node's. */
export interface LineStream {
  /** Bytes that the reader has not taken yet. */
  readonly writableLength: number;
  write(text: string, written: () => void): unknown;
  on(event: 'error', listener: () => void): unknown;
}

/** Timers and a clock, so that tests need not wait. */
export interface WriterTime {
  nowMs(): number;
  after(ms: number, then: () => void): { cancel(): void };
}

/** So much is handed to the stream at a time; the rest waits here, where it can still be dropped. */
const aheadBytes = 16 * 1024;
/** What may wait while a run is under way. */
const roomBytes = 256 * 1024;
/** How long a reader may take nothing once the run is over. */
const patienceMs = 10_000;

/**
 * Writes lines to a reader who may be slow, stuck or gone. It never blocks and never throws.
 *
 * Without a bound everything waits for the reader. From `bound` on the oldest lines are dropped when more than 256 KiB
 * wait, so the final report is always among what is kept, and `finish` gives up on a reader who takes nothing for 10 s.
 */
export class LineWriter {
  readonly #stream: LineStream;
  readonly #time: WriterTime;
  readonly #queue: string[] = [];
  #queuedBytes = 0;
  #bounded = false;
  #open = true;
  #waitingSinceMs: number | null = null;
  #longestMs = 0;
  #leftOut = 0;
  #unsaidLeftOut = 0;
  #progress: () => void = () => undefined;

  constructor(stream: LineStream, time: WriterTime) {
    this.#stream = stream;
    this.#time = time;
    stream.on('error', () => this.#close());
  }

  /** The reader must not hold anything up from now on. */
  bound(): void {
    this.#bounded = true;
  }

  line(text: string): void {
    if (!this.#open) return;
    this.#queue.push(`${text}\n`);
    this.#queuedBytes += text.length + 1;
    this.#pump();
    if (this.#bounded) this.#dropOldest();
  }

  unread(): Unread {
    return { longestMs: Math.max(this.#longestMs, this.#waitedMs()), leftOut: this.#leftOut };
  }

  /** Whether the reader has taken everything; false when it takes nothing any more. Without a bound nobody waits. */
  async finish(): Promise<boolean> {
    while (this.#bounded && this.#isWaiting()) {
      if (!(await this.#madeProgress())) return false;
    }
    return true;
  }

  #madeProgress(): Promise<boolean> {
    return new Promise((resolve) => {
      const limit = this.#time.after(patienceMs, () => resolve(false));
      this.#progress = () => {
        limit.cancel();
        resolve(true);
      };
    });
  }

  #pump(): void {
    while (this.#queue.length > 0 && this.#stream.writableLength < aheadBytes) {
      const text = this.#queue.shift() ?? '';
      this.#queuedBytes -= text.length;
      this.#stream.write(this.#leftOutNote() + text, () => this.#written());
    }
    if (this.#isWaiting()) this.#waitingSinceMs ??= this.#time.nowMs();
  }

  #leftOutNote(): string {
    const count = this.#unsaidLeftOut;
    this.#unsaidLeftOut = 0;
    return count === 0 ? '' : `(${count} lines are left out here: they were not read in time)\n`;
  }

  #written(): void {
    this.#longestMs = Math.max(this.#longestMs, this.#waitedMs());
    this.#waitingSinceMs = null;
    this.#pump();
    this.#progress();
  }

  #dropOldest(): void {
    while (this.#queuedBytes > roomBytes && this.#queue.length > 1) {
      this.#queuedBytes -= this.#queue.shift()?.length ?? 0;
      this.#leftOut += 1;
      this.#unsaidLeftOut += 1;
    }
  }

  #isWaiting(): boolean {
    return this.#open && (this.#queue.length > 0 || this.#stream.writableLength > 0);
  }

  #waitedMs(): number {
    return this.#waitingSinceMs === null ? 0 : this.#time.nowMs() - this.#waitingSinceMs;
  }

  /** The reader has gone away (`| head -2`): what is said to it is dropped. */
  #close(): void {
    this.#open = false;
    this.#queue.length = 0;
    this.#waitingSinceMs = null;
    this.#progress();
  }
}
