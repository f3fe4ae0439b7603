import { maxSeries, otherLabels } from '../model/limits.ts';
import type { SeriesKey, SeriesWindow } from '../model/metrics.ts';
import type { Sample } from '../model/sample.ts';
import type { TrendName } from '../model/threshold.ts';
import { seriesKeyText, seriesKind } from './series-key.ts';
import { Series } from './series.ts';

type Tags = SeriesKey['tags'];

/**
 * Counts samples by label, tags and kind; one per worker.
 *
 * All samples of a step share one tags object, so that `record` finds its series by two look-ups and
 * builds no text. Parts of samples and warm-up are not counted. After 2,000 series new labels share `(other labels)`.
 */
export class Collector {
  readonly #trends: readonly TrendName[];
  readonly #byText = new Map<string, Series>();
  readonly #byLabel: Readonly<Record<SeriesKey['kind'], Map<string, WeakMap<Tags, Series>>>> = {
    sample: new Map(),
    transaction: new Map(),
    aside: new Map(),
    cut: new Map(),
  };
  #overflow: 'no' | 'unsaid' | 'said' = 'no';

  /** `elapsed` is recorded always; `trends` are those wanted besides. */
  constructor(trends: readonly TrendName[]) {
    this.#trends = [...new Set<TrendName>(['elapsed', ...trends])];
  }

  /** `group` is the thread group whose user took it. */
  record(sample: Sample, group: string): void {
    const kind = seriesKind(sample);
    if (kind === null) return;
    const known = this.#byLabel[kind].get(sample.label)?.get(sample.tags);
    (known ?? this.#find(kind, sample.label, sample.tags)).record(sample, group);
  }

  /** What was recorded since the last call, series with nothing left out. */
  window(): SeriesWindow[] {
    const windows: SeriesWindow[] = [];
    for (const series of this.#byText.values()) {
      const window = series.take();
      if (window) windows.push(window);
    }
    return windows;
  }

  /** True once, after the limit of series was reached: then somebody should be told. */
  takeOverflow(): boolean {
    const unsaid = this.#overflow === 'unsaid';
    if (unsaid) this.#overflow = 'said';
    return unsaid;
  }

  #find(kind: SeriesKey['kind'], label: string, tags: Tags): Series {
    const labels = this.#byLabel[kind];
    let byTags = labels.get(label);
    if (!byTags) {
      if (this.#isFull(label)) return this.#overflowed(kind, tags);
      byTags = new WeakMap();
      labels.set(label, byTags);
    }
    const text = seriesKeyText({ kind, label, tags });
    let series = this.#byText.get(text);
    if (!series) {
      if (this.#isFull(label)) return this.#overflowed(kind, tags);
      series = new Series({ kind, label, tags }, this.#trends);
      this.#byText.set(text, series);
    }
    byTags.set(tags, series);
    return series;
  }

  #isFull(label: string): boolean {
    return this.#byText.size >= maxSeries && label !== otherLabels;
  }

  #overflowed(kind: SeriesKey['kind'], tags: Tags): Series {
    if (this.#overflow === 'no') this.#overflow = 'unsaid';
    return this.#byLabel[kind].get(otherLabels)?.get(tags) ?? this.#find(kind, otherLabels, tags);
  }
}
