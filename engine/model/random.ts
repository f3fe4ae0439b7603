/**
 * The next state of somebody's chance (a step of Weyl's sequence), and the number in [0, 1) that a state gives.
 *
 * mulberry32 by Tommy Ettinger (public domain): 32 bits of state a user, so that ten thousand users cost nothing, and
 * repeatable from the run's seed.
 */
export function nextState(state: number): number {
  return (state + 0x6d2b79f5) | 0;
}

export function numberOf(state: number): number {
  return bitsOf(state) / 4_294_967_296;
}

/** The 32 bits of a state, as a whole number of at least 0. */
export function bitsOf(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return (mixed ^ (mixed >>> 14)) >>> 0;
}

/** The state a user starts with: different for every user of a run, the same in every run with this seed. */
export function firstState(seed: number, group: number, user: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(group + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x27d4eb2f) + Math.imul(user + 1, 0x165667b1);
  return (mixed ^ (mixed >>> 16)) | 0;
}
