import type { HostFile } from '../../model/ports.ts';
import type { RowEnd, RowForm } from './row-form.ts';
import type { Rows } from './rows.ts';

const blockBytes = 4 * 1024;
/** What is looked through at a time, so that nobody waits long. */
const aheadBytes = 512 * 1024;
const cachedBytes = 512 * 1024;
const longestRowBytes = 16 * 1024 * 1024;

/** Some rows that stand together in the file. */
interface Block<T> {
  readonly bytes: Uint8Array;
  /** Where each begins and ends in the bytes, in turn. */
  readonly bounds: readonly number[];
  /** Those that were asked for. */
  readonly rows: (T | undefined)[];
}

/**
 * The rows of a file of any size. It is read in blocks of 4 KiB or one long row; of each only the place and the
 * number of its first row are kept (16 bytes), and the last half MiB of blocks. A row is decoded once as long as its
 * block is kept.
 */
export class FileRows<T> implements Rows<T> {
  readonly #file: HostFile;
  readonly #form: RowForm;
  readonly #decode: (bytes: Uint8Array, index: number) => T;
  /** Of each block. */
  readonly #offsets: number[] = [];
  readonly #firstRows: number[] = [];
  readonly #cache = new Map<number, Block<T>>();
  #cachedBytes = 0;
  #known = 0;
  #scannedTo = 0;

  constructor(file: HostFile, form: RowForm, decode: (bytes: Uint8Array, index: number) => T) {
    this.#file = file;
    this.#form = form;
    this.#decode = decode;
    this.#scannedTo = startsWithMark(file) ? byteOrderMark.length : 0;
  }

  get known(): number {
    return this.#known;
  }

  get complete(): boolean {
    return this.#scannedTo >= this.#file.sizeBytes;
  }

  readAhead(): void {
    const limit = this.#scannedTo + aheadBytes;
    while (this.#scannedTo < limit && !this.complete) this.#scanBlock();
  }

  at(index: number): T {
    const number = this.#blockOf(index);
    const block = this.#cache.get(number) ?? this.#load(number);
    const place = index - (this.#firstRows[number] ?? 0);
    const known = block.rows[place];
    if (known !== undefined) return known;
    const row = this.#decode(
      block.bytes.subarray(block.bounds[2 * place], block.bounds[2 * place + 1]),
      index,
    );
    block.rows[place] = row;
    return row;
  }

  #scanBlock(): void {
    const { block, next } = this.#read(this.#scannedTo);
    if (block.bounds.length > 0) {
      this.#offsets.push(this.#scannedTo);
      this.#firstRows.push(this.#known);
      this.#known += block.bounds.length / 2;
      this.#keep(this.#offsets.length - 1, block);
    }
    this.#scannedTo = next;
  }

  #load(number: number): Block<T> {
    const { block } = this.#read(this.#offsets[number] ?? 0);
    this.#keep(number, block);
    return block;
  }

  /** The whole rows of the block that begins there, one at least; and where the next block begins. */
  #read(offset: number): { readonly block: Block<T>; readonly next: number } {
    for (let size = blockBytes; ; size *= 4) {
      const room = new Uint8Array(Math.min(size, this.#file.sizeBytes - offset));
      const bytes = room.subarray(0, this.#file.read(room, offset));
      const last = bytes.length < room.length || offset + bytes.length >= this.#file.sizeBytes;
      const { bounds, next } = boundsOf(bytes, this.#form, last);
      if (last) return { block: { bytes, bounds, rows: [] }, next: this.#file.sizeBytes };
      if (next > 0) return { block: { bytes, bounds, rows: [] }, next: offset + next };
      if (size >= longestRowBytes) {
        throw new Error(
          `row ${this.#known + 1} is longer than ${longestRowBytes / 1024 / 1024} MiB. Is there a quote that is never closed?`,
        );
      }
    }
  }

  /** Of the blocks kept, the oldest goes first; the newest stays, however large. */
  #keep(number: number, block: Block<T>): void {
    this.#cache.set(number, block);
    this.#cachedBytes += block.bytes.length;
    for (const [oldest, { bytes }] of this.#cache) {
      if (this.#cachedBytes <= cachedBytes || oldest === number) break;
      this.#cache.delete(oldest);
      this.#cachedBytes -= bytes.length;
    }
  }

  /** The last block whose first row is not behind this one. */
  #blockOf(index: number): number {
    let [low, high] = [0, this.#firstRows.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#firstRows[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function boundsOf(bytes: Uint8Array, form: RowForm, last: boolean): { bounds: number[]; next: number } {
  const bounds: number[] = [];
  let next = 0;
  while (next < bytes.length) {
    const found = form.end(bytes, next) ?? (last ? endOfFile(bytes) : null);
    if (!found) break;
    if (!form.blank(bytes, next, found.end)) bounds.push(next, found.end);
    next = found.next;
  }
  return { bounds, next };
}

/** Without the `\r` of a line end that is no more. */
function endOfFile(bytes: Uint8Array): RowEnd {
  return { end: bytes.at(-1) === 13 ? bytes.length - 1 : bytes.length, next: bytes.length };
}

const byteOrderMark = [0xef, 0xbb, 0xbf];

function startsWithMark(file: HostFile): boolean {
  const start = new Uint8Array(byteOrderMark.length);
  return file.read(start, 0) === start.length && byteOrderMark.every((byte, at) => start[at] === byte);
}
