import type { MetricType } from '../model/metric.ts';
import type { MetricWindow } from '../model/metrics.ts';
import { MetricTally } from './metric-tally.ts';
import { metricKeyText } from './series-key.ts';

/** What is counted together. */
export type MetricKey = Pick<MetricWindow, 'metric' | 'tags'>;

/** Everything recorded into custom metrics in a run, by metric and tags. */
export class MetricTotals {
  readonly #series = new Map<string, { readonly key: MetricKey; readonly tally: MetricTally }>();

  add(windows: readonly MetricWindow[]): void {
    for (const window of windows) {
      const text = metricKeyText(window);
      let entry = this.#series.get(text);
      if (!entry) {
        const { metric, tags } = window;
        entry = { key: { metric, tags }, tally: new MetricTally(typeOf(window)) };
        this.#series.set(text, entry);
      }
      entry.tally.add(window);
    }
  }

  /** The sum of the series that pass. */
  sum(type: MetricType, matches: (key: MetricKey) => boolean): MetricTally {
    const sum = new MetricTally(type);
    for (const { key, tally } of this.#series.values()) if (matches(key)) sum.add(tally.toWindow(key));
    return sum;
  }

  /** In the order in which they were first seen. */
  keys(): MetricKey[] {
    return [...this.#series.values()].map(({ key }) => key);
  }

  /** One window a series. */
  windows(): MetricWindow[] {
    return [...this.#series.values()].map(({ key, tally }) => tally.toWindow(key));
  }
}

/** The windows of several workers as one list. */
export function mergeMetrics(windows: readonly MetricWindow[]): MetricWindow[] {
  const totals = new MetricTotals();
  totals.add(windows);
  return totals.windows();
}

/** Only trends have more to add up than what every window has. */
function typeOf({ distribution }: MetricWindow): MetricType {
  return distribution ? 'trend' : 'gauge';
}
