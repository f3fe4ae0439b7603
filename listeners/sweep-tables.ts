import type { Axis } from '../engine/model/axis.ts';
import type { RunResult, SweepResult, SweepRow } from '../engine/model/run-result.ts';
import { alignRows, labelWidth, shortMs } from './table.ts';
import { visibleText } from './visible-text.ts';

const rowsShown = 100;

/** The matrices of a run, a table each: steps and the other axes down, sizes across. Without any, no line. */
export function sweepTables({ sweeps = [] }: Pick<RunResult, 'sweeps'>, columns: number): string[] {
  return sweeps.flatMap((sweep) => ['', ...table(sweep, columns)]).slice(1);
}

function table({ name, axes, rows }: SweepResult, columns: number): string[] {
  const across = axisAcross(axes);
  if (!across) return [];
  const lines = new Map<string, { readonly head: string; readonly cells: Map<string, SweepRow> }>();
  for (const row of rows) {
    const others = otherValues(row, across);
    const key = JSON.stringify([row.step, others]);
    const line = lines.get(key) ?? { head: headOf(row, others), cells: new Map<string, SweepRow>() };
    line.cells.set(row.cell[across.name] ?? '', row);
    lines.set(key, line);
  }
  const values = across.values.map((value) => value.name);
  const shown = [...lines.values()]
    .slice(0, rowsShown)
    .map(({ head, cells }) => [head, ...values.map((value) => cellText(cells.get(value)))]);
  const all = [[`${visibleText(name)}: med/p95 in ms`, ...values.map(visibleText)], ...shown];
  const hidden = lines.size - shown.length;
  return [...alignRows(all, labelWidth(all, columns)), ...(hidden > 0 ? [`and ${hidden} more rows`] : [])];
}

/** The axis with magnitudes, or the last one. */
function axisAcross(axes: readonly Axis[]): Axis | undefined {
  return axes.find(({ values }) => values.every(({ magnitude }) => magnitude !== null)) ?? axes.at(-1);
}

/** The cell without the axis that goes across. */
function otherValues({ cell }: SweepRow, across: Axis): string[] {
  return Object.entries(cell).flatMap(([axis, value]) => (axis === across.name ? [] : [value]));
}

/** The step, and the cell. A name that is made of axes alone says no more than the cell. */
function headOf({ step }: SweepRow, others: readonly string[]): string {
  const own = step.replaceAll(/\$\{[^}]*\}/g, '').trim();
  return visibleText([...(own === '' && others.length > 0 ? [] : [own || step]), ...others].join(' '));
}

/** `12/15`, and how many samples failed. */
function cellText(row: SweepRow | undefined): string {
  if (!row) return '-';
  const failed = row.errors > 0 ? ` (${row.errors} of ${row.count} failed)` : '';
  return `${shortMs(row.medianMs)}/${shortMs(row.p95Ms)}${failed}`;
}
