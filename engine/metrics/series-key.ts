import type { MetricWindow, SeriesKey } from '../model/metrics.ts';
import type { Sample } from '../model/sample.ts';

/** What a sample is counted as; null: not at all, as parts of samples and warm-up. */
export function seriesKind({ kind, phase }: Sample): SeriesKey['kind'] | null {
  if (kind === 'sub' || phase === 'warm-up') return null;
  return phase === 'load' || kind === 'cut' ? kind : 'aside';
}

/** Text that is equal for equal keys, whatever the order of their tags. */
export function seriesKeyText({ kind, label, tags }: SeriesKey): string {
  return JSON.stringify([kind, label, sorted(tags)]);
}

/** The same for custom metrics. */
export function metricKeyText({ metric, tags }: Pick<MetricWindow, 'metric' | 'tags'>): string {
  return JSON.stringify([metric, sorted(tags)]);
}

function sorted(tags: SeriesKey['tags']): [string, string][] {
  return Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
}
