import type { SeriesKey } from '../model/metrics.ts';
import type { Selector } from '../model/threshold.ts';

/** Whether a series counts for a selector. Transactions count only when chosen by `name`. */
export function selects(selector: Selector, { kind, label, tags }: SeriesKey): boolean {
  if (kind === 'transaction' && selector.name === undefined) return false;
  return Object.entries(selector).every(([key, value]) => (key === 'name' ? label : tags[key]) === value);
}
