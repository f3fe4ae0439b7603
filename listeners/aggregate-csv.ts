import type { RunResult, SummaryRow } from '../engine/model/run-result.ts';
import { summedMetrics, type Summed } from './sums.ts';

const header =
  'Label,# Samples,Average,Median,90% Line,95% Line,99% Line,Min,Max,Error %,Throughput,Received KB/sec,Sent KB/sec';

/**
 * The table of JMeter's Aggregate Report as "Save Table Data" writes it: columns, formats (`AggregateReport.java`,
 * `#0.000%`, `#.00000`, `#.00`), the row TOTAL. Times are whole milliseconds.
 *
 * Transactions have rows and are not counted in TOTAL; the rates of a row divide by its own time, as there. Metrics whose
 * sums are kept by label, such as `bigquery_bytes_billed`, have a column each behind those of JMeter; it is empty where
 * the sum lacks values that nobody knows.
 */
export function aggregateCsv({
  labels,
  total,
  metrics = [],
}: Pick<RunResult, 'labels' | 'total' | 'metrics'>): string {
  const summed = summedMetrics(metrics);
  const rows = [
    ...labels.map((row) => line(row) + sums(summed, row.kind === 'sample' ? row.label : undefined)),
    line({ ...total, label: 'TOTAL' }) + sums(summed, null),
  ];
  const heads = summed.map(({ metric }) => `,${field(metric)}`).join('');
  return [header + heads, ...rows].map((text) => `${text}\n`).join('');
}

function sums(summed: readonly Summed[], label: string | null | undefined): string {
  return summed
    .map(({ rows }) => {
      const sum = label === undefined ? undefined : rows.get(label);
      return sum === undefined || sum.unknown > 0 ? ',' : `,${Number(sum.sum.toPrecision(15))}`;
    })
    .join('');
}

function line(row: SummaryRow): string {
  const rates = row.own ?? row;
  const times = [row.averageMs, row.medianMs, row.p90Ms, row.p95Ms, row.p99Ms, row.minMs, row.maxMs];
  return [
    field(row.label),
    row.count,
    ...times.map(Math.round),
    `${(row.errorRatio * 100).toFixed(3)}%`,
    decimals(rates.perSecond, 5),
    decimals(rates.receivedKbPerSecond, 2),
    decimals(rates.sentKbPerSecond, 2),
  ].join(',');
}

/** Java's `#.00`: no zero before the point. */
function decimals(value: number, digits: number): string {
  return value.toFixed(digits).replace(/^0\./, '.');
}

function field(text: string): string {
  return /[,"\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
