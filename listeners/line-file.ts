import { closeSync, ftruncateSync, write as writeCallback, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { exitCodes, UserError } from '../engine/model/errors.ts';
import { openLines, type IfExists } from './open-lines.ts';
import { systemCause } from './system-cause.ts';

const write = promisify(writeCallback);

export interface LineFileOptions {
  readonly ifExists: IfExists;
  /** The first line or lines, written if the file is empty. */
  readonly header: string;
  /** False: the file has no header; one that has, which is added to, must still be that. */
  readonly hasHeader?: boolean;
  /** What is written last of all, on closing. A file that was cut off lacks it. */
  readonly footer?: string;
  /** The longest that a line is held in memory. */
  readonly flushMs: number;
}

const heldLimit = 64 * 1024;
/** Until a full pipe is tried again. */
const fullPipeMs = 20;

/**
 * A file of lines that holds whole lines at any time, whatever happens to the process or the disk.
 *
 * Lines are held for `flushMs` or until 64 KiB have come together and are then written at once. When a
 * write fails, the file is cut back to its last whole line and every further call throws the same
 * `UserError`. Regular files are written by position, so that `flushSync` may repeat a write that is
 * under way.
 */
export class LineFile {
  readonly #file: string;
  readonly #descriptor: number;
  readonly #isRegular: boolean;
  readonly #flushMs: number;
  /** Empty once it is about to be written. */
  readonly #footer: string[];
  /** Bytes of an unfinished last line that were cut off on opening. */
  readonly cutBytes: number;
  #held: string[] = [];
  #heldLength = 0;
  #inFlight: readonly string[] = [];
  /** Up to here the file holds whole lines. */
  #sizeBytes: number;
  #linesWritten = 0;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  #failure: UserError | null = null;
  #isClosed = false;

  constructor(file: string, { ifExists, header, flushMs, hasHeader = true, footer }: LineFileOptions) {
    const opened = openLines(file, ifExists, header);
    this.#file = file;
    this.#descriptor = opened.descriptor;
    this.#isRegular = opened.isRegular;
    this.#sizeBytes = opened.sizeBytes;
    this.cutBytes = opened.cutBytes;
    this.#flushMs = flushMs;
    this.#footer = footer === undefined ? [] : [footer];
    if (opened.sizeBytes > 0 || !hasHeader) return;
    this.#writeNow([`${header}\n`]);
    this.#linesWritten = 0;
  }

  /** `line` ends with its line break. */
  add(line: string): void {
    if (this.#failure) throw this.#failure;
    if (this.#isClosed) return;
    this.#held.push(line);
    this.#heldLength += line.length;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.flush().catch(() => undefined); // kept in #failure; the next call throws it
    }, this.#flushMs).unref();
  }

  /** Waits only when more is held than should be: this slows down whoever writes faster than the disk. */
  async settle(): Promise<void> {
    if (this.#heldLength >= heldLimit) await this.flush();
  }

  /** Resolves when all lines added so far are written. */
  async flush(): Promise<void> {
    if (this.#failure) throw this.#failure;
    this.#writing ??= this.#writeHeld().finally(() => {
      this.#writing = null;
    });
    await this.#writing;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    try {
      this.#held.push(...this.#footer.splice(0));
      await this.flush();
    } finally {
      this.#shut();
    }
  }

  /** Writes what is held, at once; nothing can be added afterwards. For a process that is about to end. */
  flushSync(): void {
    if (this.#isClosed || this.#failure) return;
    this.#isClosed = true;
    clearTimeout(this.#timer ?? undefined);
    this.#writeNow([...(this.#isRegular ? this.#inFlight : []), ...this.#held, ...this.#footer]);
  }

  async #writeHeld(): Promise<void> {
    while (this.#held.length > 0) {
      const lines = (this.#inFlight = this.#held);
      this.#held = [];
      this.#heldLength = 0;
      const bytes = Buffer.from(lines.join(''));
      let done = 0;
      try {
        while (done < bytes.length) {
          const position = this.#isRegular ? this.#sizeBytes + done : null;
          done += await this.#writeSome(bytes.subarray(done), position);
        }
      } catch (error) {
        if (this.#isClosed) return;
        throw this.#fail(lines, done, error);
      }
      if (this.#isClosed) return; // flushSync has written these lines, and all after them
      this.#wrote(lines, bytes.length);
      this.#inFlight = [];
    }
  }

  /** Gives how many bytes were written: none, after a while, when a pipe is full. */
  async #writeSome(bytes: Buffer, position: number | null): Promise<number> {
    try {
      return (await write(this.#descriptor, bytes, 0, bytes.length, position)).bytesWritten;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      await sleep(fullPipeMs, undefined, { ref: false });
      return 0;
    }
  }

  #writeNow(lines: readonly string[]): void {
    const bytes = Buffer.from(lines.join(''));
    let done = 0;
    try {
      while (done < bytes.length) {
        const position = this.#isRegular ? this.#sizeBytes + done : null;
        done += writeSync(this.#descriptor, bytes, done, bytes.length - done, position);
      }
    } catch (error) {
      throw this.#fail(lines, done, error);
    }
    this.#wrote(lines, bytes.length);
  }

  #wrote(lines: readonly string[], bytes: number): void {
    this.#sizeBytes += bytes;
    this.#linesWritten += lines.length;
  }

  /** Of `lines`, `doneBytes` were written: keeps the whole ones and cuts off the rest. */
  #fail(lines: readonly string[], doneBytes: number, error: unknown): UserError {
    let bytes = 0;
    let whole = 0;
    for (const line of lines) {
      if (bytes + Buffer.byteLength(line) > doneBytes) break;
      bytes += Buffer.byteLength(line);
      whole++;
    }
    this.#wrote(lines.slice(0, whole), bytes);
    if (this.#isRegular) ftruncateSync(this.#descriptor, this.#sizeBytes);
    this.#failure = new UserError(
      `cannot write ${this.#file}: ${systemCause(error)}. ${this.#linesWritten} samples of this run are kept`,
      exitCodes.resultsLost,
    );
    this.#shut();
    return this.#failure;
  }

  #shut(): void {
    clearTimeout(this.#timer ?? undefined);
    if (!this.#isClosed) closeSync(this.#descriptor);
    this.#isClosed = true;
  }
}
