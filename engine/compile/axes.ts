import type { Position } from '../model/errors.ts';
import type { PlanStep } from '../model/plan.ts';
import type { Template } from '../model/template.ts';
import { holdsSecret, plainTemplate } from '../template/secret-parts.ts';
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
  const written = String(item);
  const text = compilation.maskable(written, at);
  if (typeof text === 'string') return named({ axis, value: text, given: text, at }, compilation);
  const mistake = holdsSecret(text)
    ? `a value of "${axis}" holds a secret, which would stand in labels and tags. Write the values as a map: { name: "${written}" }.`
    : `the values of "${axis}" must be known before the run. Write them as a map: { name: "${written}" }.`;
  compilation.problem(`matrix: ${mistake}`, at);
  return { name: '', magnitude: null, variables: new Map([[axis, '']]) };
}

function named(
  { axis, value, given, at }: { axis: string; value: string; given: unknown; at: Position },
  compilation: Compilation,
): WrittenValue {
  const parts = isObject(given) ? given : { value: given };
  const variables = new Map<string, Template>([[axis, value]]);
  const sized = isObject(given) ? 'magnitude' : 'value';
  let magnitude: number | null = null;
  for (const [key, part] of Object.entries(parts)) {
    const place = compilation.locate(parts, key) ?? at;
    const text = compilation.maskable(plainNumber(String(part)), place);
    variables.set(`${axis}.${key}`, plainTemplate(text));
    // A secret is no size: sizes stand in tables.
    if (key === sized && typeof text === 'string') magnitude = magnitudeOf(text);
  }
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
