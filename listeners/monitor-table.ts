import type { MetricRow, MonitorResult, RunResult } from '../engine/model/run-result.ts';
import { fullNumber, shortNumber } from './metric-tables.ts';
import { metricValueText } from './metric-value.ts';
import { alignRows, labelWidth } from './table.ts';
import { cutEnd, visibleText } from './visible-text.ts';

const monitorsShown = 30;
const reasonsShown = 3;
const heads = ['values', 'avg', 'min', 'med', 'p95', 'max'];

/** What was read beside the load, monitor by monitor, and how often it could not be read; without any, no line. */
export function monitorTable({ monitors = [], metrics = [] }: RunResult, columns: number): string[] {
  if (monitors.length === 0) return [];
  const shown = monitors.slice(0, monitorsShown);
  const rows = shown.map((monitor) => ownRows(monitor, metrics));
  const all = [['monitors', ...heads], ...rows.flat()];
  const [head = '', ...lines] = alignRows(all, labelWidth(all, columns));
  const hidden = monitors.length - shown.length;
  return [
    head,
    ...shown.flatMap((monitor, i) => [
      ...lines.splice(0, rows[i]?.length ?? 0).map((line) => line.trimEnd()),
      ...missedLines(monitor, columns),
    ]),
    ...(hidden > 0 ? [`and ${String(hidden)} more monitors`] : []),
  ];
}

/** A line with its name, then one for each metric that has values. */
function ownRows({ monitor, series }: MonitorResult, metrics: readonly MetricRow[]): string[][] {
  const rows = series.flatMap(
    ({ metric }) => metrics.find((row) => row.metric === metric && row.tag === `monitor=${monitor}`) ?? [],
  );
  return [[visibleText(monitor)], ...rows.map(cells)];
}

function cells(row: MetricRow): string[] {
  const text = (value: number) =>
    metricValueText(value, row.unit, row.type === 'gauge' ? fullNumber : shortNumber);
  const unit = ['', 'bytes', 'bytes/s', 'ratio'].includes(row.unit) ? '' : ` (${row.unit})`;
  const head = [`  ${visibleText(row.metric + unit)}`, String(row.count)];
  if (row.type === 'gauge') return [...head, '', text(row.min), '', '', text(row.max)];
  if (row.type !== 'trend') return head;
  return [...head, ...[row.average, row.min, row.median, row.p95, row.max].map(text)];
}

function missedLines({ readings, missed, reasons }: MonitorResult, columns: number): string[] {
  if (missed === 0) return [];
  return [
    `  ${String(missed)} of ${String(readings)} readings gave nothing`,
    ...reasons
      .slice(0, reasonsShown)
      .map(
        ({ failure, count }) =>
          `${String(count).padStart(7)}  ${cutEnd(visibleText(failure), 2 * columns - 9)}`,
      ),
  ];
}
