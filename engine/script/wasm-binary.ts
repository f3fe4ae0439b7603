/**
 * Reading and writing the binary format of WebAssembly, as far as `meter-loops.ts` needs it.
 * Source: WebAssembly Core Specification 2.0, §5.
 */
export interface Section {
  readonly id: number;
  readonly content: Uint8Array;
}

export function readSections(wasm: Uint8Array): Section[] {
  const reader = new Reader(wasm.subarray(8));
  const sections: Section[] = [];
  while (!reader.done) {
    const id = reader.byte();
    sections.push({ id, content: reader.take(reader.u32()) });
  }
  return sections;
}

export function section(sections: readonly Section[], id: number): Uint8Array {
  const found = sections.find((one) => one.id === id);
  if (!found) throw new Error(`the WebAssembly module has no section ${id}`);
  return found.content;
}

/** LEB128, unsigned (§5.2.2). */
export function u32(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...u32(value >>> 7)];
}

/** Goes over bytes from front to back. Throws where they end too early. */
export class Reader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.at >= this.#bytes.length;
  }

  byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) throw new Error('the WebAssembly module ends too early');
    return byte;
  }

  u32(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  take(length: number): Uint8Array {
    const taken = this.#bytes.subarray(this.at, this.at + length);
    this.at += length;
    return taken;
  }
}
