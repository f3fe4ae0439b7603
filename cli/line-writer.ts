import type { Unread } from '../engine/model/unread.ts';
import { systemCause } from '../listeners/system-cause.ts';

/** What a line writer needs of a stream of Node's. */
export interface LineStream {
  /** Bytes that the reader has not taken yet. */
  readonly writableLength: number;
  readonly isTTY?: boolean;
  write(text: string, written: () => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
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
  /** Texts that the stream has been given and has not answered for. */
  #unwritten = 0;
  #bounded = false;
  #open = true;
  #failure: string | null = null;
  #waitingSinceMs: number | null = null;
  #longestMs = 0;
  #leftOut = 0;
  #unsaidLeftOut = 0;
  #progress: () => void = () => undefined;

  constructor(stream: LineStream, time: WriterTime) {
    this.#stream = stream;
    this.#time = time;
    stream.on('error', (error) => this.#close(error));
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

  /** Why something could not be written, as the system says it: a full disk. Null where the reader has only gone away. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Whether the reader has taken everything; false when a bound is set and it takes nothing any more. */
  async finish(): Promise<boolean> {
    while (this.#isWaiting()) {
      if (!(await this.#madeProgress())) return false;
    }
    return true;
  }

  #madeProgress(): Promise<boolean> {
    return new Promise((resolve) => {
      const limit = this.#bounded ? this.#time.after(patienceMs, () => resolve(false)) : null;
      this.#progress = () => {
        limit?.cancel();
        resolve(true);
      };
    });
  }

  #pump(): void {
    while (this.#queue.length > 0 && this.#stream.writableLength < aheadBytes) {
      const text = this.#queue.shift() ?? '';
      this.#queuedBytes -= text.length;
      this.#hand(this.#leftOutNote() + text);
    }
    if (this.#isWaiting()) this.#waitingSinceMs ??= this.#time.nowMs();
  }

  /** To a file Node writes at once, and some versions of it throw what others tell as an event. */
  #hand(text: string): void {
    this.#unwritten += 1;
    try {
      this.#stream.write(text, () => this.#written());
    } catch (error) {
      this.#close(error);
    }
  }

  #leftOutNote(): string {
    const count = this.#unsaidLeftOut;
    this.#unsaidLeftOut = 0;
    return count === 0 ? '' : `(${count} lines are left out here: they were not read in time)\n`;
  }

  #written(): void {
    this.#unwritten -= 1;
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
    return this.#open && (this.#queue.length > 0 || this.#unwritten > 0);
  }

  #waitedMs(): number {
    return this.#waitingSinceMs === null ? 0 : this.#time.nowMs() - this.#waitingSinceMs;
  }

  /** The reader has gone away (`| head -2`), or the disk is full: what is said from now on is dropped. */
  #close(error: unknown): void {
    if (this.#open && !hasGone(error, this.#stream)) this.#failure = systemCause(error);
    this.#open = false;
    this.#queue.length = 0;
    this.#waitingSinceMs = null;
    this.#progress();
  }
}

/** Whether an error only says that nobody reads any more; a terminal that was closed says EIO. */
function hasGone(error: unknown, { isTTY }: LineStream): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'EPIPE' || code === 'ECONNRESET' || (code === 'EIO' && isTTY === true);
}
