import type { Position } from '../model/errors.ts';
import type { PlanStep } from '../model/plan.ts';
import type { Template } from '../model/template.ts';
import type { Compilation } from './compilation.ts';
import { isObject } from './config.ts';
import type { WrittenAxis, WrittenValue } from './matrix-cell.ts';

/** The axes of a matrix as its author wrote them. Mistakes are noted in the compilation. */
export function readAxes({ config, at }: PlanStep, compilation: Compilation): WrittenAxis[] {
  const axes = 'matrix' in config && isObject(config.matrix) ? config.matrix : {};
  return Object.entries(axes).map(([name, written]) => {
    const place = compilation.locate(axes, name) ?? at;
    const values = Array.isArray(written)
      ? written.map((one: unknown, index) =>
          listed(name, one, compilation.locate(written, index) ?? place, compilation),
        )
      : isObject(written)
        ? Object.entries(written).map(([value, given]) =>
            named({ axis: name, value, given, at: compilation.locate(written, value) ?? place }, compilation),
          )
        : [];
    checkValues(name, values, place, compilation);
    return { name, values };
  });
}

/** An item of a list is its own name. */
function listed(axis: string, item: unknown, at: Position, compilation: Compilation): WrittenValue {
  const text = compilation.template(String(item), at);
  if (typeof text === 'string') return named({ axis, value: text, given: text, at }, compilation);
  const message = `matrix: the values of "${axis}" must be known before the run. Write them as a map: { name: "${String(item)}" }.`;
  compilation.problem(message, at);
  return { name: '', magnitude: null, variables: new Map() };
}

function named(
  { axis, value, given, at }: { axis: string; value: string; given: unknown; at: Position },
  compilation: Compilation,
): WrittenValue {
  const parts = isObject(given) ? given : { value: given };
  const variables = new Map<string, Template>([[axis, value]]);
  for (const [key, part] of Object.entries(parts)) {
    const place = compilation.locate(parts, key) ?? at;
    variables.set(`${axis}.${key}`, compilation.template(plainNumber(String(part)), place));
  }
  const size = variables.get(`${axis}.${isObject(given) ? 'magnitude' : 'value'}`);
  const magnitude = typeof size === 'string' ? magnitudeOf(size) : null;
  if (magnitude !== null) variables.set(`${axis}.magnitude`, String(magnitude));
  if (magnitude === null && variables.has(`${axis}.magnitude`)) {
    compilation.problem(`matrix: the magnitude of ${axis} "${value}" must be a number above 0`, at);
  }
  return { name: value, magnitude, variables };
}

/** YAML takes `100_000` for a text; it is meant as a number. */
function plainNumber(text: string): string {
  return /^\d{1,3}(_\d{3})+$/.test(text) ? text.replaceAll('_', '') : text;
}

/** The size that a text says; null: it says none. */
function magnitudeOf(text: string): number | null {
  const size = /^(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : 0;
  return size > 0 && Number.isFinite(size) ? size : null;
}

function checkValues(
  axis: string,
  values: readonly WrittenValue[],
  at: Position,
  compilation: Compilation,
): void {
  const names = values.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) compilation.problem(`matrix: "${twice}" stands twice in "${axis}"`, at);
  const keys = new Set(values.flatMap(({ variables }) => [...variables.keys()]));
  for (const { name, variables } of values) {
    const missing = [...keys].filter((key) => !variables.has(key) && !/\.(magnitude|value)$/.test(key));
    if (missing.length === 0 || !compilation.complete) continue;
    const words = missing.map((key) => `"${key.slice(axis.length + 1)}"`).join(', ');
    compilation.problem(`matrix: ${axis} "${name}" has no ${words}, which other values have`, at);
  }
}
