import type { FileHandle } from 'node:fs/promises';
import type { Type } from 'avsc';

/** The bytes of an Avro file, from the first to the last: never much more than a block of them at once. */
export class AvroSource {
  readonly #file: FileHandle;
  #bytes = Buffer.alloc(0);
  #at = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Whether all has been taken. */
  async isAtEnd(): Promise<boolean> {
    return this.#at === this.#bytes.length && !(await this.#more());
  }

  async take(count: number): Promise<Buffer> {
    if (count < 0) throw new Error('a length in it is negative');
    while (this.#bytes.length - this.#at < count) if (!(await this.#more())) throw cutShort();
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  /** The value of a type that stands next, a short one. */
  async value(type: Type): Promise<unknown> {
    for (;;) {
      const { value, offset } = decoded(type, this.#bytes, this.#at);
      if (offset >= 0) {
        this.#at = offset;
        return value;
      }
      if (!(await this.#more())) throw cutShort();
    }
  }

  /** False at the end of the file. */
  async #more(): Promise<boolean> {
    const { buffer, bytesRead } = await this.#file.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes);
    this.#bytes = Buffer.concat([this.#bytes.subarray(this.#at), buffer.subarray(0, bytesRead)]);
    this.#at = 0;
    return bytesRead > 0;
  }
}

const pieceBytes = 256 * 1024;

function cutShort(): Error {
  return new Error('it is cut short');
}

/** An offset below 0: the bytes end before the value does. */
export function decoded(type: Type, bytes: Buffer, at: number): { value: unknown; offset: number } {
  return type.decode(bytes, at);
}
