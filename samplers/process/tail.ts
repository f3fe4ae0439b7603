/** The end of a stream of bytes: as much as was asked for is kept, the rest is only counted. */
export class Tail {
  bytes = 0;
  readonly #limitBytes: number;
  #chunks: Buffer[] = [];
  #heldBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.#chunks.push(chunk);
    this.#heldBytes += chunk.length;
    // Cut only now and then, so that each byte is copied once on average.
    if (this.#heldBytes > 2 * this.#limitBytes + slackBytes) this.#cut();
  }

  get isCut(): boolean {
    return this.bytes > this.#limitBytes;
  }

  /** What is kept. */
  content(): Buffer {
    this.#cut();
    return this.#chunks[0] ?? Buffer.alloc(0);
  }

  #cut(): void {
    const all = Buffer.concat(this.#chunks);
    const kept = Buffer.from(all.subarray(Math.max(0, all.length - this.#limitBytes)));
    this.#chunks = [kept];
    this.#heldBytes = kept.length;
  }
}

const slackBytes = 64 * 1024;
