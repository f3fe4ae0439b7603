import type { RunResult, SummaryRow } from '../engine/model/run-result.ts';

const header =
  'Label,# Samples,Average,Median,90% Line,95% Line,99% Line,Min,Max,Error %,Throughput,Received KB/sec,Sent KB/sec';

/**
 * The table of JMeter's Aggregate Report as "Save Table Data" writes it: columns, formats (`AggregateReport.java`,
 * `#0.000%`, `#.00000`, `#.00`), the row TOTAL. Times are whole milliseconds.
 *
 * Transactions have rows and are not counted in TOTAL; the rates of a row divide by its own time, as there.
 */
export function aggregateCsv({ labels, total }: Pick<RunResult, 'labels' | 'total'>): string {
  const rows = [...labels, { ...total, label: 'TOTAL' }].map(line);
  return [header, ...rows].map((text) => `${text}\n`).join('');
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
