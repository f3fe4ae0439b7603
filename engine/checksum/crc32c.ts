import { crc32c as native } from '@node-rs/crc32';

/**
 * A running CRC32C (Castagnoli), which Cloud Storage calls `crc32c`: the checksum of all pieces given so far.
 * `base64()` is how the JSON API and `x-goog-hash` write it: four bytes, the highest first (RFC 4648).
 */
export class Crc32c {
  #value = 0;

  update(piece: Uint8Array): void {
    this.#value = native(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength), this.#value);
  }

  /** Another one that goes on from here. */
  copy(): Crc32c {
    const copied = new Crc32c();
    copied.#value = this.#value;
    return copied;
  }

  /** Unsigned, 32 bits. */
  value(): number {
    return this.#value;
  }

  base64(): string {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.#value);
    return bytes.toString('base64');
  }
}
