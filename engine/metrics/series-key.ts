import type { SeriesKey } from '../model/metrics.ts';

/** Text that is equal for equal keys, whatever the order of their tags. */
export function seriesKeyText({ kind, label, tags }: SeriesKey): string {
  return JSON.stringify([kind, label, Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
