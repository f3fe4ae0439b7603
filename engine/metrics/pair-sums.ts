import type { PairWindow } from '../model/sweep.ts';

/** What the pairs of one comparison add up to. */
export type PairSum = Omit<PairWindow, 'text'>;

const nothing: PairSum = { count: 0, sum: 0, sumOfSquares: 0, leftOut: 0 };

/** The pairs of all comparisons. Adding windows equals having recorded their pairs here. */
export class PairSums {
  readonly #sums = new Map<string, PairSum>();

  /** The logarithm of a pair's ratio; null: the pair is left out. */
  record(text: string, d: number | null): void {
    this.#add(
      text,
      d === null ? { ...nothing, leftOut: 1 } : { count: 1, sum: d, sumOfSquares: d * d, leftOut: 0 },
    );
  }

  add(windows: readonly PairWindow[]): void {
    for (const window of windows) this.#add(window.text, window);
  }

  of(text: string): PairSum {
    return this.#sums.get(text) ?? nothing;
  }

  /** What was recorded since the last call. */
  take(): PairWindow[] {
    const windows = [...this.#sums].map(([text, sum]) => ({ text, ...sum }));
    this.#sums.clear();
    return windows;
  }

  #add(text: string, more: PairSum): void {
    const before = this.of(text);
    this.#sums.set(text, {
      count: before.count + more.count,
      sum: before.sum + more.sum,
      sumOfSquares: before.sumOfSquares + more.sumOfSquares,
      leftOut: before.leftOut + more.leftOut,
    });
  }
}
