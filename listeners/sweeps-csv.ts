import type { SweepResult } from '../engine/model/run-result.ts';

/**
 * The cells of all matrices as CSV, a row for each step in each cell: matrix, step, a column for every axis and for its
 * magnitudes, count, errors, times in ms, samples per second.
 */
export function sweepsCsv(sweeps: readonly SweepResult[]): string {
  const axes = [...new Set(sweeps.flatMap((sweep) => sweep.axes.map(({ name }) => name)))];
  const sized = axes.filter((axis) =>
    sweeps.some((sweep) => [...magnitudes(sweep, axis).values()].some((size) => size !== '')),
  );
  const head = ['matrix', 'step', ...axes, ...sized.map((axis) => `${axis}.magnitude`), ...numbers];
  const rows = sweeps.flatMap((sweep) =>
    sweep.rows.map((row) => [
      sweep.name,
      row.step,
      ...axes.map((axis) => row.cell[axis] ?? ''),
      ...sized.map((axis) => magnitudes(sweep, axis).get(row.cell[axis] ?? '') ?? ''),
      ...numbers.map((key) => String(Number(row[key].toFixed(3)))),
    ]),
  );
  return [head, ...rows].map((cells) => `${cells.map(field).join(',')}\n`).join('');
}

const numbers = ['count', 'errors', 'averageMs', 'medianMs', 'p95Ms', 'perSecond'] as const;

function magnitudes({ axes }: SweepResult, axis: string): ReadonlyMap<string, string> {
  const values = axes.find(({ name }) => name === axis)?.values ?? [];
  return new Map(values.map(({ name, magnitude }) => [name, magnitude === null ? '' : String(magnitude)]));
}

function field(text: string): string {
  return /[,"\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
