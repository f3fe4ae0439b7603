import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { rm, truncate } from 'node:fs/promises';
import { Crc32c } from '../../engine/checksum/crc32c.ts';

/** What is known of the bytes of an object. */
export interface Content {
  readonly sizeBytes: number;
  /** Base64, the highest byte first. */
  readonly crc32c: string;
  /** Base64; null for composed objects, as in the real service. */
  readonly md5Hash: string | null;
  /** The file that holds the bytes; null if they were only counted. */
  readonly path: string | null;
}

interface Mark {
  readonly sizeBytes: number;
  readonly crc32c: Crc32c;
  readonly md5: Hash;
}

/** Resumable uploads are persisted in whole blocks of this size, but for the end. */
export const blockBytes = 262_144;

const writeAheadBytes = 1_048_576;

/**
 * Takes the bytes of one object piece by piece: to a file, with their checksums on the way. Never more than a
 * mebibyte of them is in memory. Beyond `keepBytes` the file is given up and the bytes are only counted and
 * checksummed.
 */
export class ContentReceiver {
  readonly #path: string;
  readonly #keepBytes: number;
  #isKept = true;
  #sizeBytes = 0;
  #crc32c = new Crc32c();
  #md5 = createHash('md5');
  #mark: Mark;

  constructor(path: string, keepBytes: number) {
    this.#path = path;
    this.#keepBytes = keepBytes;
    this.#mark = this.#state();
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Appends all the pieces. Throws if their source breaks off; what came until then is there. */
  async append(pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const file = this.#isKept ? this.#open() : null;
    try {
      for await (const piece of pieces) await this.#take(piece, file);
    } finally {
      file?.stream.end();
      await file?.closed;
    }
    this.#checkFile(file);
  }

  /** Forgets what came after the last whole block, as the real service does when an upload breaks off. */
  async backToBlock(): Promise<void> {
    const { sizeBytes, crc32c, md5 } = this.#mark;
    if (sizeBytes === this.#sizeBytes) return;
    this.#sizeBytes = sizeBytes;
    this.#crc32c = crc32c.copy();
    this.#md5 = md5.copy();
    if (this.#isKept) await truncate(this.#path, sizeBytes);
  }

  /** The content as it is when all has come. */
  done(): Content {
    return {
      sizeBytes: this.#sizeBytes,
      crc32c: this.#crc32c.base64(),
      md5Hash: this.#md5.copy().digest('base64'),
      path: this.#isKept ? this.#path : null,
    };
  }

  async discard(): Promise<void> {
    if (this.#isKept) await rm(this.#path, { force: true });
    this.#isKept = false;
  }

  async #take(piece: Uint8Array, file: OpenFile | null): Promise<void> {
    this.#sum(piece);
    if (this.#sizeBytes > this.#keepBytes) await this.#giveUp(file);
    else if (file && !file.stream.write(piece)) await file.room();
    this.#checkFile(file);
  }

  #checkFile(file: OpenFile | null): void {
    const problem = this.#isKept ? file?.problem() : undefined;
    if (problem) throw problem;
  }

  /** Sums up to each block's end, and remembers the state there. */
  #sum(piece: Uint8Array): void {
    let from = 0;
    while (from < piece.length) {
      const room = blockBytes - (this.#sizeBytes % blockBytes);
      const part = piece.subarray(from, from + room);
      this.#crc32c.update(part);
      this.#md5.update(part);
      this.#sizeBytes += part.length;
      from += part.length;
      if (part.length === room) this.#mark = this.#state();
    }
  }

  #state(): Mark {
    return { sizeBytes: this.#sizeBytes, crc32c: this.#crc32c.copy(), md5: this.#md5.copy() };
  }

  #open(): OpenFile {
    const stream = createWriteStream(this.#path, { flags: 'a', highWaterMark: writeAheadBytes });
    let problem: Error | undefined;
    stream.once('error', (error) => (problem = error));
    const closed = new Promise<void>((resolve) => stream.once('close', resolve));
    return {
      stream,
      closed,
      problem: () => problem,
      room: async () => Promise.race([drained(stream), closed]),
    };
  }

  async #giveUp(file: OpenFile | null): Promise<void> {
    if (!this.#isKept) return;
    this.#isKept = false;
    file?.stream.destroy();
    await file?.closed;
    await rm(this.#path, { force: true });
  }
}

interface OpenFile {
  readonly stream: WriteStream;
  /** Never fails. */
  readonly closed: Promise<void>;
  readonly problem: () => Error | undefined;
  /** Resolves when more may be written, or nothing can be. */
  readonly room: () => Promise<void>;
}

function drained(stream: WriteStream): Promise<void> {
  return new Promise((resolve) => stream.once('drain', resolve));
}
