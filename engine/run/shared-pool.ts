import type { CompiledPool, Pool } from '../model/pool.ts';
import { EntryPool, type EntryStore } from '../user/entry-pool.ts';
import { SharedLock } from './shared-lock.ts';

/** Int32 cells before those of the entries: the lock, how many entries there are, and who holds the lock. */
const headerCells = 3;
const [lockCell, sizeCell, ownerCell] = [0, 1, 2];

/** Int32 cells an entry: its place in the order, its length in bytes, its hash. */
const cellsPerEntry = 3;

const cellBytes = 4;

/** The memory of a pool that all workers share, with its first entries in it. */
export function poolMemory(pool: CompiledPool): SharedArrayBuffer {
  const slots = pool.max + 1;
  const memory = new SharedArrayBuffer(
    cellBytes * (headerCells + cellsPerEntry * slots) + pool.entryBytes * slots,
  );
  new SharedStore(pool, memory).layOut();
  sharedPool(pool, memory).append(pool.values);
  return memory;
}

/** A pool at work in one worker; the others see the same memory. */
export function sharedPool(pool: CompiledPool, memory: SharedArrayBuffer, worker = -1): Pool {
  const lock = lockOf(memory, worker);
  return new EntryPool(new SharedStore(pool, memory), pool, (act) => lock.exclusively(act));
}

/** A worker has died: a pool that it was changing is open again. */
export function reopenPool(memory: SharedArrayBuffer, worker: number): void {
  lockOf(memory, -1).abandonedBy(worker);
}

function lockOf(memory: SharedArrayBuffer, worker: number): SharedLock {
  return new SharedLock(new Int32Array(memory, 0, headerCells), { lock: lockCell, owner: ownerCell }, worker);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Entries in slots of equal size; only their order moves. Its user holds the lock. */
class SharedStore implements EntryStore {
  readonly #pool: CompiledPool;
  readonly #header: Int32Array;
  /** The slots of the entries, oldest first; then those that are free. */
  readonly #order: Int32Array;
  readonly #lengths: Int32Array;
  readonly #hashes: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(pool: CompiledPool, memory: SharedArrayBuffer) {
    const slots = pool.max + 1;
    const cells = (row: number) => new Int32Array(memory, cellBytes * (headerCells + row * slots), slots);
    this.#pool = pool;
    this.#header = new Int32Array(memory, 0, headerCells);
    [this.#order, this.#lengths, this.#hashes] = [cells(0), cells(1), cells(2)];
    this.#bytes = new Uint8Array(memory, cellBytes * (headerCells + cellsPerEntry * slots));
  }

  /** Once, before anybody uses the memory. */
  layOut(): void {
    for (let slot = 0; slot < this.#order.length; slot++) this.#order[slot] = slot;
  }

  get size(): number {
    return this.#header[sizeCell] ?? 0;
  }

  at(place: number): string {
    return decoder.decode(this.#entry(this.#slot(place)));
  }

  indexOf(text: string): number {
    const bytes = encoder.encode(text);
    const hash = hashOf(bytes);
    for (let place = 0, { size } = this; place < size; place++) {
      const slot = this.#slot(place);
      if (this.#hashes[slot] === hash && same(this.#entry(slot), bytes)) return place;
    }
    return -1;
  }

  push(text: string): void {
    const bytes = encoder.encode(text);
    const { name, entryBytes } = this.#pool;
    if (bytes.length > entryBytes) {
      throw new RangeError(
        `the pool "${name}" takes entries of at most ${entryBytes} bytes, found one of ${bytes.length}. Give it a greater entryBytes.`,
      );
    }
    const slot = this.#slot(this.size);
    this.#bytes.set(bytes, slot * entryBytes);
    this.#lengths[slot] = bytes.length;
    this.#hashes[slot] = hashOf(bytes);
    this.#header[sizeCell] = this.size + 1;
  }

  removeAt(place: number): void {
    const { size } = this;
    const slot = this.#slot(place);
    this.#order.copyWithin(place, place + 1, size);
    this.#order[size - 1] = slot;
    this.#header[sizeCell] = size - 1;
  }

  clear(): void {
    this.#header[sizeCell] = 0;
  }

  #slot(place: number): number {
    return this.#order[place] ?? 0;
  }

  /** A copy: what is shared cannot be decoded. */
  #entry(slot: number): Uint8Array {
    const start = slot * this.#pool.entryBytes;
    return this.#bytes.slice(start, start + (this.#lengths[slot] ?? 0));
  }
}

/** FNV-1a, 32 bits. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
