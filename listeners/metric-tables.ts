import type { CheckRow, MetricRow, RunResult } from '../engine/model/run-result.ts';
import { metricValueText, showsUnit } from './metric-value.ts';
import { alignRows, labelWidth } from './table.ts';
import { cutEnd, textWidth, visibleText } from './visible-text.ts';

const rowsShown = 100;
const reasonsShown = 3;
/** Names of metrics are told apart by their ends: rather is a line longer than a narrow screen. */
const leastName = 40;

/**
 * The custom metrics of a run, a table for each type; without any, no line. Rows by tag only where a threshold asks. Those
 * of monitors have a table of their own.
 */
export function metricTables(result: RunResult, columns: number): string[] {
  const { metrics = [], monitors = [], thresholds } = result;
  const texts = thresholds.map(({ text }) => bare(text));
  const monitored = new Set(monitors.flatMap(({ series }) => series.map(({ metric }) => metric)));
  const asked = metrics.filter(
    ({ metric, tag }) =>
      !monitored.has(metric) &&
      (tag === null || texts.some((text) => text.includes(metric) && text.includes(bare(tag)))),
  );
  return [
    ...table('counters', ['total', '/s'], ofType(asked, 'counter').map(counterCells), columns),
    ...table('gauges', ['last', 'min', 'max'], ofType(asked, 'gauge').map(gaugeCells), columns),
    ...table('rates', ['values', 'true'], ofType(asked, 'rate').map(rateCells), columns),
    ...table(
      'trends',
      ['values', 'avg', 'min', 'med', 'p90', 'p95', 'p99', 'max'],
      ofType(asked, 'trend').map(trendCells),
      columns,
    ),
  ].slice(1);
}

/** The checks of a run, and the most frequent reasons why they failed; without any, no line. */
export function checkTable({ checks = [] }: RunResult, columns: number): string[] {
  const shown = checks.slice(0, rowsShown);
  const [, head = '', ...lines] = table(
    'checks',
    ['passed', 'failed', 'ratio'],
    shown.map(checkCells),
    columns,
  );
  if (shown.length === 0) return [];
  const hidden = checks.length - shown.length;
  return [
    head,
    ...lines.flatMap((line, i) => [line, ...reasonLines(shown[i], columns)]),
    ...(hidden > 0 ? [`and ${hidden} more checks`] : []),
  ];
}

function ofType<T extends MetricRow['type']>(
  rows: readonly MetricRow[],
  type: T,
): Extract<MetricRow, { readonly type: T }>[] {
  return rows
    .filter((row): row is Extract<MetricRow, { readonly type: T }> => row.type === type)
    .slice(0, rowsShown);
}

/** An empty line and the table; nothing without rows. */
function table(
  title: string,
  heads: readonly string[],
  rows: readonly string[][],
  columns: number,
): string[] {
  if (rows.length === 0) return [];
  const all = [[title, ...heads], ...rows];
  const longest = Math.max(...all.map(([name = '']) => textWidth(name)));
  return ['', ...alignRows(all, Math.max(labelWidth(all, columns), Math.min(longest, leastName)))];
}

/** The metric, with its unit where the values do not show it; indented beneath it, the tags that a threshold asks for. */
function nameOf({ metric, unit, tag }: MetricRow): string {
  if (tag !== null) return `  ${visibleText(tag)}`;
  return visibleText(metric + (unit === '' || showsUnit(unit) ? '' : ` (${unit})`));
}

function counterCells(row: Extract<MetricRow, { readonly type: 'counter' }>): string[] {
  const total = metricValueText(row.total, row.unit, fullNumber);
  return [nameOf(row), total, metricValueText(row.perSecond, row.unit, shortNumber)];
}

function gaugeCells(row: Extract<MetricRow, { readonly type: 'gauge' }>): string[] {
  return [
    nameOf(row),
    ...[row.last, row.min, row.max].map((value) => metricValueText(value, row.unit, fullNumber)),
  ];
}

function rateCells(row: Extract<MetricRow, { readonly type: 'rate' }>): string[] {
  return [nameOf(row), String(row.count), percent(row.ratio)];
}

function trendCells(row: Extract<MetricRow, { readonly type: 'trend' }>): string[] {
  const values = [row.average, row.min, row.median, row.p90, row.p95, row.p99, row.max];
  return [
    nameOf(row),
    String(row.count),
    ...values.map((value) => metricValueText(value, row.unit, shortNumber)),
  ];
}

function checkCells({ check, passes, failures, ratio }: CheckRow): string[] {
  return [visibleText(check), String(passes), String(failures), percent(ratio)];
}

function reasonLines(row: CheckRow | undefined, columns: number): string[] {
  const reasons = row?.reasons ?? [];
  return reasons
    .slice(0, reasonsShown)
    .map(
      ({ failure, count }) =>
        `${String(count).padStart(7)}  ${cutEnd(visibleText(failure), 2 * columns - 9)}`,
    );
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(2)}%`;
}

function bare(text: string): string {
  return text.replace(/["'\s]/g, '');
}

/** Three figures, roughly: `0.25`, `2.4`, `131`, `5200000`. */
export function shortNumber(value: number): string {
  if (Math.abs(value) >= 10 || value === 0) return String(Math.round(value));
  return Math.abs(value) < 1 ? twoFigures.format(value) : value.toFixed(1);
}

/** Whole numbers in full: `5200`, `0.25`, `13.4`. */
export function fullNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : sixFigures.format(value);
}

/** Without exponents: what a query costs may be 0.0000625. */
const twoFigures = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2, useGrouping: false });
const sixFigures = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6, useGrouping: false });
