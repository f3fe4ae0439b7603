import type { SeriesKey, SeriesWindow, WorkerWindow } from '../model/metrics.ts';
import { HealthTotals } from './health.ts';
import { MetricTotals } from './metric-totals.ts';
import { PairSums } from './pair-sums.ts';
import { seriesKeyText } from './series-key.ts';
import { Tally } from './tally.ts';

/** Everything measured in a run, by series. Memory follows the number of series, not of samples. */
export class Totals {
  readonly health = new HealthTotals();
  readonly metrics = new MetricTotals();
  readonly pairs = new PairSums();
  readonly #series = new Map<string, { readonly key: SeriesKey; readonly tally: Tally }>();

  addWindow(window: WorkerWindow): void {
    this.addSeries(window.series);
    this.metrics.add(window.metrics ?? []);
    this.pairs.add(window.pairs ?? []);
    this.health.add(window);
  }

  addSeries(windows: readonly SeriesWindow[]): void {
    for (const window of windows) {
      const text = seriesKeyText(window);
      let entry = this.#series.get(text);
      if (!entry) {
        const { label, tags, kind } = window;
        entry = { key: { label, tags, kind }, tally: new Tally() };
        this.#series.set(text, entry);
      }
      entry.tally.add(window);
    }
  }

  /** The sum of the series that pass. */
  sum(matches: (key: SeriesKey) => boolean): Tally {
    const sum = new Tally();
    for (const { key, tally } of this.#series.values()) {
      if (matches(key)) sum.add(tally.toWindow(key));
    }
    return sum;
  }

  /** How many samples there are under load. */
  samples(): number {
    let sum = 0;
    for (const { key, tally } of this.#series.values()) if (key.kind === 'sample') sum += tally.count;
    return sum;
  }

  /** In the order in which they were first seen. */
  keys(): SeriesKey[] {
    return [...this.#series.values()].map(({ key }) => key);
  }
}
