import type { Cell } from '../model/axis.ts';
import { didYouMean } from '../model/did-you-mean.ts';
import { maxCells } from '../model/limits.ts';
import type { PlanStep } from '../model/plan.ts';
import type { Compilation } from './compilation.ts';
import { isObject } from './config.ts';
import type { WrittenAxis } from './matrix-cell.ts';

/** The cells of a matrix in the order in which they are written, the last axis the fastest. Mistakes are noted. */
export function cellsOf(step: PlanStep, axes: readonly WrittenAxis[], compilation: Compilation): Cell[] {
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > maxCells) {
    compilation.problem(`matrix: ${count} cells are more than ${maxCells}: leave values out`, step.at);
    return [];
  }
  const only = readPatterns('only', step, axes, compilation);
  const exclude = readPatterns('exclude', step, axes, compilation) ?? [];
  const cells = product(axes).filter(
    (cell) => (only?.some((one) => fits(cell, one)) ?? true) && !exclude.some((one) => fits(cell, one)),
  );
  if (cells.length === 0) compilation.problem('matrix: no cell is left by only and exclude', step.at);
  return cells;
}

function product(axes: readonly WrittenAxis[]): Cell[] {
  return axes.reduce<Cell[]>(
    (cells, { name, values }) =>
      cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value.name }))),
    [{}],
  );
}

/** Values of some axes. */
type Pattern = Readonly<Record<string, readonly string[]>>;

function fits(cell: Cell, pattern: Pattern): boolean {
  return Object.entries(pattern).every(([axis, values]) => values.includes(cell[axis] ?? ''));
}

function readPatterns(
  key: 'only' | 'exclude',
  { config, at }: PlanStep,
  axes: readonly WrittenAxis[],
  compilation: Compilation,
): Pattern[] | null {
  const list: unknown = Reflect.get(config, key);
  if (!Array.isArray(list)) return null;
  return list.filter(isObject).map((entry) =>
    Object.fromEntries(
      Object.entries(entry).map(([axis, written]) => {
        const place = compilation.locate(entry, axis) ?? at;
        const values = (Array.isArray(written) ? written : [written]).map(String);
        const mistake = unknown(axis, values, axes);
        if (mistake) compilation.problem(`${key}: ${mistake}`, place);
        return [axis, values];
      }),
    ),
  );
}

function unknown(name: string, values: readonly string[], axes: readonly WrittenAxis[]): string | null {
  const axis = axes.find((one) => one.name === name);
  const names = axes.map((one) => one.name);
  if (!axis) return `the matrix has no axis "${name}".${didYouMean(name, names) || known(names)}`;
  const of = axis.values.map((value) => value.name);
  const wrong = values.find((value) => !of.includes(value));
  return wrong === undefined
    ? null
    : `"${name}" has no value "${wrong}".${didYouMean(wrong, of) || known(of)}`;
}

function known(names: readonly string[]): string {
  return ` Known: ${names.slice(0, 10).join(', ')}.`;
}
