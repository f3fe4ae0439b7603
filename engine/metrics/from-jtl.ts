import { checksMetric } from '../model/metric.ts';
import type { Selector, Threshold, TrendName } from '../model/threshold.ts';

/** Columns of a JTL that hold times; what is not here is not in a JTL at all. */
const columnOf: Readonly<Record<string, string>> = {
  elapsed: 'elapsed',
  latency: 'Latency',
  connect: 'Connect',
};

/** Why a threshold cannot be judged by the rows of a JTL with such columns; null: it can. */
export function notInJtl(threshold: Threshold, columns: readonly string[]): string | null {
  const { metric, trend, selector, relation } = threshold;
  if (metric?.name === checksMetric.name) return 'checks are not in a JTL';
  if (metric) return `values of ${metric.name} are not in a JTL`;
  const tags = [...tagsOf(selector), ...(relation && 'to' in relation ? tagsOf(relation.to) : [])];
  if (tags.length > 0) return `tags (${[...new Set(tags)].join(', ')}) are not in a JTL`;
  if (relation?.kind === 'paired' || relation?.kind === 'scalability')
    return 'cells of a matrix are not in a JTL';
  return trend === null ? null : noColumn(trend, columns);
}

function noColumn(trend: TrendName, columns: readonly string[]): string | null {
  const column = columnOf[trend];
  if (column === undefined) return 'when a sample was due is not in a JTL';
  return columns.includes(column) ? null : `this JTL has no column ${column}`;
}

function tagsOf(selector: Selector): string[] {
  return Object.keys(selector).filter((key) => key !== 'name');
}
