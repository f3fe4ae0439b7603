import { streamKey, unitAt } from './draw.ts';

/**
 * Which rows of a table are bad.
 *
 * Exactly the share, wherever one looks: with 10 % there is one bad row in each ten, at a place drawn from the seed. So
 * whether a row is bad is known from its index, and how many are is known without counting.
 */
export interface BadPlaces {
  /** The number of the bad row that stands there, from 0; −1 for a good one. */
  readonly at: (index: number) => number;
  /** Bad rows among the first `count`. */
  readonly among: (count: number) => number;
}

/** Error of a division that would otherwise push a place into the next row. */
const rounding = 1e-6;
const stream = 0xbad;

export function badPlaces(share: number, seed: number): BadPlaces {
  if (share <= 0) return { at: () => -1, among: () => 0 };
  const key = streamKey(seed, stream);
  // Block n is the rows from first(n) to before first(n + 1); one of them is bad.
  const first = (block: number) => Math.ceil(block / share - rounding);
  const place = (block: number) => {
    const start = first(block);
    return start + Math.floor(unitAt(key, block) * (first(block + 1) - start));
  };
  const blockOf = (index: number) => {
    const guess = Math.floor(index * share);
    return first(guess + 1) <= index ? guess + 1 : first(guess) > index ? guess - 1 : guess;
  };
  return {
    at(index) {
      const block = blockOf(index);
      return place(block) === index ? block : -1;
    },
    among(count) {
      if (count <= 0) return 0;
      const block = blockOf(count - 1);
      return block + (place(block) < count ? 1 : 0);
    },
  };
}
