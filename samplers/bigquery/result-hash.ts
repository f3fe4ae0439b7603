import { createHash } from 'node:crypto';
import type { Json } from '../../engine/model/json.ts';

/**
 * A hash of rows that does not depend on their order, nor on the names of the columns.
 *
 * Each row is hashed by itself and the hashes are added, modulo 2⁶⁴: unlike with XOR, two equal rows do not cancel each other out. Floats count
 * with 12 digits, since sums of them depend on the order of adding.
 */
export class ResultHash {
  #sum = 0n;
  #rows = 0;

  add(values: readonly Json[]): void {
    const text = JSON.stringify(values, (_, value: unknown) =>
      typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(12)) : value,
    );
    this.#sum = BigInt.asUintN(64, this.#sum + createHash('sha256').update(text).digest().readBigUInt64BE());
    this.#rows += 1;
  }

  /** The number of rows, and 16 hexadecimal digits: `12-00f3…`. */
  get text(): string {
    return `${this.#rows}-${this.#sum.toString(16).padStart(16, '0')}`;
  }
}
