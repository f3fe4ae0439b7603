import type { CeilingTable, PlanThreshold } from '../model/plan.ts';
import type { MetricCarrier, SeriesCarrier, Threshold } from '../model/threshold.ts';

/** A threshold, and what it was written as. */
export interface WrittenThreshold {
  readonly written: PlanThreshold;
  readonly threshold: Threshold;
}

/** What is measured under all keys of a table of limits and has no limit in it, as sentences. */
export function withoutLimit(
  all: readonly WrittenThreshold[],
  carriers: readonly SeriesCarrier[],
  metricCarriers: readonly MetricCarrier[],
): string[] {
  const tables = new Map<CeilingTable, Threshold[]>();
  for (const { written, threshold } of all) {
    if (written.table) tables.set(written.table, [...(tables.get(written.table) ?? []), threshold]);
  }
  return [...tables].flatMap(([{ measure, by, at }, thresholds]) => {
    const [first] = thresholds;
    if (!first) return [];
    const base = Object.entries(first.selector).filter(([key]) => !by.includes(key));
    const fits = (tags: SeriesCarrier['tags'], label: string | null) =>
      base.every(([key, value]) =>
        key === 'name' ? label === null || label === value : tags[key] === value,
      );
    const places = first.metric
      ? metricCarriers.filter(({ metric, aside }) => metric === first.metric?.name && !aside)
      : carriers.filter(
          ({ kind, partOf, aside }) => kind !== 'transaction' && partOf === undefined && !aside,
        );
    const measured = places.flatMap((place) => {
      if (!fits(place.tags, 'label' in place ? place.label : null)) return [];
      const values = by.map((key) => place.tags[key]);
      return values.every((value) => value !== undefined) ? [cellText(by, values)] : [];
    });
    const limited = new Set(
      thresholds.map(({ selector }) =>
        cellText(
          by,
          by.map((key) => selector[key] ?? ''),
        ),
      ),
    );
    const missing = [...new Set(measured)].filter((cell) => !limited.has(cell));
    if (missing.length === 0) return [];
    return [`${at.file}:${at.line}:${at.column}: ${measure} has no limit for ${missing.join('; ')}`];
  });
}

function cellText(by: readonly string[], values: readonly string[]): string {
  return by.map((key, index) => `${key}=${values[index] ?? ''}`).join(', ');
}
