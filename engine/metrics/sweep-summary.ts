import type { Pause } from '../model/live-load.ts';
import type { Axis, AxisValue, Cell } from '../model/axis.ts';
import type { SweepRatio, SweepResult, SweepRow } from '../model/run-result.ts';
import type { CompiledSweep, SweepStep } from '../model/sweep.ts';
import { unpausedMs } from './load-spans.ts';
import type { Tally } from './tally.ts';
import type { Totals } from './totals.ts';

/** What the matrices of a plan came to: a row for each step in each cell that was measured, and how cells compare. */
export function summariseSweeps(
  sweeps: readonly CompiledSweep[],
  totals: Totals,
  pauses: readonly Pause[] = [],
): SweepResult[] {
  return sweeps.flatMap(({ name, axes, cells }) => {
    const rows = cells.flatMap(({ cell, steps }) =>
      steps.flatMap((step) => rowOf(step, cell, { totals, pauses })),
    );
    if (rows.length === 0) return [];
    return [{ name, axes, rows, ratios: axes.flatMap((axis) => ratiosAlong(axis, rows)) }];
  });
}

function rowOf(
  { step, label, kind }: SweepStep,
  cell: Cell,
  { totals, pauses }: { readonly totals: Totals; readonly pauses: readonly Pause[] },
): SweepRow[] {
  const tally = totals.sum(
    (key) =>
      key.label === label &&
      key.kind === kind &&
      Object.entries(cell).every(([axis, value]) => key.tags[axis] === value),
  );
  return tally.count === 0 ? [] : [{ step, label, kind, cell, ...numbers(tally, pauses) }];
}

function numbers(tally: Tally, pauses: readonly Pause[]): Omit<SweepRow, 'step' | 'label' | 'kind' | 'cell'> {
  const elapsed = tally.trend('elapsed');
  const spanMs = unpausedMs(tally, pauses);
  return {
    count: tally.count,
    errors: tally.errors,
    averageMs: elapsed.sumMs / elapsed.count,
    medianMs: elapsed.percentile(50),
    p95Ms: elapsed.percentile(95),
    perSecond: spanMs > 0 ? tally.count / (spanMs / 1000) : 0,
  };
}

/**
 * How the median of a step changes along an axis, the others equal: of each size against the next smaller one; of an axis
 * without magnitudes, of each value against the first.
 */
function ratiosAlong({ name: axis, values }: Axis, rows: readonly SweepRow[]): SweepRatio[] {
  const isSized = values.every(({ magnitude }) => magnitude !== null);
  const order = isSized ? values.toSorted((a, b) => (a.magnitude ?? 0) - (b.magnitude ?? 0)) : values;
  return rows.flatMap((row): SweepRatio[] => {
    const index = order.findIndex(({ name }) => name === row.cell[axis]);
    const [value, to] = [order[index], order[isSized ? index - 1 : 0]];
    const other =
      value && to && value !== to ? rows.find((one) => isBeside(one, row, axis, to.name)) : undefined;
    if (!value || !to || !other || other.medianMs === 0) return [];
    const medianRatio = row.medianMs / other.medianMs;
    return [
      { step: row.step, axis, cell: row.cell, to: to.name, medianRatio, ...perUnit(medianRatio, value, to) },
    ];
  });
}

/** Only where both have a size. */
function perUnit(ratio: number, of: AxisValue, to: AxisValue): Partial<SweepRatio> {
  if (of.magnitude === null || to.magnitude === null) return {};
  const sizeRatio = of.magnitude / to.magnitude;
  return { sizeRatio, perUnitRatio: ratio / sizeRatio };
}

/** Whether a row is the same as another but for its value of an axis. */
function isBeside(one: SweepRow, row: SweepRow, axis: string, value: string): boolean {
  return (
    one.step === row.step &&
    one.kind === row.kind &&
    Object.entries(row.cell).every(([key, own]) => one.cell[key] === (key === axis ? value : own))
  );
}
