import { Refusal } from './host-call.ts';
import type { QuickjsExports } from './quickjs-module.ts';

/** The memory is used up where no script can be told; the realm is of no more use. */
export class NoMemory extends Error {}

interface Views {
  readonly bytes: Buffer;
  readonly words: Uint32Array;
}

const scratchBytes = 65_536;

/** Of any one text: a variable of 1 MiB in UTF-8, and then some. */
const textLimitBytes = 4 * 1_048_576;

/** The memory of a QuickJS, and how texts come in and out. What throws leaves it as it was. */
export class GuestMemory {
  readonly #quickjs: QuickjsExports;
  #views: Views = { bytes: Buffer.alloc(0), words: new Uint32Array(0) };
  /** Room for short texts and for arguments, so that they cost no allocation. */
  readonly scratch: number;

  constructor(quickjs: QuickjsExports) {
    this.#quickjs = quickjs;
    this.scratch = quickjs.wasm_malloc(scratchBytes);
  }

  bytes(): Buffer {
    return this.#now().bytes;
  }

  /** By address divided by four. */
  words(): Uint32Array {
    return this.#now().words;
  }

  /** The text in a box; empty for what is not a text, so that no script runs for it. */
  text(box: number): string {
    const quickjs = this.#quickjs;
    if (quickjs.qjs_is_string(box) === 0) return '';
    const lengthOut = this.scratch + scratchBytes - 4;
    const address = quickjs.qjs_get_string_len(box, lengthOut);
    if (address === 0) throw new NoMemory('no memory for a text');
    const { bytes, words } = this.#now();
    const length = words[lengthOut >>> 2] ?? 0;
    if (length > textLimitBytes) {
      quickjs.qjs_free_cstring(address);
      throw new Refusal(`a text of ${length} bytes cannot leave a script: the limit is 4 MiB`);
    }
    const text = bytes.toString('utf8', address, address + length);
    quickjs.qjs_free_cstring(address);
    return text;
  }

  /** A new text in a box; 0, and an exception in QuickJS, when there is no room for it. */
  box(text: string): number {
    const { address, length, free } = this.write(text);
    const box = this.#quickjs.qjs_new_string(address, length);
    if (free) this.#quickjs.wasm_free(address);
    if (this.#quickjs.qjs_is_exception(box) === 0) return box;
    this.#quickjs.qjs_free_value(box);
    return 0;
  }

  /** A text in UTF-8, where it is good until the next one, or until it is freed. */
  write(text: string): { readonly address: number; readonly length: number; readonly free: boolean } {
    if (text.length * 3 < scratchBytes - 8) {
      return { address: this.scratch, length: this.bytes().write(text, this.scratch, 'utf8'), free: false };
    }
    const length = Buffer.byteLength(text);
    const address = this.allocated(length);
    this.bytes().write(text, address, 'utf8');
    return { address, length, free: true };
  }

  allocated(bytes: number): number {
    const address = this.#quickjs.wasm_malloc(bytes);
    if (address === 0) throw new NoMemory('no memory for a text');
    return address;
  }

  /** The whole memory; made anew when it has grown. */
  #now(): Views {
    const { buffer } = this.#quickjs.memory;
    if (this.#views.words.buffer !== buffer) {
      this.#views = { bytes: Buffer.from(buffer), words: new Uint32Array(buffer) };
    }
    return this.#views;
  }
}
