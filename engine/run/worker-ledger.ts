import { Collector } from '../metrics/collector.ts';
import type { SeriesWindow, WorkerWindow } from '../model/metrics.ts';
import { groupOf } from '../model/sample-phase.ts';
import type { PackedSamples } from '../model/protocol.ts';
import type { TrendName } from '../model/threshold.ts';
import { unpackSamples, withoutUrls } from './packed-samples.ts';

/**
 * What one worker has sent and what of it is in the totals.
 *
 * A worker sends its samples before the window that counts them. What came after its last window is kept here: if it
 * dies, listeners have had those samples, and no window will count them.
 */
export class WorkerLedger {
  readonly #trends: readonly TrendName[];
  #tail: PackedSamples[] = [];
  #counted = 0;

  constructor(trends: readonly TrendName[]) {
    this.#trends = trends;
  }

  samples(packed: PackedSamples): void {
    this.#tail.push(withoutUrls(packed));
  }

  window({ series }: Pick<WorkerWindow, 'series'>): void {
    this.#tail = [];
    this.#counted += countOf(series);
  }

  /** The worker died, having recorded so many samples in all its lives: what its last window lacks, and how many are lost. */
  settle(recorded: number): { readonly series: readonly SeriesWindow[]; readonly lostSamples: number } {
    const collector = new Collector(this.#trends);
    for (const packed of this.#tail)
      for (const sample of unpackSamples(packed)) collector.record(sample, groupOf(sample.threadName));
    const series = collector.window();
    const lostSamples = Math.max(0, recorded - this.#counted - countOf(series));
    this.#tail = [];
    this.#counted = recorded;
    return { series, lostSamples };
  }
}

function countOf(series: readonly SeriesWindow[]): number {
  return series.reduce((sum, { kind, count }) => (kind === 'sample' ? sum + count : sum), 0);
}
