import type { SeriesKey } from '../model/metrics.ts';
import type { Selector } from '../model/threshold.ts';

/** Whether a series counts for a selector: samples of the load, and transactions where they are chosen by `name`. */
export function selects(selector: Selector, { kind, label, tags }: SeriesKey): boolean {
  if (kind !== 'sample' && (kind !== 'transaction' || selector.name === undefined)) return false;
  return Object.entries(selector).every(([key, value]) => (key === 'name' ? label : tags[key]) === value);
}
