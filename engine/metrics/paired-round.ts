import type { Cell } from '../model/axis.ts';
import type { Sample } from '../model/sample.ts';
import { seriesKind } from './series-key.ts';
import type { PairSpec, RoundNotes } from '../model/sweep.ts';
import type { Selector } from '../model/threshold.ts';
import { selects } from './selector.ts';
import { trendMs } from './trend-ms.ts';

interface Pair {
  readonly spec: PairSpec;
  /** Time of the samples of each side; null: none yet. */
  ofMs: number | null;
  toMs: number | null;
  failed: boolean;
}

/**
 * The pairs of one round of one user: for each comparison and each combination of the axes that it does not set apart,
 * the samples of one side against those of the other.
 */
export class PairedRound implements RoundNotes {
  readonly #specs: readonly PairSpec[];
  /** Gets the logarithm of the ratio; null where a side is missing, took no time, or a sample failed. */
  readonly #record: (text: string, d: number | null) => void;
  readonly #pairs = new Map<string, Pair>();
  #cell: Cell = {};

  constructor(specs: readonly PairSpec[], record: (text: string, d: number | null) => void) {
    this.#specs = specs;
    this.#record = record;
  }

  enter(cell: Cell): void {
    this.#cell = cell;
  }

  note(sample: Sample): void {
    const kind = seriesKind(sample);
    if (kind !== 'sample' && kind !== 'transaction') return;
    for (const spec of this.#specs) {
      const key = { kind, label: sample.label, tags: sample.tags };
      const isOf = selects(spec.of, key);
      if (!isOf && !selects(spec.to, key)) continue;
      const pair = this.#pairOf(spec);
      const ms = trendMs(spec.trend, sample);
      if (isOf) pair.ofMs = (pair.ofMs ?? 0) + ms;
      else pair.toMs = (pair.toMs ?? 0) + ms;
      if (!sample.ok) pair.failed = true;
    }
  }

  end(): void {
    for (const { spec, ofMs, toMs, failed } of this.#pairs.values()) {
      const isWhole = ofMs !== null && toMs !== null && ofMs > 0 && toMs > 0 && !failed;
      this.#record(spec.text, isWhole ? Math.log(ofMs / toMs) : null);
    }
    this.#pairs.clear();
  }

  #pairOf(spec: PairSpec): Pair {
    const apart = setApart(spec.of, spec.to);
    const rest = Object.entries(this.#cell).filter(([axis]) => !apart.has(axis));
    const key = JSON.stringify([spec.text, rest]);
    const known = this.#pairs.get(key) ?? { spec, ofMs: null, toMs: null, failed: false };
    this.#pairs.set(key, known);
    return known;
  }
}

/** The keys by which two selectors differ. */
export function setApart(a: Selector, b: Selector): ReadonlySet<string> {
  return new Set([...Object.keys(a), ...Object.keys(b)].filter((key) => a[key] !== b[key]));
}
