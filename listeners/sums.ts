import type { MetricRow } from '../engine/model/run-result.ts';

type TrendRow = Extract<MetricRow, { readonly type: 'trend' }>;

/** A metric whose sums are shown by label and in total, such as the bytes that queries are billed for. */
export interface Summed {
  readonly metric: string;
  readonly unit: string;
  /** What people call it: `billed`. */
  readonly heading: string;
  /** What to write to know values that were not asked for. */
  readonly toKnow?: string;
  /** By label; the total under null. */
  readonly rows: ReadonlyMap<string | null, Sum>;
}

export interface Sum {
  /** In the unit of the metric. */
  readonly sum: number;
  /** How many values it is made of, and how many it lacks because nobody knows them. */
  readonly count: number;
  readonly unknown: number;
}

const labelTag = 'name=';

/** The metrics of a result that have sums; none when nothing was recorded into any. */
export function summedMetrics(metrics: readonly MetricRow[]): Summed[] {
  const rows = metrics.filter((row): row is TrendRow => row.type === 'trend' && row.summed !== undefined);
  return [...new Set(rows.map(({ metric }) => metric))].map((metric) => {
    const own = rows.filter((row) => row.metric === metric);
    const sums = own.flatMap(({ tag, sum = 0, count, unknown = 0 }) => {
      if (tag !== null && !tag.startsWith(labelTag)) return [];
      return [[tag === null ? null : tag.slice(labelTag.length), { sum, count, unknown }] as const];
    });
    const { unit = '', summed: heading = metric } = own[0] ?? {};
    const toKnow = own.find((row) => row.toKnow !== undefined)?.toKnow;
    return { metric, unit, heading, rows: new Map(sums), ...(toKnow === undefined ? {} : { toKnow }) };
  });
}
