import type { Axis, Cell } from './axis.ts';
import type { Sample } from './sample.ts';
import type { Selector, TrendName } from './threshold.ts';

export type RoundOrder = 'rounds' | 'cells' | 'random';

/** A matrix of the plan: where the series of its cells are found. */
export interface CompiledSweep {
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly cells: readonly SweepCell[];
}

export interface SweepCell {
  readonly cell: Cell;
  /** Steps whose label is known before the run. */
  readonly steps: readonly SweepStep[];
}

export interface SweepStep {
  /** Its name without the cell, the same in all cells where it is the same step. */
  readonly step: string;
  readonly label: string;
  readonly kind: 'sample' | 'transaction';
}

/** What is compared in each round: the samples of one side with those of the other. */
export interface PairSpec {
  /** The threshold that asks. */
  readonly text: string;
  readonly trend: TrendName;
  readonly of: Selector;
  readonly to: Selector;
}

/** The pairs of one comparison in one window; they add up. `d` is the logarithm of a pair's ratio. */
export interface PairWindow {
  readonly text: string;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** Pairs that were left out, because a sample failed, took no time or is missing. */
  readonly leftOut: number;
}

/** Takes note of the samples of one round of one user. */
export interface RoundNotes {
  /** What follows is measured in this cell. */
  enter(cell: Cell): void;
  note(sample: Sample): void;
  /** The round is over; the pairs it gave are recorded. */
  end(): void;
}
