import { open, type FileHandle } from 'node:fs/promises';

const pieceBytes = 16 * 1024;

/**
 * A file of `/proc` that is opened once and read again and again: each reading is made anew by the system. A quarter of the
 * cost of opening it each time, and a file of `/proc/PID` that has been opened never becomes that of another process.
 *
 * `read` takes what one call gives, up to 16 KiB: enough for files that are made as a whole. `readAll` goes on until the
 * end, for lists.
 */
export class KeptFile {
  readonly #handle: FileHandle;
  readonly #buffer = Buffer.allocUnsafe(pieceBytes);

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async open(path: string): Promise<KeptFile> {
    return new KeptFile(await open(path, 'r'));
  }

  async read(): Promise<string> {
    return this.#piece(0);
  }

  async readAll(): Promise<string> {
    let text = '';
    for (let offset = 0; ;) {
      const piece = await this.#piece(offset);
      if (piece === '') return text;
      text += piece;
      offset += piece.length;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  /** A character a byte: what is read is ASCII, but for names. */
  async #piece(offset: number): Promise<string> {
    const { bytesRead } = await this.#handle.read(this.#buffer, 0, pieceBytes, offset);
    return this.#buffer.toString('latin1', 0, bytesRead);
  }
}
