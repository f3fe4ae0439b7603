/** The rows of a source, of which only a part may be known yet. */
export interface Rows<T> {
  /** How many have been found so far. */
  readonly known: number;
  /** Whether these are all. */
  readonly complete: boolean;
  /** Looks for more, for a millisecond or so. */
  readAhead(): void;
  /** A known row, counted from 0. */
  at(index: number): T;
}

/** Rows that are all in memory. */
export function listRows<T>(list: readonly T[]): Rows<T | undefined> {
  return { known: list.length, complete: true, readAhead: () => undefined, at: (index) => list[index] };
}
