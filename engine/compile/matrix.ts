import { shownTemplate } from '../template/secret-parts.ts';
import type { CompiledBranch, CompiledController, CompiledStep } from '../model/compiled-plan.ts';
import { matrixSchema } from '../elements/matrix-schema.ts';
import { maxSeries } from '../model/limits.ts';
import type { PlanStep } from '../model/plan.ts';
import { readAxes } from './axes.ts';
import { cellsOf } from './cells.ts';
import type { Compilation } from './compilation.ts';
import { compileConfig } from './config.ts';
import { MatrixCell, type WrittenAxis } from './matrix-cell.ts';
import type { CompiledSweep } from '../model/sweep.ts';
import type { ScopeStack } from './scope.ts';

/** What a matrix becomes: a controller with a branch for each cell, its steps put in place in it. */
export function compileMatrix(
  step: PlanStep,
  scope: ScopeStack,
  compilation: Compilation,
  compileInside: (scope: ScopeStack) => CompiledStep[],
): Pick<CompiledController, 'label' | 'config' | 'branches'> {
  const axes = readAxes(step, compilation);
  checkNames(step, axes, scope, compilation);
  const cells = cellsOf(step, axes, compilation).map((values) => new MatrixCell(values, axes));
  const branches = cells.map((cell): CompiledBranch => {
    const inside = { ...scope, tags: { ...scope.tags, ...cell.cell } };
    return { config: cell.config(), steps: compilation.inCell(cell, () => compileInside(inside)) };
  });
  const name = step.name ?? axes.map((axis) => axis.name).join(' × ');
  noteSweep({ name, axes, cells }, step, compilation);
  return {
    label: shownTemplate(compilation.maskable(name, step.at)),
    config: compileConfig(
      { value: options(step), schema: optionsSchema, path: '', at: step.at },
      compilation,
    ),
    branches,
  };
}

const { iterations, warmUp, order } = matrixSchema.properties;
const optionsSchema = { properties: { iterations, warmUp, order } };

/** Notes the matrix for the report; the same one in several places, as that of a flow may be, is one. */
function noteSweep(
  {
    name,
    axes,
    cells,
  }: Pick<CompiledSweep, 'name'> & {
    readonly axes: readonly WrittenAxis[];
    readonly cells: readonly MatrixCell[];
  },
  { at }: PlanStep,
  compilation: Compilation,
): void {
  const mistake = compilation.sweeps.add({
    name,
    axes: axes.map((axis) => ({
      name: axis.name,
      values: axis.values.map((value) => ({ name: value.name, magnitude: value.magnitude })),
    })),
    cells: cells.map(({ cell, steps }) => ({ cell, steps: [...steps] })),
  });
  if (mistake !== null) compilation.problem(`matrix: ${mistake}`, at);
  const series = cells.reduce((sum, { steps }) => sum + steps.length, 0);
  if (series > maxSeries) {
    compilation.problem(
      `matrix: ${series} steps in ${cells.length} cells are more than the ${maxSeries} that are told apart`,
      at,
    );
  }
}

/** What is told to the users; the axes have become branches. Each stands where its author wrote it. */
function options({ config }: PlanStep): object {
  return Object.fromEntries(
    Object.entries(config).filter(([key]) => Object.hasOwn(optionsSchema.properties, key)),
  );
}

/** An axis is a variable and a tag: nothing else may be called like it. */
function checkNames(
  { config, at }: PlanStep,
  axes: readonly WrittenAxis[],
  { tags }: ScopeStack,
  compilation: Compilation,
): void {
  if (compilation.cell) {
    compilation.problem('matrix: a matrix cannot stand in another: axes multiply in one', at);
  }
  const written = 'matrix' in config && typeof config.matrix === 'object' ? config.matrix : null;
  for (const { name, values } of axes) {
    const place = (written ? compilation.locate(written, name) : undefined) ?? at;
    const names = new Set(values.flatMap(({ variables }) => [...variables.keys()]));
    const taken = [...names].find((one) => compilation.isSetElsewhere(one));
    if (taken !== undefined) {
      compilation.problem(
        `matrix: the variable "${taken}" is set elsewhere in the plan. Call the axis otherwise.`,
        place,
      );
    }
    if (Object.hasOwn(tags, name)) {
      compilation.problem(`matrix: "${name}" is a tag of what is around it. Call the axis otherwise.`, place);
    }
  }
}

/** Mistakes in the tags of a step in a cell: those of the axes are given. */
export function checkCellTags({ scope, at }: PlanStep, compilation: Compilation): void {
  const { cell } = compilation;
  if (!cell) return;
  for (const key of Object.keys(scope.tags)) {
    if (!Object.hasOwn(cell.cell, key)) continue;
    compilation.problem(`tags: "${key}" is an axis of the matrix around this step, which sets the tag`, at);
  }
}
