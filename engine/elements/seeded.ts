/**
 * Draw number `index` of the sequence that a seed gives, in [0, 1). Every worker computes the same ones, in any
 * order, without asking the others.
 *
 * Mixes with the finaliser of MurmurHash3 (Austin Appleby, public domain).
 */
export function seededDraw(seed: number, index: number): number {
  const high = Math.floor(seed / 2 ** 32) ^ Math.floor(index / 2 ** 32);
  const mixed = mix(mix(mix(seed | 0) ^ high) + Math.imul(index | 0, 0x9e3779b9));
  return mixed / 2 ** 32;
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
