/**
 * Chance that depends on a seed, a stream and an index alone: the cell of any row is known without those before it,
 * so that threads and machines can share a table among them.
 *
 * Mixes with the finaliser of MurmurHash3 (Austin Appleby, public domain).
 */

/** What the draws of a stream, such as a column, begin with. */
export function streamKey(seed: number, stream: number): number {
  return mix(mix(seed >>> 0) + Math.imul(stream + 1, 0x85ebca6b));
}

/** 32 bits for an index, as a whole number of at least 0: no two indices below 2³² have the same. */
export function bitsAt(key: number, index: number): number {
  return mix(key + Math.imul(index, 0x9e3779b1));
}

/** A number in [0, 1) for an index. */
export function unitAt(key: number, index: number): number {
  return bitsAt(key, index) / 4_294_967_296;
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
