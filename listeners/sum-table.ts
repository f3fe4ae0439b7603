import type { RunResult } from '../engine/model/run-result.ts';
import { formatMs } from '../engine/model/units.ts';
import { shortNumber } from './metric-tables.ts';
import { metricAmountText } from './metric-value.ts';
import { summedMetrics, type Sum, type Summed } from './sums.ts';
import { alignRows, labelWidth } from './table.ts';
import { visibleText } from './visible-text.ts';

const rowsShown = 100;

/** What the run has cost, by label and in total; without any such metric, no line. */
export function sumTable({ metrics = [] }: RunResult, columns: number): string[] {
  const all = summedMetrics(metrics);
  const summed = all.filter(({ rows }) => (rows.get(null)?.count ?? 0) > 0);
  return [...(summed.length === 0 ? [] : tableOf(summed, columns)), ...notKnown(all)];
}

/** What nobody has asked for is not silently missing. */
function notKnown(all: readonly Summed[]): string[] {
  const lacking = all.filter(({ rows }) => (rows.get(null)?.unknown ?? 0) > 0);
  const nothing = lacking.filter(({ rows }) => rows.get(null)?.count === 0);
  const names = nothing.map(({ heading }) => heading).join(' and ');
  const hints = new Set(lacking.flatMap(({ toKnow }) => toKnow ?? []));
  return [...(names === '' ? [] : [`${names}: not known`]), ...hints];
}

function tableOf(summed: readonly Summed[], columns: number): string[] {
  const labels = [...new Set(summed.flatMap(({ rows }) => [...rows.keys()]))].filter(
    (label) => label !== null,
  );
  const lines = [
    ['sums', 'values', ...summed.map(({ heading }) => heading)],
    ...labels.slice(0, rowsShown).map((label) => cells(visibleText(label), label, summed)),
    cells('total', null, summed),
  ];
  const hidden = labels.length - rowsShown;
  const unknown = Math.max(...summed.map(({ rows }) => rows.get(null)?.unknown ?? 0));
  return [
    ...alignRows(lines, labelWidth(lines, columns)),
    ...(hidden > 0 ? [`and ${hidden} more labels`] : []),
    ...(unknown > 0
      ? [
          `≥: the least that it can be, as ${unknown === 1 ? '1 value is' : `${unknown} values are`} not known`,
        ]
      : []),
  ];
}

/** Hundredths from 1 on. */
function amountText(value: number): string {
  return value >= 1 ? String(Math.round(value * 100) / 100) : shortNumber(value);
}

function cells(title: string, label: string | null, summed: readonly Summed[]): string[] {
  const sums = summed.map(({ rows, unit }) => ({ sum: rows.get(label), unit }));
  const values = Math.max(...sums.map(({ sum }) => (sum ? sum.count + sum.unknown : 0)));
  return [title, String(values), ...sums.map(({ sum, unit }) => (sum ? sumText(sum, unit) : ''))];
}

function sumText({ sum, unknown }: Sum, unit: string): string {
  const text = unit === 'ms' ? formatMs(Math.round(sum)) : metricAmountText(sum, unit, amountText);
  return unknown > 0 ? `≥ ${text}` : text;
}
